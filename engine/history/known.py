"""A case as it was known at an instant: its history up to then."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.tables import History


@dataclass(frozen=True)
class HistoryRow:
    """One act of a case as pages show it."""

    case_id: str
    seq: int
    at: datetime
    actor: str
    actor_name: str
    acting_for: str | None
    act: str
    outcome: str | None
    element: str | None
    process: str | None
    task_id: str | None
    data: dict[str, Any]
    personal: dict[str, Any] | None
    hash: str


def case_history(session: Session, case_id: str) -> list[HistoryRow]:
    """Return every act of a case, oldest first."""
    return _history(session, case_id, None)


def case_as_known(session: Session, case_id: str, at: datetime) -> list[HistoryRow]:
    """Return the acts of a case that had been recorded at an instant."""
    return _history(session, case_id, at)


def _history(session: Session, case_id: str, at: datetime | None) -> list[HistoryRow]:
    query = select(History).where(History.case_id == case_id).order_by(History.seq)
    if at is not None:
        query = query.where(History.at <= at)
    return [_plain(row) for row in session.execute(query).scalars()]


def _plain(row: History) -> HistoryRow:
    return HistoryRow(
        case_id=row.case_id,
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        actor_name=row.actor_name,
        acting_for=row.acting_for,
        act=row.act,
        outcome=row.outcome,
        element=row.element,
        process=row.process,
        task_id=row.task_id,
        data=json.loads(row.data),
        personal=json.loads(row.personal) if row.personal else None,
        hash=row.hash,
    )
