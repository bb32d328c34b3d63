"""Which import a worker takes next; one that ended every worker is refused instead."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine import clock
from workflows import leasing
from workflows.importing import jobs
from workflows.importing.rows import Fault
from workflows.importing.tables import ImportLineRow, ImportRow


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
    return leasing.waits(session, ImportRow, jobs.RUNNING)


def take(session: Session) -> Taken | None:
    """Hold the import that has waited longest and that no living worker holds."""
    row = leasing.take(session, ImportRow, jobs.RUNNING)
    if row is None:
        return None
    if leasing.worn(row):
        _end(session, row, leasing.WORN)
        return None
    if row.state == jobs.WAITING:
        row.state = jobs.CHECKING
    adding = row.state == jobs.ADDING
    return Taken(
        row.id, row.holder or "", row.person, row.acting_for, row.file_name, adding, row.done
    )


def let_go(taken: Taken, session: Session) -> None:
    """Let an import wait for a worker again; how often it was begun stays counted."""
    mine = leasing.mine(ImportRow, taken.id, taken.holder)
    session.execute(update(ImportRow).where(*mine).values(holder=None, held_until=None))


def end(taken: Taken, fault: Fault, session: Session) -> None:
    """Refuse the rest of an import that a worker still holds."""
    mine = leasing.mine(ImportRow, taken.id, taken.holder)
    row = session.scalars(select(ImportRow).where(*mine).with_for_update()).one_or_none()
    if row is not None:
        _end(session, row, (fault.message, fault.message_zh))


def _end(session: Session, row: ImportRow, why: tuple[str, str]) -> None:
    """Refuse an import; rows that became cases before stay what they are, and stay counted."""
    leasing.release(row, jobs.REFUSED)
    row.finished_at = clock.now()
    row.faults += 1
    message, message_zh = why
    session.add(
        ImportLineRow(
            import_id=row.id,
            seq=row.rows + 1,
            line=0,
            outcome=jobs.FAULT,
            message=message[:500],
            message_zh=message_zh[:500],
        )
    )
    jobs.forget_file(session, row.id)
