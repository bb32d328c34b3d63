"""One case, and the acts on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine import clock
from webapp.cases.acting import ActForm
from webapp.cases.page import case_page
from webapp.cases.sources import case_sources
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import current_language, t
from webapp.papers.paper_page import paper_lines
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from workflows.domain.papers import reading as papers

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases/<case_id>")
@allow.signed_in
def show(case_id: str) -> ResponseReturnValue:
    """Show a case that the actor may see."""
    actor = current_actor()
    with reading() as session:
        sources = case_sources(session, actor, case_id)
        issued = papers.shown_to(session, actor, case_id)
    acts = bihuan().runtime.offered_acts(actor, case_id)
    language = current_language()
    page = case_page(sources, acts, actor, clock.now(), language)
    return render_template("case.html", page=page, papers=paper_lines(issued, case_id, language))


@blueprint.get("/cases/<case_id>/acts/<act>")
@allow.signed_in
def act(case_id: str, act: str) -> ResponseReturnValue:
    """Show the form of an act."""
    form = ActForm(current_actor(), case_id, act)
    return render_template("form_page.html", page=form.page(current_language()))


@blueprint.post("/cases/<case_id>/acts/<act>")
@allow.signed_in
def perform(case_id: str, act: str) -> ResponseReturnValue:
    """Perform an act, or show its form again with what is wrong or in the way."""
    form = ActForm(current_actor(), case_id, act)
    if not form.submit():
        page = form.page(current_language())
        status, headers = status_of(form.refusal), headers_of(form.refusal)
        return render_template("form_page.html", page=page), status, headers
    flash(t("case.acted", title=form.title(current_language())), "done")
    return redirect(url_for("cases.show", case_id=case_id), 303)


@blueprint.post("/cases/<case_id>/acts/<act>/fields")
@allow.signed_in
def act_fields(case_id: str, act: str) -> ResponseReturnValue:
    """Draw the form again while somebody fills it in."""
    form = ActForm(current_actor(), case_id, act)
    form.retype()
    return render_template("form_fields.html", page=form.page(current_language()))
