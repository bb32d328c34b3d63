"""Which import a worker takes next; one that ended every worker is refused instead."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine import clock
from workflows import leasing
from workflows.importing import jobs
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
        _give_up(session, row)
        return None
    if row.state == jobs.WAITING:
        row.state = jobs.CHECKING
    adding = row.state == jobs.ADDING
    return Taken(
        row.id, row.holder or "", row.person, row.acting_for, row.file_name, adding, row.done
    )


def _give_up(session: Session, row: ImportRow) -> None:
    """Refuse an import; rows that became cases before stay what they are, and stay counted."""
    leasing.release(row, jobs.REFUSED)
    row.finished_at = clock.now()
    row.faults += 1
    message, message_zh = leasing.WORN
    session.add(
        ImportLineRow(
            import_id=row.id,
            seq=row.rows + 1,
            line=0,
            outcome=jobs.FAULT,
            message=message,
            message_zh=message_zh,
        )
    )
    jobs.forget_file(session, row.id)
