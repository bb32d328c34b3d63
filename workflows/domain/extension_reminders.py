"""Days after service on which the enterprise is told that it may ask for an extension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from engine import clock
from engine.ports import Rung
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import HazardCase

NAME = "may_extend"
_DAYS = "extension.request_reminders"


def reminders(case: HazardCase, row: Deadline) -> Mapping[str, Sequence[Rung]]:
    """Return the reminders of a date, each while a request is in good time and none was made."""
    if row.kind != "rectification" or _asked(case, row):
        return {}
    rules = case.basis.rules
    served = clock.beijing_date(row.started_at)
    until = row.due_date - timedelta(days=rules.whole("extension.timely_days_before"))
    data = {"until": until.isoformat(), "due_date": row.due_date.isoformat()}
    days = {number: served + timedelta(days=number) for number in rules.wholes(_DAYS)}
    return {
        f"extension:{row.number}:{number}": [Rung(NAME, clock.start_of_day(day), data)]
        for number, day in days.items()
        if day <= until and clock.start_of_day(day) > row.reminded_from
    }


def _asked(case: HazardCase, row: Deadline) -> bool:
    return any(one["deadline"] == row.number for one in case.data["extension_requests"])
