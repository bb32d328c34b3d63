"""A case as it was known at an instant: its history up to then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from engine.store.case_queries import HistoryRow, case_history


def case_as_known(session: Session, case_id: str, at: datetime) -> list[HistoryRow]:
    """Return the acts of a case that had been recorded at an instant."""
    return case_history(session, case_id, until=at)
