"""Working days counted by the walks themselves, from the published notices alone."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path

BEIJING = timezone(timedelta(hours=8))
_NOTICES = Path(__file__).parents[2] / "workflows" / "rules" / "calendar" / "published.csv"
_SATURDAY = 5


def day_of(at: datetime) -> date:
    """Return the Beijing day of an instant."""
    return at.astimezone(BEIJING).date()


def end_of(day: date) -> datetime:
    """Return 24:00 of a Beijing day."""
    return datetime.combine(day + timedelta(days=1), time(), BEIJING)


def is_workday(day: date) -> bool:
    """Return whether a day is worked, by the notice of its year or by the week."""
    named = _notices().get(day)
    return day.weekday() < _SATURDAY if named is None else named == "workday"


def workdays_after(day: date, count: int) -> date:
    """Return the last of so many working days after a day."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def rolled(day: date) -> date:
    """Return the day itself or the next working day."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


@cache
def _notices() -> dict[date, str]:
    with _NOTICES.open(encoding="utf-8") as file:
        return {date.fromisoformat(row["day"]): row["kind"] for row in csv.DictReader(file)}
