"""Dates, times and durations: read from text, written as text, computed with."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from functools import cache, lru_cache
from typing import Final

from engine.expressions.types import Months

_DATE: Final = r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)"
_CLOCK: Final = r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?"
_ZONE: Final = r"(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z][A-Za-z0-9_+\-/]{0,60})?"
_DATE_TEXT: Final = re.compile(_DATE, re.ASCII)
_TIME_TEXT: Final = re.compile(_CLOCK + _ZONE, re.ASCII)
_BOTH_TEXT: Final = re.compile(f"{_DATE}T{_CLOCK}{_ZONE}", re.ASCII)
_DAYS_TEXT: Final = re.compile(
    r"(-)?P(?=\d|T\d)(?:(\d{1,12})D)?"
    r"(?:T(?=\d)(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d{0,9})\d*)?S)?)?",
    re.ASCII,
)
_MONTHS_TEXT: Final = re.compile(r"(-)?P(?=\d)(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)

Temporal = dt.date | dt.time | dt.timedelta | Months

_FARTHEST: Final = dt.timedelta(hours=14)
_SIXTY: Final = 60


def parse_date(text: str) -> dt.date | None:
    """Read `2026-01-31`."""
    found = _DATE_TEXT.fullmatch(text)
    return make_date(*map(int, found.groups())) if found else None


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """Return a date, or None if there is no such day."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def parse_time(text: str) -> dt.time | None:
    """Read `09:30:00`, with zone `Z`, `+08:00` or `@Asia/Shanghai` if given."""
    found = _TIME_TEXT.fullmatch(text)
    return _time(*found.groups()) if found else None


def parse_datetime(text: str) -> dt.datetime | None:
    """Read `2026-01-31T09:30:00` with or without zone; a mere date means midnight."""
    found = _BOTH_TEXT.fullmatch(text)
    if not found:
        day = parse_date(text)
        return dt.datetime.combine(day, dt.time()) if day else None
    day = make_date(*map(int, found.groups()[:3]))
    hour, *rest = found.groups()[3:]
    if hour == "24" and rest[:2] == ["00", "00"] and not int(rest[2] or 0):
        day, hour = _following(day), "00"
    clock = _time(hour, *rest)
    return dt.datetime.combine(day, clock) if day and clock is not None else None


def _following(day: dt.date | None) -> dt.date | None:
    # ISO 8601 lets a day end at 24:00:00, which is midnight of the next.
    return day + dt.timedelta(days=1) if day and day < dt.date.max else None


def parse_duration(text: str) -> dt.timedelta | Months | None:
    """Read `P3D`, `PT4H30M` or `P1Y2M`."""
    months = _MONTHS_TEXT.fullmatch(text)
    if months:
        sign, years, rest = months.groups()
        count = int(years or 0) * 12 + int(rest or 0)
        return Months(-count if sign else count)
    found = _DAYS_TEXT.fullmatch(text)
    if not found:
        return None
    sign, days, hours, minutes, seconds, fraction = found.groups()
    try:
        length = dt.timedelta(
            days=int(days or 0),
            hours=int(hours or 0),
            minutes=int(minutes or 0),
            seconds=int(seconds or 0),
            microseconds=int((fraction or "0").ljust(6, "0")[:6]),
        )
    except OverflowError:
        return None
    return -length if sign else length


def parse_any(text: str) -> Temporal | None:
    """Read what stands in an `@"…"` literal."""
    for read in (parse_duration, parse_date, parse_time, parse_datetime):
        value: Temporal | None = read(text)
        if value is not None:
            return value
    return None


def _time(
    hour: str, minute: str, second: str, fraction: str | None, zone: str | None
) -> dt.time | None:
    micro = int((fraction or "0").ljust(6, "0")[:6])
    known = parse_zone(zone) if zone else None
    if zone and known is None:
        return None
    try:
        return dt.time(int(hour), int(minute), int(second), micro, known)
    except ValueError:
        return None


@lru_cache(maxsize=256)
def parse_zone(text: str) -> dt.tzinfo | None:
    """Read `Z`, `+08:00` or `@Asia/Shanghai`."""
    if text == "Z":
        return dt.UTC
    if text.startswith("@"):
        return zoneinfo.ZoneInfo(text[1:]) if text[1:] in _zones() else None
    hours, minutes, seconds = (*map(int, text[1:].split(":")), 0)[:3]
    offset = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if offset > _FARTHEST or max(minutes, seconds) >= _SIXTY:
        return None
    return dt.timezone(-offset if text[0] == "-" else offset)


@cache
def _zones() -> frozenset[str]:
    """Return the names of all zones: asked for any other, Python would look through its modules."""
    return frozenset(zoneinfo.available_timezones())


def to_text(value: Temporal) -> str:
    """Write a value so that it can be read again; FEEL's `string()` and JSON use it."""
    if isinstance(value, Months):
        return _months_text(value.months)
    if isinstance(value, dt.timedelta):
        return _days_text(value)
    if isinstance(value, dt.datetime):
        return f"{_date_text(value)}T{_clock_text(value)}"
    if isinstance(value, dt.time):
        return _clock_text(value)
    return _date_text(value)


def _date_text(value: dt.date) -> str:
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"


def _clock_text(value: dt.time | dt.datetime) -> str:
    text = f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}"
    if value.microsecond:
        text += f".{value.microsecond:06d}".rstrip("0")
    zone = value.tzinfo
    if zone is None:
        return text
    if isinstance(zone, zoneinfo.ZoneInfo):
        return f"{text}@{zone.key}"
    offset = value.utcoffset() or dt.timedelta()
    return f"{text}{_offset_text(offset)}"


def _offset_text(offset: dt.timedelta) -> str:
    total = int(offset.total_seconds())
    if total == 0:
        return "Z"
    minutes, seconds = divmod(abs(total), 60)
    text = f"{'-' if total < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


def _months_text(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return f"{'-' if months < 0 else ''}P{text or '0M'}"


def _days_text(value: dt.timedelta) -> str:
    length = abs(value)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{length.microseconds:06d}".rstrip("0") if length.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    text = (f"{length.days}D" if length.days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if value < dt.timedelta() else ''}P{text or 'T0S'}"
