"""How often an enterprise was penalised of late: article 113 counts it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from engine.ports import Context
from engine.store.history_tables import History
from workflows.domain.hazard_case import HazardCase
from workflows.domain.ledger_tables import HazardRow

ACT = "enforcement.penalty"


def counted(case: HazardCase, context: Context) -> dict[int, int]:
    """Return the penalties of the case's enterprise by each number of days of the rule set."""
    return {days: _within(case, days, context) for days in _days(case)}


def sentence(case: HazardCase, context: Context) -> str:
    """Return the counters as one line for a form, in both languages."""
    found = counted(case, context).items()
    return "；".join(f"{days} 天内处罚 {count} 次 ({count} in {days} d)" for days, count in found)


def _days(case: HazardCase) -> tuple[int, ...]:
    return case.basis.rules.wholes("counters.penalties")


def _within(case: HazardCase, days: int, context: Context) -> int:
    query = (
        select(func.count())
        .select_from(History)
        .join(HazardRow, HazardRow.case_id == History.case_id)
        .where(
            History.act == ACT,
            History.at > context.now - timedelta(days=days),
            HazardRow.agency == case.agency,
            HazardRow.enterprise == case.body("enterprise"),
        )
    )
    return context.session.scalar(query) or 0
