"""Which files of a case a person may see: what only a referral keeps, its team alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from engine.store import queries
from engine.store.queries import HistoryRow
from workflows.domain import evidence
from workflows.domain.evidence import Evidence
from workflows.domain.readers import Reader
from workflows.domain.told import Told, is_closed

_REFERRAL = "enforcements.referral."
_MEASURES = "enforcements."


def of_case(session: Session, reader: Reader, case_id: str) -> list[Evidence]:
    """Return the files of a case that a reader may see, in the order they came."""
    found = evidence.of_case(session, case_id)
    if not found:
        return []
    document = queries.case(session, case_id).document
    return among(found, reader, document, queries.case_history(session, case_id))


def among(
    files: Sequence[Evidence],
    reader: Reader,
    document: Mapping[str, Any],
    history: Iterable[HistoryRow],
) -> list[Evidence]:
    """Return the files of a case that was read that a reader may see, in their order."""
    shown = _Shown(reader, document, history)
    return [one for one in files if shown.opens(one)]


def may_see(session: Session, reader: Reader, file: Evidence, case_id: str) -> bool:
    """Return whether a reader who sees a case may see a file of it."""
    document = queries.case(session, case_id).document
    return _Shown(reader, document, queries.case_history(session, case_id)).opens(file)


def is_told(path: str, reader: Reader) -> bool:
    """Return whether a reader is told what a document keeps at a path."""
    if path.startswith(_REFERRAL):
        return reader.team
    return not path.startswith(_MEASURES) or reader.may(Told.SERVED)


def places(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return where a document keeps each of its texts, ids of files among them; lists passed."""
    found: dict[str, list[str]] = {}
    for text, path in _texts(document, ""):
        found.setdefault(text, []).append(path)
    return found


class _Shown:
    """What a case keeps where; a check list that was given back leaves its evidence behind."""

    def __init__(
        self, reader: Reader, document: Mapping[str, Any], history: Iterable[HistoryRow]
    ) -> None:
        self._reader = reader
        self._places = places(document)
        closed = [row for row in history if is_closed(row.act)]
        self._closed = {text for row in closed for text, _ in _texts(row.data, "")}

    def opens(self, file: Evidence) -> bool:
        """An outsider sees what the case shows him, an authority what no referral keeps."""
        reader = self._reader
        if reader.team or file.uploaded_by == reader.actor.id:
            return True
        paths = self._places.get(file.id, ())
        if any(is_told(path, reader) for path in paths):
            return True
        return reader.opinions and not paths and file.id not in self._closed


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, path)
    elif isinstance(value, str):
        yield value, path
