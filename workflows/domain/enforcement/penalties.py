"""How often an enterprise was penalised of late: article 113 counts it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from engine.ports import Context
from engine.store.history_tables import History
from workflows.domain.hazard_case import HazardCase
from workflows.domain.language import spoken
from workflows.domain.ledger_tables import HazardRow

ACT = "enforcement.penalty"


def counted(case: HazardCase, context: Context) -> dict[int, int]:
    """Return the penalties of the case's enterprise by each number of days of the rule set."""
    spans = case.basis.rules.wholes("counters.penalties")
    imposed = _imposed(case, context.now - timedelta(days=max(spans, default=0)), context)
    return {days: sum(at > context.now - timedelta(days=days) for at in imposed) for days in spans}


def sentence(case: HazardCase, context: Context) -> str:
    """Return the counters as one line for a form, in the language of whoever fills it in."""
    found = counted(case, context).items()
    return spoken(
        context,
        "；".join(f"{days} 天内处罚 {count} 次" for days, count in found),
        "; ".join(f"penalties within {days} days: {count}" for days, count in found),
    )


def _imposed(case: HazardCase, since: datetime, context: Context) -> list[datetime]:
    """Return when each was imposed, in one query; what was voided never was a hazard."""
    query = (
        select(History.at)
        .join(HazardRow, HazardRow.case_id == History.case_id)
        .where(
            History.act == ACT,
            History.at > since,
            HazardRow.agency == case.agency,
            HazardRow.enterprise == case.body("enterprise"),
            or_(HazardRow.exit.is_(None), HazardRow.exit != "voided"),
        )
    )
    return list(context.session.scalars(query))
