"""Names of whoever works on drafts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from engine.ports import SYSTEM
from workflows.domain import organisation

Name = tuple[str, str]


def names_of(session: Session, persons: Iterable[str]) -> dict[str, Name]:
    """Return the Chinese and English names of persons by id."""
    wanted = set(persons)
    found = organisation.names(session, wanted)
    names = {one: (person.name_zh, person.name) for one, person in found.items()}
    ours = {SYSTEM.id: (SYSTEM.name, "System")}
    return {one: names.get(one) or ours.get(one, (one, one)) for one in wanted}


def name_of(session: Session, person: str) -> Name:
    """Return the names of a person."""
    return names_of(session, [person])[person]
