"""Suspending a case: the steps of grading stand still, everything else goes on.

What may be paused is listed in `dates_of_steps.PAUSING`; in imminent danger nothing is. Whoever
owes another step may do it, and its limit runs on: a suspension makes nothing impossible that is
owed. What remained of a paused limit is what remains after it, and a limit that had passed stays
passed. A case of which nothing could stand still is not suspended: it would only look as if it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from engine import clock
from engine.errors import Conflict, Invalid, NotAllowed
from engine.ports import Act, Completion, Context, JsonMap, TaskFacts
from engine.store import queries
from workflows.domain import instants
from workflows.domain.dates_of_steps import may_pause
from workflows.domain.hazard_case import HazardCase
from workflows.domain.levels import EXITS
from workflows.domain.working_days import WorkingCalendar

SUSPEND = Act("case.suspend", "暂停办理", "Suspend", "suspend", plain=True)
RESUME = Act("case.resume", "恢复办理", "Resume", "resume", plain=True)

DECIDING = ("head", "deputy")
"""Of the safety office."""

_KEPT = "suspensions"


class Step(Protocol):
    """What tells whether a step may stand still, of a task that is routed or read."""

    @property
    def act(self) -> str:
        """What it asks for."""

    @property
    def properties(self) -> Mapping[str, str]:
        """What the diagram says of it."""


def of(document: Mapping[str, Any]) -> JsonMap | None:
    """Return the suspension under way; None while the case goes on, and once it has left."""
    last: list[JsonMap] = document.get(_KEPT, [])[-1:]
    ended = not last or last[0]["until"] is not None or document["phase"] in EXITS
    return None if ended else last[0]


def may_suspend(case: HazardCase, context: Context) -> None:
    """Raise unless the head or deputy of the safety office suspends a case that goes on."""
    _check_office(case, context)
    if of(case.data) is not None:
        raise Conflict("Expected a case that goes on, but it is suspended", "本案已经暂停办理")
    if not any(may_stand_still(case, one) for one in _open_tasks(case, context)):
        raise Conflict(
            "Expected a step that may stand still, but the case has none: only proposing, "
            "reviewing and confirming its level may, where no danger is imminent and no date of "
            "the case runs or has passed",
            "本案没有可以停下的步骤，不能暂停：只有提出、复核、核定、确认等级可以停下，"
            "有现实危险、期限在走或已届满的不停",
        )


def may_resume(case: HazardCase, context: Context) -> None:
    """Raise unless the head or deputy of the safety office resumes a suspended case."""
    _check_office(case, context)
    if of(case.data) is None:
        raise Conflict("Expected a suspended case, but it goes on", "本案没有暂停办理")


def suspended(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Let the case stand still from now on."""
    one = {
        "since": context.now.isoformat(),
        "by": context.actor.id,
        "reason": _reason(data),
        "until": None,
    }
    case.data[_KEPT] = [*case.data.get(_KEPT, []), one]
    context.climb_anew()
    return Completion()


def resumed(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Let the case go on, with what remained of its limits."""
    _reason(data)
    *before, last = case.data[_KEPT]
    case.data[_KEPT] = [*before, last | {"until": context.now.isoformat()}]
    context.climb_anew()
    return Completion()


def may_stand_still(case: HazardCase, step: Step) -> bool:
    """Return whether a step is one that a suspension holds."""
    imminent = case.data["imminent"]
    return may_pause(step.act, step.properties, case.deadlines, imminent=imminent)


def late(case: HazardCase, due_at: datetime) -> bool:
    """Return whether a limit had passed when the case was suspended; that hides no lateness."""
    now = of(case.data)
    return now is not None and due_at <= instants.stored(now["since"])


def shifted(case: HazardCase, task: TaskFacts, day: date) -> date:
    """Return a last day, counted in working days, with what remained of it after each pause."""
    calendar = case.basis.calendar
    opened = clock.day_of_event(task.opened_at)
    for since, until in _ended(case):
        day = _after(calendar, day, max(since, opened), until)
    return day


def check_not_paused(case: HazardCase, *, paused: bool) -> None:
    """Raise Conflict where a step stands still."""
    now = of(case.data)
    if paused and now is not None:
        raise Conflict(
            f"Expected a case that goes on, but it is suspended: {now['reason']}",
            f"本案暂停办理，这一步待恢复后再办（理由：{now['reason']}）",
        )


def _open_tasks(case: HazardCase, context: Context) -> Iterator[Step]:
    yield from queries.case_tasks(context.session, case.id, status="open")


def _after(calendar: WorkingCalendar, day: date, since: date, until: date) -> date:
    """Return a day that a pause puts off; one that had passed before it stays.

    What was left of the working day on which the pause began is left of the one on which it
    ends, or of the next where that is a day of rest.
    """
    if day < since or until < since:
        return day
    resumed_on = calendar.roll_forward(until) if calendar.is_workday(since) else until
    return calendar.add_workdays(resumed_on, calendar.workdays_between(since, day))


def _ended(case: HazardCase) -> Iterator[tuple[date, date]]:
    for one in case.data.get(_KEPT, []):
        if one["until"] is not None:
            yield _day(one["since"]), _day(one["until"])


def _day(at: str) -> date:
    return clock.beijing_date(instants.stored(at))


def _reason(data: Mapping[str, Any]) -> str:
    reason = str(data.get("reason") or "").strip()
    if not reason:
        raise Invalid.at("reason", "Expected a reason, but it is empty", "请填写理由")
    return reason


def _check_office(case: HazardCase, context: Context) -> None:
    office = case.body("office")
    if not any(context.actor.holds(office, role) for role in DECIDING):
        raise NotAllowed(
            "Expected the head or deputy of the safety office, but the actor is neither",
            "暂停和恢复办理由安委办主任、副主任决定",
        )
