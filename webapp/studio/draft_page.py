"""The overview of a draft in words: what is wrong, what changed, who has to act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from flask import current_app, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from engine.deployment.findings import Finding
from engine.deployment.gate import errors_of
from engine.ports import Actor
from webapp.context import bihuan
from webapp.i18n.language import both, current_language, t
from webapp.presentation.remaining import instant_words
from webapp.studio.draft_list import TONES, base_words, state_words
from workflows.designing import drafts, examining, paths, permission
from workflows.designing.drafts import Draft
from workflows.designing.people import names_of

EDITORS = {
    "diagram": "/drafts/{draft}/diagram",
    "table": "/drafts/{draft}/tables/{name}",
    "form": "/drafts/{draft}/forms/{name}",
    "scenario": "/drafts/{draft}/scenarios/{name}",
}
"""Where each kind of file is edited."""


KINDS = {
    "diagram": "drafts.kind_diagram",
    "table": "drafts.kind_table",
    "form": "drafts.kind_form",
    "scenario": "drafts.kind_scenario",
}


@dataclass(frozen=True)
class FileLine:
    """One file: what it is, what became of it since the base, where it is edited."""

    path: str
    kind: str
    change: str
    tone: str
    size: str
    address: str


@dataclass(frozen=True)
class FindingLine:
    """One thing that is wrong."""

    where: str
    address: str
    words: str
    remedy: str
    is_error: bool


@dataclass(frozen=True)
class DraftPage:
    """What the overview shows."""

    draft: Draft
    title: str
    state: str
    tone: str
    base: str
    changed: str
    touched: Sequence[FileLine]
    others: Sequence[FileLine]
    findings: Sequence[FindingLine]
    errors: int
    warnings: int
    may_change: bool


def draft_page(session: Session, actor: Actor, agency: str, draft_id: str) -> DraftPage:
    """Return the overview; NotAllowed for whoever may not see drafts."""
    permission.reading_desk(session, actor, agency)
    draft = drafts.one(session, agency, draft_id)
    held, base = drafts.files(session, draft_id), drafts.base_files(session, draft)
    environment = examining.surroundings(session, agency, bihuan().gate_environment())
    found = examining.examined(drafts.bundle_of(draft.process, held), environment)
    names = names_of(session, [draft.changed_by])
    lines = _files(draft, held, base)
    wrong = len(errors_of(found))
    who = both(*names[draft.changed_by])
    return DraftPage(
        draft=draft,
        title=draft.title,
        state=state_words(draft.state),
        tone=TONES[draft.state],
        base=base_words(draft),
        changed=f"{who} · {instant_words(draft.changed_at, current_language())}",
        touched=[one for one in lines if one.tone],
        others=[one for one in lines if not one.tone],
        findings=[_finding(draft, one) for one in found],
        errors=wrong,
        warnings=len(found) - wrong,
        may_change=draft.state == drafts.OPEN and permission.may_change(actor),
    )


def editor_of(draft_id: str, path: str) -> str:
    """Return where a file of a draft is edited, "" where there is no such page."""
    name = PurePosixPath(path).stem
    address = EDITORS[paths.kind_of(path)].format(draft=draft_id, name=name)
    try:
        current_app.url_map.bind("").match(address, method="GET")
    except HTTPException:
        return ""
    return address


def _files(
    draft: Draft, held: Mapping[str, bytes], base: Mapping[str, bytes]
) -> Sequence[FileLine]:
    every = sorted({*held, *base}, key=lambda path: (_ORDER[paths.kind_of(path)], path))
    return [_file(draft, path, held.get(path), base.get(path)) for path in every]


_ORDER = {"diagram": 0, "table": 1, "form": 2, "scenario": 3}
_CHANGES = {
    "added": ("drafts.file_added", "active"),
    "changed": ("drafts.file_changed", "warning"),
    "removed": ("drafts.file_removed", "danger"),
    "same": ("drafts.file_same", ""),
}


def _file(draft: Draft, path: str, now: bytes | None, before: bytes | None) -> FileLine:
    key, tone = _CHANGES[_change(path, now, before)]
    return FileLine(
        path=path,
        kind=t(KINDS[paths.kind_of(path)]),
        change=t(key),
        tone=tone,
        size=f"{len(now):,} B" if now is not None else "",
        address=editor_of(draft.id, path) if now is not None else "",
    )


def _change(path: str, now: bytes | None, before: bytes | None) -> str:
    if now is None:
        return "removed"
    if before is None:
        # Versions keep no scenarios: those of a draft are no change of the process.
        return "added" if paths.is_deployed(path) else "same"
    return "same" if now == before else "changed"


def _finding(draft: Draft, one: Finding) -> FindingLine:
    english = current_language() == "en"
    line = t("drafts.line", line=one.line) if one.line else ""
    address = editor_of(draft.id, one.file)
    if address and one.element and one.file.endswith(".bpmn"):
        address = f"{address}?element={one.element}"
    return FindingLine(
        where=" · ".join(filter(None, (one.file, one.element, line))),
        address=address,
        words=one.sentence if english else one.sentence_zh,
        remedy=one.remedy if english else one.remedy_zh,
        is_error=one.severity == "error",
    )


def address_of(draft: Draft) -> str:
    """Return where the overview of a draft is."""
    return url_for("drafts.show", draft_id=draft.id)
