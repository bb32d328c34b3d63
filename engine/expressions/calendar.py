"""Arithmetic and order of dates, times and durations; what cannot be is null."""

from __future__ import annotations

import calendar as months_of_years
import datetime as dt
import zoneinfo
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, TypeVar

from engine.expressions.types import DECIMAL, Months, Value

T = TypeVar("T")

_ANY_DAY: Final = dt.date(2000, 1, 1)
_DIGITS: Final = 14


def safe(operation: Callable[[], T]) -> T | None:
    """Return a result, or None where the calendar or the numbers end."""
    try:
        return operation()
    except (ValueError, ArithmeticError):
        return None


def same_instant(left: dt.datetime | dt.time, right: dt.datetime | dt.time) -> bool:
    """Return whether two times are the same; one with and one without zone never are."""
    return bool(in_order(lambda a, b: a == b, left, right))


def in_order(
    order: Callable[[Any, Any], bool], left: dt.datetime | dt.time, right: dt.datetime | dt.time
) -> bool | None:
    """Compare two times or two dates and times; null if only one of them has a zone."""
    if _zone_kind(left) != _zone_kind(right):
        return None
    return order(_plain(left), _plain(right))


def _zone_kind(value: dt.datetime | dt.time) -> str:
    if value.tzinfo is None:
        return "local"
    # A named zone has no offset without a day, so such times compare only among themselves.
    if isinstance(value, dt.time) and isinstance(value.tzinfo, zoneinfo.ZoneInfo):
        return value.tzinfo.key
    return "aware"


def _plain(value: dt.datetime | dt.time) -> Any:
    if isinstance(value, dt.datetime) or value.utcoffset() is None:
        return value
    clock = dt.datetime.combine(_ANY_DAY, value.replace(tzinfo=None))
    return clock - (value.utcoffset() or dt.timedelta())


def add_months(day: dt.date, months: int) -> dt.date | None:
    """Return a date so many months on; the day is the month's last if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    last = months_of_years.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def add(left: Value, right: Value) -> Value:
    """Return `left + right` where one of them is a duration."""
    if isinstance(right, dt.timedelta | Months):
        if isinstance(left, Months) and isinstance(right, Months):
            return months_of(Decimal(left.months + right.months))
        if isinstance(left, dt.timedelta) and isinstance(right, dt.timedelta):
            return safe(lambda: left + right)
        return shift(left, right)
    return shift(right, left) if isinstance(left, dt.timedelta | Months) else None


def shift(point: Value, length: dt.timedelta | Months) -> Value:
    """Return a date or time moved by a duration."""
    if isinstance(length, Months):
        return add_months(point, length.months) if isinstance(point, dt.date) else None
    if isinstance(point, dt.datetime):
        return _move(point, length)
    if isinstance(point, dt.date):
        midnight = dt.datetime.combine(point, dt.time())
        return _day(_move(midnight, length))
    if isinstance(point, dt.time):
        clock = dt.datetime.combine(_ANY_DAY, point.replace(tzinfo=None))
        rest = length % dt.timedelta(days=1)
        return (clock + rest).time().replace(tzinfo=point.tzinfo)
    return None


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _move(point: dt.datetime, length: dt.timedelta) -> dt.datetime | None:
    # Through UTC: with a named zone Python would move the wall clock instead of the instant.
    zone = point.tzinfo if isinstance(point.tzinfo, zoneinfo.ZoneInfo) else None
    try:
        return (point.astimezone(dt.UTC) + length).astimezone(zone) if zone else point + length
    except (ValueError, OverflowError):
        return None


def subtract(left: Value, right: Value) -> Value:
    """Return `left - right`: a moved point, or the duration between two."""
    if isinstance(right, dt.timedelta):
        return safe(lambda: add(left, -right))
    if isinstance(right, Months):
        return add(left, Months(-right.months))
    if isinstance(left, dt.date) and isinstance(right, dt.date):
        return _between(midnight_of(left, right), midnight_of(right, left))
    if isinstance(left, dt.time) and isinstance(right, dt.time):
        if _zone_kind(left) != _zone_kind(right):
            return None
        return _clock(left) - _clock(right)
    return None


def midnight_of(day: dt.date, other: dt.date) -> dt.datetime:
    """Return a date as its midnight; beside a date and time it counts in UTC, as DMN says."""
    if isinstance(day, dt.datetime):
        return day
    zone = dt.UTC if isinstance(other, dt.datetime) else None
    return dt.datetime.combine(day, dt.time(tzinfo=zone))


def _between(left: dt.datetime, right: dt.datetime) -> dt.timedelta | None:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    if left.tzinfo is not None and right.tzinfo is not None:
        left, right = left.astimezone(dt.UTC), right.astimezone(dt.UTC)
    return left - right


def _clock(value: dt.time) -> dt.datetime:
    plain = _plain(value)
    return (
        plain
        if isinstance(plain, dt.datetime)
        else dt.datetime.combine(_ANY_DAY, value.replace(tzinfo=None))
    )


def multiply(left: Value, right: Value) -> Value:
    """Return a duration so many times as long."""
    if isinstance(right, dt.timedelta | Months):
        left, right = right, left
    if not isinstance(right, Decimal):
        return None
    if isinstance(left, Months):
        return safe(lambda: months_of(DECIMAL.multiply(Decimal(left.months), right)))
    if isinstance(left, dt.timedelta):
        return safe(lambda: from_seconds(DECIMAL.multiply(seconds_of(left), right)))
    return None


def divide(left: Value, right: Value) -> Value:
    """Return a part of a duration, or how often one goes into the other."""
    if isinstance(left, dt.timedelta) and isinstance(right, dt.timedelta):
        return safe(lambda: DECIMAL.divide(seconds_of(left), seconds_of(right)))
    if isinstance(left, Months) and isinstance(right, Months):
        return safe(lambda: DECIMAL.divide(Decimal(left.months), Decimal(right.months)))
    if not isinstance(right, Decimal):
        return None
    if isinstance(left, Months):
        return safe(lambda: months_of(DECIMAL.divide(Decimal(left.months), right)))
    if isinstance(left, dt.timedelta):
        return safe(lambda: from_seconds(DECIMAL.divide(seconds_of(left), right)))
    return None


def months_of(count: Decimal) -> Months | None:
    """Return a duration of so many whole months, or None if it is absurdly long."""
    return Months(int(count)) if count.adjusted() <= _DIGITS else None


def seconds_of(length: dt.timedelta) -> Decimal:
    """Return the length in seconds, exactly."""
    whole = Decimal(length.days * 86_400 + length.seconds)
    return DECIMAL.add(whole, Decimal(length.microseconds).scaleb(-6))


def from_seconds(seconds: Decimal) -> dt.timedelta:
    """Return a duration of so many seconds, rounded to microseconds."""
    # Checked first: int() of a number with thousands of digits would be slow.
    if seconds.adjusted() > _DIGITS:
        raise OverflowError
    return dt.timedelta(microseconds=int(DECIMAL.to_integral_value(seconds.scaleb(6))))
