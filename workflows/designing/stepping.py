"""What undoing and doing again would be about: which file, whose saving and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows.designing.people import Name, name_of
from workflows.designing.tables import SavingRow

Row = TypeVarTuple("Row")


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
    return session.scalar(_ahead(select(SavingRow), draft_id, back=back))


def _ahead(query: Select[*Row], draft_id: str, *, back: bool) -> Select[*Row]:
    order = SavingRow.seq.desc() if back else SavingRow.seq
    found = (SavingRow.draft_id == draft_id, SavingRow.undone.is_(not back))
    return query.where(*found).order_by(order).limit(1)


def _told(session: Session, draft_id: str, *, back: bool) -> Step | None:
    """Return it without the files that it holds: nobody who is told reads them."""
    told = select(SavingRow.path, SavingRow.by, SavingRow.at)
    row = session.execute(_ahead(told, draft_id, back=back)).one_or_none()
    if row is None:
        return None
    path, by, at = row
    return Step(path, by, name_of(session, by), at)
