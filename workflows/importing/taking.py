"""Which import a worker takes next, and for how long it is his."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from engine import clock
from engine.store.ids import new_id
from workflows.importing import jobs
from workflows.importing.tables import ImportRow

LEASE = timedelta(minutes=2)
"""How long an import is held after its last progress; then another worker takes it."""


@dataclass
class Taken:
    """An import in hand."""

    id: str
    holder: str
    person: str
    acting_for: str | None
    file_name: str
    adding: bool
    done: int


def waits(session: Session) -> bool:
    """Return whether there is an import to take."""
    return bool(session.scalar(select(exists().where(*_free(clock.now())))))


def take(session: Session) -> Taken | None:
    """Hold the import that has waited longest and that no living worker holds."""
    now = clock.now()
    waiting = (
        select(ImportRow)
        .where(*_free(now))
        .order_by(ImportRow.created_at, ImportRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalars(waiting).one_or_none()
    if row is None:
        return None
    row.holder, row.held_until = new_id(), now + LEASE
    if row.state == jobs.WAITING:
        row.state = jobs.CHECKING
    adding = row.state == jobs.ADDING
    return Taken(row.id, row.holder, row.person, row.acting_for, row.file_name, adding, row.done)


def _free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    unheld = or_(ImportRow.held_until.is_(None), ImportRow.held_until <= now)
    return (ImportRow.state.in_(jobs.RUNNING), unheld)
