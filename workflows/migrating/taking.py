"""Which run a worker takes next; one that ended every worker is stopped instead."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows import leasing
from workflows.migrating import states
from workflows.migrating.tables import MigrationRunRow


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
    return leasing.waits(session, MigrationRunRow, states.AT_WORK)


def take(session: Session) -> Taken | None:
    """Hold the run that has waited longest and that no living worker holds."""
    row = leasing.take(session, MigrationRunRow, states.AT_WORK)
    if row is None:
        return None
    if leasing.worn(row):
        leasing.release(row, states.STOPPED)
        row.note, row.note_zh = leasing.WORN
        return None
    return Taken(
        row.id,
        row.holder or "",
        row.process,
        row.version,
        row.asked_by,
        row.person,
        row.acting_for,
        row.reason or "",
    )
