"""What undoing and doing again would be about: which file, whose saving and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.designing.people import Name, name_of
from workflows.designing.tables import SavingRow


@dataclass(frozen=True)
class Step:
    """A saving that may be taken back or done again."""

    path: str
    by: str
    name: Name
    at: datetime


@dataclass(frozen=True)
class Steps:
    """The saving that undoing is about, and the one of doing again; None where there is none."""

    undo: Step | None
    redo: Step | None


def steps(session: Session, draft_id: str) -> Steps:
    """Return what undoing and doing again of a draft would be about."""
    return Steps(_told(session, draft_id, back=True), _told(session, draft_id, back=False))


def saving_ahead(session: Session, draft_id: str, *, back: bool) -> SavingRow | None:
    """Return the saving that undoing, or doing again, is about."""
    order = SavingRow.seq.desc() if back else SavingRow.seq
    found = (SavingRow.draft_id == draft_id, SavingRow.undone.is_(not back))
    return session.scalar(select(SavingRow).where(*found).order_by(order).limit(1))


def _told(session: Session, draft_id: str, *, back: bool) -> Step | None:
    row = saving_ahead(session, draft_id, back=back)
    if row is None:
        return None
    return Step(row.path, row.by, name_of(session, row.by), row.at)
