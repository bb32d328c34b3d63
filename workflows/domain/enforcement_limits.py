"""Service limits of enforcement: the referral's days and hours, a decision owed since before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from engine import clock
from engine.ports import JsonMap, Rung, TaskFacts
from workflows.domain import enforcement_entries as entries
from workflows.domain import instants
from workflows.domain.hazard_case import HazardCase


def _decide(case: HazardCase, task: TaskFacts) -> datetime:
    days = case.basis.rules.whole("referral.decide_days")
    return clock.end_of_day(clock.day_of_event(task.opened_at) + timedelta(days=days))


def _hand_over(case: HazardCase, task: TaskFacts) -> datetime:
    return task.opened_at + timedelta(hours=case.basis.rules.whole("referral.hand_over_hours"))


LIMITS: dict[str, Callable[[HazardCase, TaskFacts], datetime]] = {
    "referral": _decide,
    "hand_over": _hand_over,
}
"""By the name of the ladder."""


def owed(case: HazardCase, task: TaskFacts) -> TaskFacts:
    """Return a task as opened when its decision was owed first.

    A second expiry asks for the decision anew and gives no more time for it. A timely request
    that was undecided meanwhile does, and so does an issuer who had not answered.
    """
    if task.act != "enforcement.decide":
        return task
    rows = entries.countable_rows(case, entries.of(case, task.token))
    noted = [row.recorded_at for row in rows if row.recorded_at]
    since = min(noted, default=task.opened_at)
    for one in case.data["extension_requests"]:
        since = max([since, *_withheld_until(one, since)])
    return replace(task, opened_at=min(task.opened_at, since))


def _withheld_until(request: JsonMap, since: datetime) -> list[datetime]:
    """Return when what was asked in time was decided, and answered by an issuer, after `since`."""
    if request["timeliness"] != "timely" or since < instants.stored(request["at"]):
        return []
    words = (request["decided_at"], (request["order"] or {}).get("at"))
    return [at for at in map(instants.optional, words) if at is not None and since < at]


def rungs(case: HazardCase, task: TaskFacts, ladder: str, names: Sequence[str]) -> list[Rung]:
    """Return the rungs: the first at the limit, the others working days later."""
    limit = LIMITS[ladder](case, task)
    last = clock.beijing_date(limit - timedelta(microseconds=1))
    steps = case.basis.rules.wholes("tasks.ladder_steps")
    later = [clock.end_of_day(case.basis.calendar.add_workdays(last, n)) for n in steps if n]
    return [Rung(name, at) for name, at in zip(names, [limit, *later], strict=True)]
