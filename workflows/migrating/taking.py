"""Which run a worker takes next, and for how long it is his."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from engine import clock
from engine.store.ids import new_id
from workflows.migrating import runs
from workflows.migrating.tables import MigrationRunRow

LEASE = timedelta(minutes=2)
"""How long a run is held after its last progress; then another worker takes it."""


@dataclass(frozen=True)
class Taken:
    """A run in hand."""

    id: str
    holder: str
    process: str
    version: int
    asked_by: str
    person: str | None
    acting_for: str | None
    reason: str


def waits(session: Session) -> bool:
    """Return whether there is a run to take."""
    return bool(session.scalar(select(exists().where(*_free(clock.now())))))


def take(session: Session) -> Taken | None:
    """Hold the run that has waited longest and that no living worker holds."""
    now = clock.now()
    waiting = (
        select(MigrationRunRow)
        .where(*_free(now))
        .order_by(MigrationRunRow.created_at, MigrationRunRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalars(waiting).one_or_none()
    if row is None:
        return None
    row.holder, row.held_until = new_id(), now + LEASE
    return Taken(
        row.id,
        row.holder,
        row.process,
        row.version,
        row.asked_by,
        row.person,
        row.acting_for,
        row.reason or "",
    )


def _free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    unheld = or_(MigrationRunRow.held_until.is_(None), MigrationRunRow.held_until <= now)
    return (MigrationRunRow.state.in_(runs.AT_WORK), unheld)
