"""Built-in functions over dates, times and durations."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final

from engine.expressions import calendar, temporal
from engine.expressions.function import Function, declare
from engine.expressions.operators import equal
from engine.expressions.types import Months, Value, type_name

_SIXTY: Final = 60
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def _whole(*numbers: Decimal) -> list[int] | None:
    if any(number % 1 or abs(number) > 10**9 for number in numbers):
        return None
    return [int(number) for number in numbers]


def date_of(day: dt.date) -> dt.date:
    """Return the date of a date and time."""
    return dt.date(day.year, day.month, day.day)


def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> Value:
    """Return a date, or null if there is no such day."""
    parts = _whole(year, month, day)
    return temporal.make_date(*parts) if parts else None


def time_of(value: dt.time | dt.datetime | dt.date) -> Value:
    """Return the time of a date and time; of a date it is midnight in UTC."""
    if isinstance(value, dt.time):
        return value
    return value.timetz() if isinstance(value, dt.datetime) else dt.time(tzinfo=dt.UTC)


def time_from_parts(
    hour: Decimal, minute: Decimal, second: Decimal, offset: dt.timedelta | None = None
) -> Value:
    """Return a time; the seconds may have a fraction, the offset is a duration."""
    if _whole(hour, minute) is None or not 0 <= second < _SIXTY:
        return None
    micro = int(second % 1 * 10**6)
    zone = None if offset is None else dt.timezone(offset)
    return dt.time(int(hour), int(minute), int(second), micro, zone)


def datetime_of(day: dt.date, clock: dt.time) -> Value:
    """Return a date at a time."""
    return dt.datetime.combine(date_of(day), clock)


def datetime_in(value: dt.datetime, zone: str) -> Value:
    """Return the same instant in another zone."""
    known = temporal.parse_zone(zone if zone == "Z" or zone[:1] in "+-" else f"@{zone}")
    return value.astimezone(known) if known and value.tzinfo else None


def months_between(start: dt.date, end: dt.date) -> Value:
    """Return the whole months from one day to another; negative backwards."""
    if date_of(end) < date_of(start):
        back = months_between(end, start)
        return Months(-back.months) if isinstance(back, Months) else None
    count = (end.year - start.year) * 12 + end.month - start.month
    return Months(count - (end.day < start.day))


def week_of_year(day: dt.date) -> Value:
    """Return the ISO week."""
    return Decimal(day.isocalendar().week)


def last_day(day: dt.date) -> Value:
    """Return the last day of the month."""
    following = calendar.add_months(date_of(day).replace(day=1), 1)
    return following - dt.timedelta(days=1) if following else None


def identical(left: Value, right: Value) -> bool:
    """Return whether two values are the same in kind, value and zone."""
    if type_name(left) != type_name(right):
        return False
    if isinstance(left, dt.time | dt.datetime) and isinstance(right, dt.time | dt.datetime):
        if left.tzinfo is None or right.tzinfo is None:
            return left.tzinfo is right.tzinfo and bool(equal(left, right))
        same_zone = _zone_name(left) == _zone_name(right)
        return same_zone and left.replace(tzinfo=None) == right.replace(tzinfo=None)
    return bool(equal(left, right))


def _zone_name(value: dt.time | dt.datetime) -> object:
    return getattr(value.tzinfo, "key", None) or value.utcoffset()


FUNCTIONS: Final[tuple[Function, ...]] = (
    declare("date(from: string) -> date", temporal.parse_date),
    declare("date(from: day) -> date", date_of),
    declare("date(year: number, month: number, day: number) -> date", date_from_parts),
    declare("time(from: string) -> time", temporal.parse_time),
    declare("time(from: time) -> time", time_of),
    declare("time(from: day) -> time", time_of),
    declare(
        "time(hour: number, minute: number, second: number,"
        " offset?: days and time duration?) -> time",
        time_from_parts,
    ),
    declare("date and time(from: string) -> date and time", temporal.parse_datetime),
    declare("date and time(from: date and time) -> date and time", lambda value: value),
    declare("date and time(date: day, time: time) -> date and time", datetime_of),
    declare("date and time(date: date and time, timezone: string) -> date and time", datetime_in),
    declare("duration(from: string) -> any", temporal.parse_duration),
    declare("duration(from: duration) -> any", lambda value: value),
    declare(
        "years and months duration(from: day, to: day) -> years and months duration",
        months_between,
    ),
    declare("day of year(date: day) -> number", lambda day: Decimal(day.timetuple().tm_yday)),
    declare("day of week(date: day) -> string", lambda day: _DAYS[day.weekday()]),
    declare("month of year(date: day) -> string", lambda day: _MONTHS[day.month - 1]),
    declare("week of year(date: day) -> number", week_of_year),
    declare("last day of month(date: day) -> date", last_day),
    declare("is(value1: any, value2: any) -> boolean", identical),
)
