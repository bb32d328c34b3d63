"""What one version of a process has that another has not, as values that a page can put in words.

Diagrams are compared as they run, and their layout apart from it; decision tables cell by cell;
forms field by field. A file that cannot be read is told as one change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from engine.deployment.differences_diagram import diagram_changes
from engine.deployment.differences_form import form_changes
from engine.deployment.differences_table import table_changes
from engine.deployment.differences_values import Change
from engine.errors import Invalid

MOST: Final = 2000
"""Changes that are told of two versions; with more they have little in common."""

_READERS: Final[Mapping[str, Callable[[str, bytes, bytes], Iterator[Change]]]] = {
    ".bpmn": diagram_changes,
    ".dmn": table_changes,
    ".json": form_changes,
}
_ORDER: Final = (".bpmn", ".dmn", ".json")


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[Change]:
    """Return what differs between the files of two versions, diagrams first, at most `MOST`."""
    return list(islice(_all(before, after), MOST))


def _all(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[Change]:
    for path in sorted(before.keys() | after.keys(), key=_place):
        was, now = before.get(path), after.get(path)
        if was is None or now is None:
            title = PurePosixPath(path).name
            yield Change(path, "file", "added" if was is None else "removed", "", (title, title))
        elif was != now:
            yield from _changed(path, was, now)


def _changed(path: str, was: bytes, now: bytes) -> Iterator[Change]:
    """Yield what differs in a file; what has no meaning of its own as one change."""
    read = _READERS.get(PurePosixPath(path).suffix)
    name = PurePosixPath(path).name
    try:
        found = list(read(path, was, now)) if read else []
    except Invalid:
        yield Change(path, "file", "changed", "", (name, name), "unreadable")
        return
    yield from found
    if not found:
        yield Change(path, "file", "changed", "", (name, name), "text")


def _place(path: str) -> tuple[int, str]:
    ending = PurePosixPath(path).suffix
    return (_ORDER.index(ending) if ending in _ORDER else len(_ORDER), path)
