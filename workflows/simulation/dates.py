"""Days on the virtual clock: moment 0 is a midnight in Beijing, a day is 86,400 seconds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from engine import clock
from engine.simulation.calendars import DAY
from workflows.domain import working_days
from workflows.domain.working_days import WorkingCalendar, in_the_week


class Days:
    """The days of a simulation that begins on one of them."""

    def __init__(self, first: date) -> None:
        """Count from a first day."""
        self.first = first
        self._calendar = _calendar()
        self._works: dict[int, bool] = {}
        self._after: dict[tuple[int, int], int] = {}

    @property
    def began(self) -> datetime:
        """The instant of moment 0."""
        return datetime.combine(self.first, time(), clock.BEIJING)

    def day(self, number: int) -> date:
        """Return a day by its number."""
        return self.first + timedelta(days=number)

    def works(self, number: int) -> bool:
        """Return whether authorities work on a day."""
        found = self._works.get(number)
        if found is None:
            found = self._works[number] = self._calendar.is_workday(self.day(number))
        return found

    def workday_after(self, number: int, count: int) -> int:
        """Return the count-th working day after a day."""
        found = self._after.get((number, count))
        if found is None:
            found = self._number(self._calendar.add_workdays(self.day(number), count))
            self._after[number, count] = found
        return found

    def rolled(self, number: int) -> int:
        """Return the day, or the next working day where it is none."""
        return self._number(self._calendar.roll_forward(self.day(number)))

    def _number(self, day: date) -> int:
        return (day - self.first).days


def day_of(moment: int) -> int:
    """Return the number of the day that a moment lies in."""
    return moment // DAY


def end_of(day: int) -> int:
    """Return the moment at which a day has ended."""
    return (day + 1) * DAY


class _Endless(WorkingCalendar):
    """The calendar, behind whose last year weekends alone are free."""

    def is_workday(self, day: date) -> bool:
        """Return whether authorities work on a day, whatever its year."""
        return super().is_workday(day) if self.covers(day) else in_the_week(day)


@cache
def _calendar() -> WorkingCalendar:
    return _Endless.of(working_days.seeded_days())
