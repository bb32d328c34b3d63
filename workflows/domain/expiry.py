"""Expiry: a date that passed is recorded as passed, at its own instant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Incident
from engine.ports import Completion, Context, TaskFacts
from workflows.domain import deadline as acts
from workflows.domain.hazard_case import POLICY, HazardCase


def expire(case: HazardCase, context: Context) -> str:
    """Record the date that passed first, at the date itself; return its kind.

    The date of an order that is the policy's own passes with it, and the policy's is named.
    """
    awaited = case.awaited()
    if not awaited or awaited[0].due_at > context.now:
        raise Incident("Expected a date that has passed, but there is none", "没有已届满的整改期限")
    passed = [one for one in awaited if one.due_at == awaited[0].due_at]
    for deadline in passed:
        acts.expire(deadline, context.actor.id, context.now)
    named = next((one for one in passed if one.kind in POLICY), passed[0])
    context.journal.record(
        "deadline.expired",
        {"kind": named.kind, "due_date": named.due_date.isoformat(), "number": named.number},
    )
    return named.kind


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
