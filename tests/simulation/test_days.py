"""The days of a simulation are those of the product's calendar, and go on behind its last year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from workflows.domain import working_days
from workflows.domain.working_days import WorkingCalendar
from workflows.simulation.dates import Days

FIRST = date(2026, 1, 1)


def test_they_count_as_the_calendar_does() -> None:
    days, calendar = Days(FIRST), WorkingCalendar.of(working_days.seeded_days())
    for number in range(330):
        day = FIRST + timedelta(days=number)
        assert days.works(number) is calendar.is_workday(day)
        assert days.day(days.rolled(number)) == calendar.roll_forward(day)
        assert days.day(days.workday_after(number, 5)) == calendar.add_workdays(day, 5)


@pytest.mark.parametrize(("count", "day"), [(0, date(2031, 1, 1)), (3, date(2031, 1, 6))])
def test_behind_the_calendar_weekends_are_free(count: int, day: date) -> None:
    days = Days(date(2031, 1, 1))
    assert days.day(days.workday_after(0, count)) == day
