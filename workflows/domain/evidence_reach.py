"""Which files of a case a person may see: an outsider, none that only a referral keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from engine.ports import Actor
from engine.store import queries
from workflows.domain import evidence, visibility
from workflows.domain.evidence import Evidence

_REFERRAL = "enforcements.referral."


def of_case(session: Session, reader: Actor, case_id: str) -> list[Evidence]:
    """Return the files of a case that a reader may see, in the order they came."""
    found = evidence.of_case(session, case_id)
    if not found or visibility.is_authority(session, reader):
        return found
    known = places(queries.case(session, case_id).document)
    return [one for one in found if one.uploaded_by == reader.id or _is_open(known, one.id)]


def may_see(session: Session, reader: Actor, file: Evidence, case_id: str) -> bool:
    """Return whether a reader who sees a case may see a file of it."""
    if file.uploaded_by == reader.id or visibility.is_authority(session, reader):
        return True
    return _is_open(places(queries.case(session, case_id).document), file.id)


def is_internal(path: str) -> bool:
    """Return whether an outsider is not told what a document keeps at a path."""
    return path.startswith(_REFERRAL)


def places(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return where a document keeps each of its texts, ids of files among them; lists passed."""
    found: dict[str, list[str]] = {}
    for text, path in _texts(document, ""):
        found.setdefault(text, []).append(path)
    return found


def _is_open(known: Mapping[str, list[str]], evidence_id: str) -> bool:
    """A file that the document keeps no longer is not open.

    A check list that the second officer gave back leaves its evidence with the case.
    """
    return any(not is_internal(path) for path in known.get(evidence_id, ()))


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, path)
    elif isinstance(value, str):
        yield value, path
