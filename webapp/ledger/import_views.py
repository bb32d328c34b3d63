"""Importing a ledger: send a file, see what is wrong or would be added, confirm, follow."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import BihuanError, Conflict, Invalid
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import current_language, t
from webapp.ledger import import_pages as pages
from webapp.ledger.files import attachment
from webapp.policy import allow
from workflows.exporting import files
from workflows.importing import jobs, report

ROLES = ("officer", "head", "deputy")
"""Whoever inspects or keeps the ledger; what each may enter, the intake gate says row by row."""

blueprint = Blueprint("imports", __name__, url_prefix="/ledger/import")


@blueprint.get("")
@allow.roles(*ROLES)
def show() -> ResponseReturnValue:
    """Show the page that takes a file, and the imports before."""
    return _start()


@blueprint.post("")
@allow.roles(*ROLES)
def send() -> ResponseReturnValue:
    """Keep a file; it is checked before anything is added."""
    upload = request.files.get("file")
    name = upload.filename or "" if upload else ""
    content = upload.read() if upload else b""
    actor, agency = current_actor(), bihuan().settings.agency
    try:
        found = bihuan().database.run(
            lambda session: jobs.submit(session, actor, agency, name, content)
        )
    except (Invalid, Conflict) as error:
        return _start(error), 422 if isinstance(error, Invalid) else 409
    return redirect(url_for("imports.follow", import_id=found), 303)


@blueprint.get("/<import_id>")
@allow.roles(*ROLES)
def follow(import_id: str) -> ResponseReturnValue:
    """Show how far an import has come, or what came of it."""
    with reading() as session:
        page = pages.follow_page(session, current_actor(), import_id, current_language())
    return render_template("import.html", page=page)


@blueprint.post("/<import_id>/confirm")
@allow.roles(*ROLES)
def confirm(import_id: str) -> ResponseReturnValue:
    """Let the rows of a checked file become cases."""
    actor = current_actor()
    bihuan().database.run(lambda session: jobs.confirm(session, actor, import_id))
    return redirect(url_for("imports.follow", import_id=import_id), 303)


@blueprint.post("/<import_id>/withdraw")
@allow.roles(*ROLES)
def withdraw(import_id: str) -> ResponseReturnValue:
    """Drop a checked file."""
    actor = current_actor()
    bihuan().database.run(lambda session: jobs.withdraw(session, actor, import_id))
    return redirect(url_for("imports.show"), 303)


@blueprint.get("/<import_id>/report.csv")
@allow.roles(*ROLES)
def read_report(import_id: str) -> ResponseReturnValue:
    """Send the report: row, column and reason in both languages."""
    with reading() as session:
        jobs.state(session, current_actor(), import_id)
        rows = list(report.of_import(session, import_id))
    name = f"{t('import.report_file')}.csv"
    return attachment(name, files.csv_chunks(report.HEADS, rows))


@blueprint.get("/template.xlsx")
@allow.roles(*ROLES)
def template() -> ResponseReturnValue:
    """Send an empty ledger with its headings."""
    name = f"{t('import.template_file')}.xlsx"
    sheet = report.template(english=current_language() == "en")
    file = files.xlsx_file(t("import.template_file"), *sheet)
    return attachment(name, files.chunks(file))


def _start(error: BihuanError | None = None) -> str:
    with reading() as session:
        page = pages.start_page(
            session, current_actor(), bihuan().settings.agency, current_language()
        )
    said = error.text(current_language()) if error else ""
    if isinstance(error, Invalid) and error.errors:
        said = error.errors[0].text(current_language())
    return render_template("imports.html", page=page, fault=said)
