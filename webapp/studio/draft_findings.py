"""What an examination found, with where it is put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from flask import current_app
from werkzeug.exceptions import HTTPException

from engine.deployment.bundle import Bundle
from webapp.i18n.language import both, current_language, t
from workflows.designing import paths
from workflows.scenarios.written import Written

EDITORS = {
    "diagram": "/drafts/{draft}/diagram",
    "table": "/drafts/{draft}/tables/{name}",
    "form": "/drafts/{draft}/forms/{name}",
    "scenario": "/drafts/{draft}/scenarios/{name}",
}
"""Where each kind of file is edited."""


@dataclass(frozen=True)
class FindingLine:
    """One thing that is wrong, or that could not be decided."""

    where: str
    address: str
    words: str
    remedy: str
    is_error: bool


def finding_lines(draft_id: str, bundle: Bundle, found: Mapping[str, Any]) -> Sequence[FindingLine]:
    """Return findings and violated properties of an examination in its JSON form."""
    told = [_finding(draft_id, bundle, one) for one in found["findings"]]
    broken = [one for one in found["properties"] if one["holds"] is not True]
    told += [_property(draft_id, bundle, one) for one in broken]
    return sorted(told, key=lambda line: not line.is_error)


def scenario_lines(draft_id: str, read: Sequence[Written]) -> list[FindingLine]:
    """Return what is written wrongly in scenarios: they would test nothing."""
    language = current_language()
    return [
        FindingLine(
            where=" · ".join((one.path, t("drafts.line", line=fault.line))),
            address=editor_of(draft_id, one.path),
            words=fault.text(language),
            remedy="",
            is_error=False,
        )
        for one in read
        for fault in one.faults
    ]


def editor_of(draft_id: str, path: str, element: str = "") -> str:
    """Return where a file of a draft is edited, "" where there is no such page."""
    name = PurePosixPath(path).stem
    address = EDITORS[paths.kind_of(path)].format(draft=draft_id, name=name)
    try:
        current_app.url_map.bind("").match(address, method="GET")
    except HTTPException:
        return ""
    return f"{address}?element={element}" if element else address


def _called(bundle: Bundle, element: str) -> str:
    """Return what an element is called, with its id: others may be called alike."""
    node = bundle.diagram.by_id.get(element) if bundle.diagram is not None else None
    if node is None or node.titles[0] == element:
        return element
    return f"{both(*node.titles)} ({element})"


def _finding(draft_id: str, bundle: Bundle, one: Mapping[str, Any]) -> FindingLine:
    line = t("drafts.line", line=one["line"]) if one["line"] else ""
    parts = [one["file"], _called(bundle, one["element"]), line]
    shown = one["element"] if one["file"].endswith(".bpmn") else ""
    return FindingLine(
        where=" · ".join(filter(None, parts)),
        address=editor_of(draft_id, one["file"], shown) if one["file"] else "",
        words=one["sentence"],
        remedy=one["remedy"],
        is_error=one["severity"] == "error",
    )


def _words(one: Mapping[str, Any]) -> str:
    """Return the sentence of a property, with whether it is violated."""
    if one["kind"] == "statute" and one["holds"] is False:
        return t("drafts.violated", sentence=one["sentence"])
    return str(one["sentence"])


def _property(draft_id: str, bundle: Bundle, one: Mapping[str, Any]) -> FindingLine:
    diagram = bundle.diagram_path
    return FindingLine(
        where=_called(bundle, one["element"]) or diagram,
        address=editor_of(draft_id, diagram, one["element"]),
        words=_words(one),
        remedy=" · ".join(filter(None, (one["name"], one["article"]))),
        is_error=one["severity"] == "error",
    )
