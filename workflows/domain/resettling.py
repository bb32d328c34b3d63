"""After a year's notice is loaded: provisional dates of running cases are computed again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from engine.errors import Conflict, Incident
from engine.ports import SYSTEM
from engine.work.runtime import Runtime
from workflows.domain.ledger_tables import DeadlineRow

ACT = "calendar.published"


def cases_to_settle(session: Session, years: Sequence[int]) -> list[str]:
    """Return the cases with an awaited provisional date in some years or the year after."""
    wanted = {*years, *(year + 1 for year in years)}
    found = session.scalars(
        select(DeadlineRow.case_id)
        .where(
            DeadlineRow.provisional,
            DeadlineRow.state.in_(("live", "held")),
            extract("year", DeadlineRow.due_date).in_(wanted),
        )
        .distinct()
        .order_by(DeadlineRow.case_id)
    )
    return list(found)


def settle_all(runtime: Runtime, years: Sequence[int]) -> int:
    """Settle every case anew, each in its own transaction; return how many dates moved."""
    with runtime.database.read() as session:
        cases = cases_to_settle(session, years)
    return sum(_settle(runtime, case_id) for case_id in cases)


def _settle(runtime: Runtime, case_id: str) -> int:
    before = _dates(runtime, case_id)
    try:
        runtime.perform_act(SYSTEM, case_id, ACT, {})
    except (Conflict, Incident):
        # Settled meanwhile by another process, closed, or a fault that its incident tells of:
        # one case must not keep the others from their dates.
        return 0
    after = _dates(runtime, case_id)
    return sum(after[number] != day for number, day in before.items())


def _dates(runtime: Runtime, case_id: str) -> dict[int, date]:
    """Return the dates of a case by the number of their deadline."""
    query = select(DeadlineRow.number, DeadlineRow.due_date).where(DeadlineRow.case_id == case_id)
    with runtime.database.read() as session:
        return {row.number: row.due_date for row in session.execute(query)}
