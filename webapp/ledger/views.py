"""The ledger of hazards, an enterprise's own part of it, its columns and its files."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engine import clock
from engine.errors import NotFound
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import current_language, t
from webapp.ledger import asked, files
from webapp.ledger.import_views import ROLES as IMPORTERS
from webapp.ledger.ledger_page import FORMATS, ledger_page
from webapp.policy import allow
from workflows.domain import ledger_columns

blueprint = Blueprint("ledger", __name__)


@blueprint.get("/ledger")
@allow.signed_in
def show() -> ResponseReturnValue:
    """Show every hazard that the actor may see."""
    if current_user.is_enterprise:
        return redirect(asked.address(asked.pairs(), url_for("ledger.my_cases")))
    return _list(t("ledger.title"))


@blueprint.get("/my-cases")
@allow.roles("principal", "safety_officer")
def my_cases() -> ResponseReturnValue:
    """Show an enterprise its own hazards."""
    return _list(t("ledger.mine"))


@blueprint.get("/ledger/export.<name>")
@allow.signed_in
def export(name: str) -> ResponseReturnValue:
    """Send what the page with the same address shows, whole, as a file."""
    if name not in FORMATS:
        raise NotFound(f"Expected one of {', '.join(FORMATS)}, but it is {name!r}", "没有这种格式")
    return files.send(name)


@blueprint.post("/ledger/columns")
@allow.signed_in
def choose_columns() -> ResponseReturnValue:
    """Keep which columns a person sees, and show the same list again."""
    chosen = [] if "reset" in request.form else request.form.getlist("column")
    actor = current_actor()
    bihuan().database.run(lambda session: ledger_columns.keep(session, actor, chosen))
    flash(t("ledger.columns_kept"), "done")
    page = url_for("ledger.my_cases" if current_user.is_enterprise else "ledger.show")
    query = request.form.get("query", "")
    return redirect(f"{page}?{query}" if query else page, 303)


def _list(title: str) -> ResponseReturnValue:
    clean = asked.address(asked.pairs())
    scripted = "HX-Request" in request.headers
    if not (asked.is_clean() or scripted):
        return redirect(clean)
    with reading() as session:
        page = ledger_page(session, current_actor(), title, clock.now(), current_language())
    # A script takes nothing but what went well, and shows in the list what did not.
    status = 422 if page.faults and not scripted else 200
    answer = Response(render_template("ledger.html", page=page, may_import=_may_import()), status)
    if scripted:
        answer.headers["HX-Push-Url"] = clean
    return answer


def _may_import() -> bool:
    roles = {grant.role for grant in current_actor().grants}
    return not current_user.is_enterprise and bool(roles & set(IMPORTERS))
