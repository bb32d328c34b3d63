"""By when the tasks of an interview are to be done, and who is reminded before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from engine.ports import Rung, TaskFacts
from workflows.domain import interview_entries as entries
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

_DUTY = ("interview.schedule", "interview.hold")
NOMINATION = ("interview.propose", "interview.confirm")
"""Acts that end by themselves at their limit: the host of the table stands, nobody is urged."""


def due_of(case: HazardCase, task: TaskFacts) -> datetime | None:
    """Return the service limit of a task of the interview; None for any other task."""
    if task.act in NOMINATION:
        return _nomination(case, task)
    if task.act in _DUTY:
        duty = entries.row(case.deadlines, entries.find(case.data, task.token))
        return duty.due_at if duty else None
    if task.act == "interview.report":
        report = entries.row(case.deadlines, entries.find(case.data, task.token), "report_duty")
        return report.due_at if report else None
    return None


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
