"""By when the tasks of an interview are to be done, and who is reminded before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from engine import clock
from engine.ports import Rung, TaskFacts
from workflows.domain import interview_entries as entries
from workflows.domain import rule_ladders
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import HazardCase

NAME = "interview"
"""The ladder of whoever holds an interview; no deputy follows, because the article names three."""

ACTS = frozenset(
    {
        "interview.propose",
        "interview.confirm",
        "interview.schedule",
        "interview.hold",
        "interview.report",
    }
)
"""Acts whose service limit is a date of the interview."""

NOTICE = "interview.schedule"
NOMINATION = ("interview.propose", "interview.confirm")
"""Acts that end by themselves at their limit: the host of the table stands, nobody is urged."""


def due_of(case: HazardCase, task: TaskFacts) -> datetime | None:
    """Return the service limit of a task of the interview; None for any other task."""
    if task.act in NOMINATION:
        return _nomination(case, task)
    duty = entries.row(case.deadlines, entries.find(case.data, task.token))
    if task.act == NOTICE:
        return _notice(case, task, duty)
    if task.act == "interview.hold":
        return duty.due_at if duty else None
    if task.act == "interview.report":
        report = entries.row(case.deadlines, entries.find(case.data, task.token), "report_duty")
        return report.due_at if report else None
    return None


def notice_counts_from(case: HazardCase, task: TaskFacts) -> date:
    """Return the day before day 1 of the notice: the expiry's, or later for a later notice."""
    opened = clock.day_of_event(task.opened_at)
    days = timedelta(days=case.basis.rules.whole("interview.notice_day"))
    duty = entries.row(case.deadlines, entries.find(case.data, task.token))
    return max(clock.beijing_date(duty.started_at), opened - days) if duty else opened


def _notice(case: HazardCase, task: TaskFacts, duty: Deadline | None) -> datetime | None:
    """The end of day 1 after the expiry (Q12), never beyond the interview's own date."""
    if duty is None:
        return None
    last = rule_ladders.last_day(case.basis, "interview.notice", notice_counts_from(case, task))
    return min(
        clock.end_of_day(last),
        max(duty.due_at, clock.end_of_day(clock.beijing_date(task.opened_at))),
    )


def _nomination(case: HazardCase, task: TaskFacts) -> datetime | None:
    """Until the table's host stands, not beyond the interview's own date; none once relieved."""
    entry = entries.find(case.data, task.token)
    duty = entries.row(case.deadlines, entry)
    if entry.get("lapsed") or duty is None or duty.state == "voided":
        return None
    days = case.basis.rules.whole("interview.host_confirm_days")
    return min(entries.host_due(case.data, task.token, days), duty.due_at)


def rungs(case: HazardCase, task: TaskFacts) -> Sequence[Rung]:
    """Return the reminder a day before the duty's date; what follows the date is drawn."""
    due = due_of(case, task)
    before = due - timedelta(days=1) if due else None
    return [Rung("remind", before)] if before and before > task.opened_at else []
