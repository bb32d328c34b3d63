"""Papers: what was issued in a case, word for word."""

from __future__ import annotations

from typing import Any

from webapp.api.access import actor, needs
from webapp.api.blueprint import Blueprint
from webapp.api.schemas.papers import PaperItem, PaperPage
from webapp.context import reading
from workflows.domain import ledger
from workflows.domain.papers import reading as papers
from workflows.domain.papers.reading import Paper

blueprint = Blueprint("papers", __name__, ("案件的文书", "Papers of a case"))


@blueprint.call("GET", "/cases/<case_id>/papers", "列出案件的文书")
@needs.read
@blueprint.gives(PaperPage)
def list_papers(case_id: str) -> dict[str, Any]:
    """List the papers of a case in the order they were issued, every edition."""
    with reading() as session:
        ledger.row(session, actor(), case_id)
        found = papers.shown_to(session, actor(), case_id)
    return {"items": found, "total": len(found), "next": None}


@blueprint.call("GET", "/cases/<case_id>/papers/<paper>", "查看一份文书")
@needs.read
@blueprint.gives(PaperItem)
def read_paper(case_id: str, paper: str) -> Paper:
    """Tell a paper by its id, or the last edition under its number."""
    with reading() as session:
        ledger.row(session, actor(), case_id)
        return papers.get_for(session, actor(), case_id, paper)
