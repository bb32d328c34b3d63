"""Two versions of a process beside each other, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from engine.deployment.differences import MOST
from webapp.i18n.language import current_language, t
from webapp.studio.diff_tables import TableView, table_views
from workflows.comparing.changes import ToldChange, changes_between, counted

SHOWN = 60
"""Characters of a value up to which the sentence has the whole of it."""


@dataclass(frozen=True)
class ChangeLine:
    """One change of the list."""

    change: str
    said: str
    sentence: str
    element: str
    """Of the diagram; empty where there is nothing to look at in it."""
    before: str
    after: str
    long: bool
    """Whether both values are shown whole beside the sentence."""


@dataclass(frozen=True)
class FileChanges:
    """What changed in one file; `moved` apart, as it changes nothing that runs."""

    title: str
    path: str
    lines: Sequence[ChangeLine]
    moved: Sequence[ChangeLine]


@dataclass(frozen=True)
class Compared:
    """Both sides of a comparison and what differs: all that its template part needs."""

    before: str
    after: str
    before_address: str
    after_address: str
    summary: str
    files: Sequence[FileChanges]
    tables: Sequence[TableView]
    cut: str


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called, its files, and where its diagram is drawn from."""

    title: str
    files: Mapping[str, bytes]
    address: str


def compared(before: Side, after: Side) -> Compared:
    """Return a comparison, the older side first."""
    found = changes_between(before.files, after.files, current_language())
    numbers = counted(found)
    return Compared(
        before=before.title,
        after=after.title,
        before_address=before.address,
        after_address=after.address,
        summary=t("compare.count", count=len(found), **numbers) if found else t("compare.none"),
        files=_files(found),
        tables=table_views(before.files, after.files),
        cut=t("compare.most", count=MOST) if len(found) == MOST else "",
    )


def _files(found: Sequence[ToldChange]) -> list[FileChanges]:
    return [_file(path, list(changes)) for path, changes in groupby(found, _path)]


def _path(told: ToldChange) -> str:
    return told.change.path


def _file(path: str, changes: Sequence[ToldChange]) -> FileChanges:
    lines = [_line(one) for one in changes]
    return FileChanges(
        title=_title(path),
        path=path,
        lines=[one for one in lines if one.change != "moved"],
        moved=[one for one in lines if one.change == "moved"],
    )


def _title(path: str) -> str:
    name, ending = PurePosixPath(path).stem, PurePosixPath(path).suffix
    if ending == ".bpmn":
        return t("compare.file_diagram")
    key = {".dmn": "compare.file_table", ".json": "compare.file_form"}.get(ending, "compare.file")
    return t(key, name=name)


def _line(told: ToldChange) -> ChangeLine:
    one = told.change
    before, after = told.before or "", told.after or ""
    return ChangeLine(
        change=one.change,
        said=_said(one.change),
        sentence=told.sentence,
        element=one.element if one.path.endswith(".bpmn") and one.subject != "process" else "",
        before=before,
        after=after,
        long=max(len(before), len(after)) > SHOWN,
    )


def _said(change: str) -> str:
    words = {
        "added": t("compare.added"),
        "removed": t("compare.removed"),
        "changed": t("compare.changed"),
        "moved": t("compare.moved"),
    }
    return words[change]
