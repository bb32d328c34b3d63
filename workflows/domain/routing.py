"""Where a task goes, by when, and what is told when it waits too long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from engine import clock
from engine.errors import Incident
from engine.ports import Context, Grant, Routing, Rung, TaskFacts
from workflows.domain import enforcement_limits as limits
from workflows.domain import (
    extension_reminders,
    ladder_top,
    listing_limits,
    rule_ladders,
    separation,
    suspension,
)
from workflows.domain import interview_ladder as interview
from workflows.domain.candidates import INSPECTING, candidates
from workflows.domain.dates_of_steps import own_date
from workflows.domain.hazard_case import HazardCase
from workflows.domain.standing_in import deputies_of_the_barred

LADDERS = frozenset(
    {"w1", "w2", "w3", "w5", "deadline", interview.NAME}
    | rule_ladders.STEPPED.keys()
    | limits.LIMITS.keys()
    | rule_ladders.RULES.keys()
)
"""Working days that no article names, and limits that the rule set or the case gives."""

RUNGS = ("remind", "deputy", "leader_and_office")
_PRIORITIES = {"major": 80, "larger": 60, "general": 40}
_IMMINENT = 95
_UNGRADED = 50
_STEP_IN = frozenset(
    {
        "order.serve",
        "recheck.submit",
        "recheck.second",
        "recheck.at_expiry",
        "listing.grade1",
        "listing.grade2",
        "listing.note",
        "listing.remove",
    }
)
"""Acts that the safety office may do for a silent body. Consent of a body is never among them."""


def route(case: HazardCase, task: TaskFacts, context: Context) -> Routing:
    """Return who may do a task and by when."""
    found = candidates(case, task)
    return Routing(
        candidates=(*found, *deputies_of_the_barred(case, task, found, context)),
        due_at=due_of(case, task),
        priority=priority(case),
        bars=separation.bars(case, task),
    )


def due_of(case: HazardCase, task: TaskFacts) -> datetime | None:
    """Return the service limit: the case's own date where there is one, else working days."""
    task = listing_limits.owed(case, limits.owed(case, task))
    ladder = task.properties.get("ladder", "")
    if ladder == "deadline":
        running = case.running("rectification", "final")
        expired = case.expired
        return running.due_at if running else expired.due_at if expired else None
    if task.act in interview.ACTS:
        return interview.due_of(case, task)
    if ladder in limits.LIMITS:
        return limits.LIMITS[ladder](case, task)
    own = own_date(task.act, case.deadlines)
    if own is not None:
        return own.due_at
    opened = clock.day_of_event(task.opened_at)
    if ladder in rule_ladders.RULES:
        return clock.end_of_day(rule_ladders.last_day(case.basis, ladder, opened))
    last = _kept_of(case, task, _workday(case, opened, _workdays(case, ladder)))
    due_at = clock.end_of_day(last)
    return None if paused(case, task) and not suspension.late(case, due_at) else due_at


def paused(case: HazardCase, task: TaskFacts) -> bool:
    """Return whether a task stands still because its case is suspended."""
    return suspension.of(case.data) is not None and suspension.may_stand_still(case, task)


def _kept_of(case: HazardCase, task: TaskFacts, day: date) -> date:
    return suspension.shifted(case, task, day) if suspension.may_stand_still(case, task) else day


def priority(case: HazardCase) -> int:
    """Return how much a case presses: danger first, then level."""
    if case.data["imminent"]:
        return _IMMINENT
    return _PRIORITIES.get(case.data["level"] or case.data["proposed_level"] or "", _UNGRADED)


def ladder(case: HazardCase, task: TaskFacts) -> Sequence[Rung]:
    """Return the rungs of the ladder that a task names, fitted to who owes it."""
    return ladder_top.fitted(task, _ladder(case, task))


def _ladder(case: HazardCase, task: TaskFacts) -> Sequence[Rung]:
    """Return the rungs by the name alone; `deadline` hangs on the case's date."""
    task = listing_limits.owed(case, limits.owed(case, task))
    name = task.properties.get("ladder", "")
    if name == "deadline" or task.act in interview.NOMINATION:
        return ()
    if name in limits.LIMITS:
        return limits.rungs(case, task, name, RUNGS)
    if name == interview.NAME:
        return interview.rungs(case, task)
    if paused(case, task):
        return ()
    opened = clock.day_of_event(task.opened_at)
    if name in rule_ladders.RULES:
        first = interview.notice_counts_from(case, task) if task.act == interview.NOTICE else opened
        return rule_ladders.rungs(case.basis, name, first, RUNGS)
    return [
        Rung(rung, clock.end_of_day(_kept_of(case, task, _workday(case, opened, days))))
        for rung, days in zip(RUNGS, _steps(case, name), strict=True)
    ]


def _workday(case: HazardCase, opened: date, days: int) -> date:
    return case.basis.calendar.add_workdays(opened, days)


def reminders(case: HazardCase) -> Mapping[str, Sequence[Rung]]:
    """Return the reminders before the running date; a date that stands still has none."""
    running = case.running("rectification", "final")
    if running is None or running.state != "live" or case.phase not in ("planning", "rectifying"):
        return {}
    rungs = [
        Rung(f"days_left_{days}", fire_at, {"days": days, "due_date": running.due_date.isoformat()})
        for days in case.basis.rules.wholes("reminders.before_due")
        if (fire_at := running.due_at - timedelta(days=days)) > running.reminded_from
    ]
    before = {f"deadline:{running.number}:{running.due_date}": rungs}
    return {**before, **extension_reminders.reminders(case, running)}


def widened(case: HazardCase, rung: Rung, task: TaskFacts) -> tuple[Grant, ...]:
    """Return who may do a task besides, once it waited too long; never another body's consent."""
    if task.act == "listing.progress" and rung.name != "remind":
        # The report of an enterprise that keeps silent is written by who supervises it.
        return tuple(Grant(case.body("listing_body"), role) for role in INSPECTING)
    if rung.name == "deputy":
        return tuple(Grant(g.body, "deputy") for g in candidates(case, task) if g.role == "head")
    if rung.name != "leader_and_office" or task.act not in _STEP_IN:
        return ()
    return tuple(Grant(case.body("office"), role) for role in ("officer", "head"))


def _steps(case: HazardCase, name: str) -> tuple[int, ...]:
    if name in rule_ladders.STEPPED:
        return rule_ladders.steps(case.basis, name)
    limit = _workdays(case, name)
    return tuple(limit + step for step in case.basis.rules.wholes("tasks.ladder_steps"))


def _workdays(case: HazardCase, name: str) -> int:
    if name in rule_ladders.STEPPED:
        return rule_ladders.workdays(case.basis, name)
    found = rule_ladders.counted(name)
    if name not in LADDERS or found is None:
        raise Incident(f"Expected a known ladder, but it is {name!r}", f"未知的督办阶梯 {name}")
    return found
