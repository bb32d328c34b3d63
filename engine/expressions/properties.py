"""What `value.name` reads from dates, times, durations and ranges (table 65 of DMN 1.5)."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from engine.expressions.types import Months, Range, Value


def _number(read: Callable[[Any], int]) -> Callable[[Any], Value]:
    return lambda value: Decimal(read(value))


def _offset(value: dt.datetime | dt.time) -> Value:
    return value.utcoffset()


def _zone(value: dt.datetime | dt.time) -> Value:
    zone = value.tzinfo
    if isinstance(zone, zoneinfo.ZoneInfo):
        return zone.key
    return "Z" if zone is dt.UTC else None


def _part(size: int, within: int) -> Callable[[dt.timedelta], Value]:
    # Of a negative duration every part is negative, as in XPath.
    def read(value: dt.timedelta) -> Value:
        length = abs(value)
        count = (length.days * 86_400 + length.seconds) // size % within
        return Decimal(-count if value < dt.timedelta() else count)

    return read


def _signed(months: int, unit: Callable[[int], int]) -> Decimal:
    count = unit(abs(months))
    return Decimal(-count if months < 0 else count)


_DATE: Final[dict[str, Callable[[Any], Value]]] = {
    "year": _number(lambda day: day.year),
    "month": _number(lambda day: day.month),
    "day": _number(lambda day: day.day),
    "weekday": _number(lambda day: day.isoweekday()),
}
_TIME: Final[dict[str, Callable[[Any], Value]]] = {
    "hour": _number(lambda clock: clock.hour),
    "minute": _number(lambda clock: clock.minute),
    "second": _number(lambda clock: clock.second),
    "time offset": _offset,
    "timezone": _zone,
}

PROPERTIES: Final[Mapping[type, Mapping[str, Callable[[Any], Value]]]] = {
    dt.date: _DATE,
    dt.time: _TIME,
    dt.datetime: _DATE | _TIME,
    dt.timedelta: {
        "days": _part(86_400, 10**9),
        "hours": _part(3600, 24),
        "minutes": _part(60, 60),
        "seconds": _part(1, 60),
    },
    Months: {
        "years": lambda value: _signed(value.months, lambda months: months // 12),
        "months": lambda value: _signed(value.months, lambda months: months % 12),
    },
    Range: {
        "start": lambda value: value.low,
        "end": lambda value: value.high,
        "start included": lambda value: value.low_closed,
        "end included": lambda value: value.high_closed,
    },
}
"""By Python type, then by FEEL name: an explicit list, so no attribute is reachable by chance."""


def read(value: Value, name: str) -> Value:
    """Return a property of a value, or null if it has none of that name."""
    known = PROPERTIES.get(type(value), {}).get(name)
    return known(value) if known else None
