"""The files of a draft in words: what became of each, and where it is edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.i18n.catalogue import Text
from webapp.i18n.language import both, t
from webapp.studio.draft_findings import editor_of
from webapp.studio.file_titles import file_titles
from workflows.designing import contents, paths
from workflows.designing.contents import Change
from workflows.designing.drafts import Draft

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
    title: str
    """What it is called; "" where it says nothing of itself."""
    kind: str
    change: str
    tone: str
    size: str
    address: str


def file_lines(
    draft: Draft, held: Mapping[str, bytes], base: Mapping[str, bytes]
) -> Sequence[FileLine]:
    """Return every file of a draft and of its base, the diagram first."""
    found = sorted(contents.changes(held, base), key=_place)
    named = (draft.title, draft.title_en)
    titles = dict(file_titles(draft.process, named, held))
    if any(one.path not in held for one in found):
        titles = {**file_titles(draft.process, named, base), **titles}
    return [_line(draft.id, one, held.get(one.path), titles) for one in found]


def _place(change: Change) -> tuple[int, str]:
    return _ORDER[paths.kind_of(change.path)], change.path


def _line(
    draft_id: str, change: Change, content: bytes | None, titles: Mapping[str, Text]
) -> FileLine:
    key, tone = _CHANGES[change.what]
    return FileLine(
        path=change.path,
        title=both(*titles[change.path]) if change.path in titles else "",
        kind=t(KINDS[paths.kind_of(change.path)]),
        change=t(key),
        tone=tone,
        size=f"{len(content):,} B" if content is not None else "",
        address=editor_of(draft_id, change.path) if content is not None else "",
    )
