"""Enterprises from Excel: checked as a whole, corrected in place, then imported."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Invalid
from webapp.administration.pasted import Pasted, sent_text
from webapp.administration.sheet import Cell, Line, Link
from webapp.administration.views import ROLE
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import both, current_language, t
from webapp.policy import allow
from workflows.administration import enterprise_sheet
from workflows.administration.enterprise_sheet import Imported
from workflows.administration.enterprises import FORM, SIZES
from workflows.domain import organisation

blueprint = Blueprint("office_import", __name__, url_prefix="/administration/enterprises/import")


@blueprint.get("")
@allow.roles(ROLE)
def show() -> ResponseReturnValue:
    """Show the page that takes a sheet."""
    return render_template("administration/pasted.html", page=_page())


@blueprint.post("")
@allow.roles(ROLE)
def load() -> ResponseReturnValue:
    """Check a sheet, or import it."""
    page = _page()
    page.text = request.form.get("text", "")
    try:
        page.text = sent_text(page.accept, enterprise_sheet.as_text)
        done = _import(page)
        if page.confirmed:
            flash(t("admin.imported", added=len(done.added), changed=len(done.changed)), "done")
            return redirect(url_for("administration.enterprises"), 303)
    except Invalid as error:
        status = page.refuse(error)
        return render_template("administration/pasted.html", page=page), status
    return render_template("administration/pasted.html", page=page), page.status


def _import(page: Pasted) -> Imported:
    """Show what the text comes to, and do it if just that was seen before."""

    def seen(outcome: Imported) -> bool:
        _show(page, outcome)
        return page.confirmed

    product = bihuan()
    return enterprise_sheet.import_enterprises(
        product.database,
        current_actor(),
        product.settings.agency,
        enterprise_sheet.rows_of_text(page.text),
        agreed=seen,
    )


def _page() -> Pasted:
    return Pasted(
        title=t("admin.import_title"),
        lead=t("admin.import_lead"),
        action=url_for("office_import.load"),
        back=(t("admin.enterprises"), url_for("administration.enterprises")),
        accept=".xlsx,.csv",
        example=",".join(_headings(required=False)),
        notes=[t("admin.import_hint", required=t("form.comma").join(_headings(required=True)))],
    )


def _headings(*, required: bool) -> list[str]:
    """Return headings that a sheet may carry, in the language of the page."""
    columns = [one for one in enterprise_sheet.COLUMNS if one.required or not required]
    return [one.title if current_language() == "zh" else one.key for one in columns]


def _show(page: Pasted, done: Imported) -> None:
    page.checked = True
    page.first = "admin.enterprise"
    counts = {"added": len(done.added), "changed": len(done.changed), "same": len(done.same)}
    page.summary = [t("admin.would_import", **counts)]
    words = _Words()
    page.lines = [
        *(_line(name, t("admin.new"), "") for name in done.added),
        *(_line(name, t("admin.changed"), words.of(done.changes[name])) for name in done.changed),
    ]


def _line(name: str, state: str, changes: str) -> Line:
    cells = [Cell("admin.state", state, tone="done"), Cell("admin.changes", changes)]
    return Line(Link(name), cells)


class _Words:
    """How a change of an enterprise is told: fields, sizes and bodies by their names."""

    def __init__(self) -> None:
        self._titles = {one.key: both(one.label_zh, one.label) for one in FORM.fields}
        with reading() as session:
            self._names = {
                one.id: both(one.name_zh, one.name) for one in organisation.bodies(session)
            }
        self._names |= {size: both(*words) for size, words in SIZES.items()}

    def of(self, changes: Mapping[str, tuple[str, str]]) -> str:
        told = [
            t(
                "admin.change_of",
                field=self._titles[field],
                before=self._named(before),
                after=self._named(after),
            )
            for field, (before, after) in changes.items()
        ]
        return both("；", "; ").join(told)

    def _named(self, value: str) -> str:
        return self._names.get(value, value) or t("admin.blank")
