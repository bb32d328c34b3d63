"""The files of a draft in words: what became of each, and where it is edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.i18n.language import t
from webapp.studio.draft_findings import editor_of
from workflows.designing import contents, paths
from workflows.designing.contents import Change

KINDS = {
    "diagram": "drafts.kind_diagram",
    "table": "drafts.kind_table",
    "form": "drafts.kind_form",
    "scenario": "drafts.kind_scenario",
}
_ORDER = {"diagram": 0, "table": 1, "form": 2, "scenario": 3}
_CHANGES = {
    "added": ("drafts.file_added", "active"),
    "changed": ("drafts.file_changed", "warning"),
    "removed": ("drafts.file_removed", "danger"),
    "same": ("drafts.file_same", ""),
}


@dataclass(frozen=True)
class FileLine:
    """One file; without a tone it is as it was."""

    path: str
    kind: str
    change: str
    tone: str
    size: str
    address: str


def file_lines(
    draft_id: str, held: Mapping[str, bytes], base: Mapping[str, bytes]
) -> Sequence[FileLine]:
    """Return every file of a draft and of its base, the diagram first."""
    found = sorted(contents.changes(held, base), key=_place)
    return [_line(draft_id, one, held.get(one.path)) for one in found]


def _place(change: Change) -> tuple[int, str]:
    return _ORDER[paths.kind_of(change.path)], change.path


def _line(draft_id: str, change: Change, content: bytes | None) -> FileLine:
    key, tone = _CHANGES[change.what]
    return FileLine(
        path=change.path,
        kind=t(KINDS[paths.kind_of(change.path)]),
        change=t(key),
        tone=tone,
        size=f"{len(content):,} B" if content is not None else "",
        address=editor_of(draft_id, change.path) if content is not None else "",
    )
