"""Dates as people type them into ledgers."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from engine import clock

_WRITTEN = re.compile(
    r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[ T](\d{1,2}):(\d{2})(?::\d{2})?)?$"
)
_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial dates."""
_SERIAL_RANGE = (36526, 73050)
"""Serial numbers of 2000-01-01 and 2099-12-31: other numbers are no dates."""
MORNING = time(9, 0)
"""A date without a time of day means the morning of that day, Beijing time."""


def parse_instant(cell: object) -> datetime | None:
    """Return the instant that a cell means in Beijing time, or None if it is no date."""
    if isinstance(cell, datetime):
        moment = cell if cell.time() != time() else datetime.combine(cell.date(), MORNING)
        return moment.replace(tzinfo=clock.BEIJING)
    if isinstance(cell, date):
        return datetime.combine(cell, MORNING, clock.BEIJING)
    if isinstance(cell, int | float) and _SERIAL_RANGE[0] <= cell <= _SERIAL_RANGE[1]:
        return datetime.combine(_SERIAL_ZERO + timedelta(days=int(cell)), MORNING, clock.BEIJING)
    return _written(str(cell or "").strip())


def _written(text: str) -> datetime | None:
    match = _WRITTEN.match(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups()[:3])
    hour, minute = (int(part) if part else None for part in match.groups()[3:])
    try:
        moment = time(hour, minute or 0) if hour is not None else MORNING
        return datetime.combine(date(year, month, day), moment, clock.BEIJING)
    except ValueError:
        return None
