"""Service deadlines that designers start: named rows of the case, never a date of the rules.

They stand apart from the deadlines of the case: nothing that counts lateness, reminds the
enterprise or opens an interview reads them, and no act of the rules moves them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from engine import clock
from engine.operations import OWN, Call
from engine.ports import Context
from workflows.domain import designed_fields, instants
from workflows.domain.hazard_case import HazardCase
from workflows.domain.told import Told

DATES: Final = "own_dates"
LIMIT: Final = 366
"""Days that a service deadline may take at most."""


def started(case: HazardCase, call: Call, context: Context) -> str:
    """Start a deadline of the designer's, or start it anew; return its last day."""
    count, unit = call.whole("count"), call.text("unit")
    if not 0 <= count <= LIMIT:
        raise call.wrong("count", f"number of days from 0 to {LIMIT}")
    first = call.day("from") or clock.beijing_date(context.now)
    last = _last(case, first, count, unit)
    name = call.text("name")
    row = {
        "zh": call.text("label"),
        "en": call.text("label_en"),
        "from": first.isoformat(),
        "count": count,
        "unit": unit,
        "due_date": last.isoformat(),
        "due_at": clock.end_of_day(last).isoformat(),
        "started_at": context.now.isoformat(),
        "told": designed_fields.audience(
            call.process, everybody=call.text("shown_to") == designed_fields.EVERYBODY
        ).value,
    }
    before = case.data.get(DATES, {})
    case.data[DATES] = {**before, name: row}
    said = {"name": name, "before": before.get(name, {}).get("due_date"), **row}
    context.journal.record("deadline.own_started", said, **call.place)
    return last.isoformat()


def _last(case: HazardCase, first: date, count: int, unit: str) -> date:
    if unit == "workdays":
        return case.basis.calendar.add_workdays(first, count) if count else first
    return first + timedelta(days=count)


@dataclass(frozen=True)
class OwnDate:
    """A deadline of a designer's as a page shows it."""

    name: str
    zh: str
    en: str
    due_at: datetime


def shown(data: Mapping[str, Any], may: Callable[[Told], bool]) -> list[OwnDate]:
    """Return the deadlines that are somebody's to know, the earliest first."""
    found = [
        OwnDate(name, row["zh"], row["en"], instants.stored(row["due_at"]))
        for name, row in data.get(DATES, {}).items()
        if may(Told(row["told"]))
    ]
    return sorted(found, key=lambda one: one.due_at)


def of_timer(name: str, dates: Sequence[OwnDate]) -> OwnDate | None:
    """Return the deadline that a timer waits for by `due("own.NAME")`, if it is among some."""
    return next((one for one in dates if f"{OWN}{one.name}" == name), None)
