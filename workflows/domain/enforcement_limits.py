"""Service limits that are no count of working days: the referral's days and hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from engine import clock
from engine.ports import Rung, TaskFacts
from workflows.domain.hazard_case import HazardCase


def _decide(case: HazardCase, task: TaskFacts) -> datetime:
    days = case.basis.rules.whole("referral.decide_days")
    return clock.end_of_day(clock.beijing_date(task.opened_at) + timedelta(days=days))


def _hand_over(case: HazardCase, task: TaskFacts) -> datetime:
    return task.opened_at + timedelta(hours=case.basis.rules.whole("referral.hand_over_hours"))


LIMITS: dict[str, Callable[[HazardCase, TaskFacts], datetime]] = {
    "referral": _decide,
    "hand_over": _hand_over,
}
"""By the name of the ladder."""


def rungs(case: HazardCase, task: TaskFacts, ladder: str, names: Sequence[str]) -> list[Rung]:
    """Return the rungs: the first at the limit, the others working days later."""
    limit = LIMITS[ladder](case, task)
    last = clock.beijing_date(limit - timedelta(microseconds=1))
    steps = case.basis.rules.wholes("tasks.ladder_steps")
    later = [clock.end_of_day(case.basis.calendar.add_workdays(last, n)) for n in steps if n]
    return [Rung(name, at) for name, at in zip(names, [limit, *later], strict=True)]
