"""One paper, printable."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.context import current_actor, reading
from webapp.i18n.language import current_language
from webapp.papers.paper_page import paper_page
from webapp.policy import allow
from workflows.domain import ledger
from workflows.domain.papers import reading as papers

blueprint = Blueprint("papers", __name__)


@blueprint.get("/cases/<case_id>/papers/<paper>")
@allow.signed_in
def show(case_id: str, paper: str) -> ResponseReturnValue:
    """Show a paper, by its id or number, to whoever may see it with its case."""
    with reading() as session:
        ledger.row(session, current_actor(), case_id)
        found = papers.get_for(session, current_actor(), case_id, paper)
    return render_template("paper.html", page=paper_page(found, case_id, current_language()))
