"""The page that compares two versions of a process."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from engine.errors import NotFound
from engine.store import definitions as stored
from webapp.cases.diagrams import drawing_address
from webapp.context import bihuan, reading
from webapp.i18n.language import both, current_language, t
from webapp.policy import allow
from webapp.studio.diff_page import Side, compared
from webapp.studio.views import blueprint


@blueprint.get("/definitions/<process>/<int:version>/diff/<int:other>")
@allow.signed_in
def compare(process: str, version: int, other: int) -> ResponseReturnValue:
    """Show what differs between two versions, the older one first."""
    agency = bihuan().settings.agency
    before, after = sorted((version, other))
    with reading() as session:
        known = {one.version: one for one in stored.versions(session, process, agency=agency)}
        files = {
            number: stored.files(session, process, number, agency=agency)
            for number in (before, after)
            if number in known
        }
    for number in (before, after):
        if number not in known:
            raise NotFound(
                f"Expected version {number} of {process}, but there is none",
                f"没有流程 {process} 第 {number} 版",
            )
    sides = [
        Side(
            t("studio.version_number", version=number),
            files[number],
            drawing_address(process, number, current_language()),
        )
        for number in (before, after)
    ]
    name = both(known[after].name_zh, known[after].name)
    page = {"name": name, "process": process, "before": before, "after": after}
    return render_template("studio/diff.html", page=page, compared=compared(*sides))
