"""The days by which the silent decide: working days, since an authority decides on those."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine import clock
from engine.errors import Invalid
from workflows.domain import instants
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview import opening
from workflows.domain.working_days import WorkingCalendar


def check(case: HazardCase, data: Mapping[str, Any]) -> None:
    """Refuse a rest day at its field; the minutes check everything else about the days."""
    first = clock.beijing_date(instants.entered(data.get("held_at"), "held_at"))
    last = first + timedelta(days=case.basis.rules.whole("interview.final_date_max_days"))
    for part in opening.silent_parts(case):
        field = f"decision_{part}"
        day = instants.entered_day(data[field], field) if data.get(field) else None
        if day is not None and first <= day <= last:
            _check_day(case.basis.calendar, day, field, (first, last))


def _check_day(calendar: WorkingCalendar, day: date, field: str, bounds: tuple[date, date]) -> None:
    if not calendar.covers(day) or calendar.is_workday(day):
        return
    lawful = nearest(calendar, day, bounds)
    if lawful is not None:
        raise Invalid.at(
            field,
            f"Expected a working day such as {lawful}, but {day} is a rest day",
            f"{day} 为休息日；单位决定的日期须为工作日，可填 {lawful}",
        )


def nearest(calendar: WorkingCalendar, day: date, bounds: tuple[date, date]) -> date | None:
    """Return the next working day, else the one before; none in a long holiday."""
    first, last = bounds
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    worked = [one for one in days if calendar.covers(one) and calendar.is_workday(one)]
    later = [one for one in worked if one > day]
    return later[0] if later else (worked[-1] if worked else None)
