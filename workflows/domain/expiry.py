"""Expiry: a date that passed is recorded as passed, at its own instant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Incident
from engine.ports import Completion, Context, TaskFacts
from workflows.domain import deadline as acts
from workflows.domain.hazard_case import ENTERPRISE_DATES, POLICY, HazardCase

_DATES = (*ENTERPRISE_DATES, "final")


def expire(case: HazardCase, context: Context) -> str:
    """Record that the awaited date passed, at the date itself, and return its kind."""
    awaited = case.running(*POLICY)
    if awaited is None or awaited.due_at > context.now:
        raise Incident("Expected a date that has passed, but there is none", "没有已届满的整改期限")
    for deadline in case.of_kind(*_DATES):
        if deadline.running and deadline.due_at <= context.now:
            acts.expire(deadline, context.actor.id, context.now)
    context.journal.record(
        "deadline.expired",
        {"kind": awaited.kind, "due_date": awaited.due_date.isoformat(), "number": awaited.number},
    )
    return awaited.kind


def handled(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take opinion and measures on an overdue hazard, in a case whose diagram still asks so."""
    duty = case.interview(task.token)
    if duty is None:
        raise Incident("Expected an overdue duty, but there is none", "没有逾期处置记录")
    taken = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "opinion": data.get("opinion"),
        "measures": data.get("measures"),
    }
    case.data["interviews"] = [
        {**one, "handled": taken} if one is duty else one for one in case.data["interviews"]
    ]
    return Completion({}, None)
