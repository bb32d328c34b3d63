"""Expiry: a date that passed is recorded as passed, at its own instant."""

from __future__ import annotations

from engine.errors import Incident
from engine.ports import Context
from workflows.domain import deadline as acts
from workflows.domain.extension import lapsing
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
    lapsing.at_expiry(case, passed, context)
    return named.kind
