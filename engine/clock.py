"""The only module that asks the machine for the time.

Every instant in Bihuan is an aware UTC datetime; Beijing dates are made at the edge with
`beijing_date`. Commands read `now()`, so a test, a simulation or the demonstration may
install a virtual clock and let months pass in seconds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Protocol

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has one zone and no daylight saving time; the rule set names it."""


class Clock(Protocol):
    """Something that tells the time as an aware UTC datetime."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return datetime.now(UTC)  # noqa: TID251 the one place that may


class VirtualClock:
    """A clock that moves only when told to, and never backwards."""

    def __init__(self, start: datetime) -> None:
        """Start at an aware instant."""
        self._now = _aware(start)

    def now(self) -> datetime:
        """Return the virtual instant in UTC."""
        return self._now

    def set(self, instant: datetime) -> None:
        """Move forward to an aware instant; moving back raises ValueError."""
        moved = _aware(instant)
        if moved < self._now:
            message = f"Expected a clock to move forward from {self._now}, but {moved} is earlier"
            raise ValueError(message)
        self._now = moved

    def advance(self, step: timedelta) -> None:
        """Move forward by a duration."""
        self.set(self._now + step)


class _Installed:
    clock: Clock = SystemClock()


_override: ContextVar[Clock | None] = ContextVar("bihuan_clock", default=None)


def now() -> datetime:
    """Return the present instant of the clock in force, in UTC."""
    return (_override.get() or _Installed.clock).now()


def current() -> Clock:
    """Return the clock in force."""
    return _override.get() or _Installed.clock


def install(clock: Clock) -> Clock:
    """Make a clock the one of the whole process (server with a virtual clock, tests).

    Returns:
        The clock before, for whoever puts it back.
    """
    before, _Installed.clock = _Installed.clock, clock
    return before


@contextlib.contextmanager
def use(clock: Clock) -> Iterator[Clock]:
    """Use a clock within a block, in this thread or task only."""
    token = _override.set(clock)
    try:
        yield clock
    finally:
        _override.reset(token)


def beijing(instant: datetime) -> datetime:
    """Return an aware instant in Beijing time."""
    return _aware(instant).astimezone(BEIJING)


def beijing_date(instant: datetime) -> date:
    """Return the Beijing calendar date of an aware instant."""
    return beijing(instant).date()


def day_of_event(instant: datetime) -> date:
    """Return the Beijing day that an event belongs to: 24:00 is the end of the day before.

    What a midnight timer brings about is carried out within the minute after it.
    """
    return beijing_date(instant - timedelta(minutes=1))


def end_of_day(day: date) -> datetime:
    """Return 24:00 of a Beijing day, that is 00:00 of the next, as UTC (exclusive end)."""
    return datetime.combine(day + timedelta(days=1), time(), BEIJING).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """Return 00:00 of a Beijing day as UTC."""
    return datetime.combine(day, time(), BEIJING).astimezone(UTC)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        message = f"Expected an instant with a time zone, but {instant.isoformat()} has none"
        raise ValueError(message)
    return instant.astimezone(UTC)
