"""The calendar of working days: exchanged days, provisional years, refusals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Invalid
from workflows.domain.working_days import WorkingCalendar, seeded_days

CALENDAR = WorkingCalendar.of(seeded_days())
DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 2), True),
        (date(2026, 3, 7), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 9, 20), True),
        (date(2026, 2, 28), True),
        (date(2025, 1, 26), True),
    ],
)
def test_days_of_published_years(day: date, works: bool) -> None:
    assert CALENDAR.is_workday(day) is works


def test_rolls_over_the_national_day_rest() -> None:
    assert CALENDAR.roll_forward(date(2026, 10, 3)) == date(2026, 10, 8)
    assert CALENDAR.roll_back(date(2026, 10, 3)) == date(2026, 9, 30)


def test_working_days_skip_rest_days_and_count_exchanged_ones() -> None:
    assert CALENDAR.add_workdays(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CALENDAR.add_workdays(date(2026, 10, 9), 1) == date(2026, 10, 10)


def test_the_year_after_the_last_published_is_provisional() -> None:
    assert CALENDAR.published == {2024, 2025, 2026}
    assert CALENDAR.is_provisional(date(2027, 2, 8))
    assert not CALENDAR.is_workday(date(2027, 2, 8))
    assert "暂定" in CALENDAR.explain(date(2027, 2, 8)).zh


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2028, 1, 3)])
def test_days_outside_the_calendar_are_refused(day: date) -> None:
    with pytest.raises(Invalid, match="within the working-day calendar") as refused:
        CALENDAR.is_workday(day)
    assert "工作日历" in refused.value.message_zh


def test_the_alarm_rings_from_december_until_next_year_is_published() -> None:
    assert not CALENDAR.lacks_next_year(date(2026, 11, 30), 12)
    assert CALENDAR.lacks_next_year(date(2026, 12, 1), 12)
    assert not CALENDAR.lacks_next_year(date(2025, 12, 1), 12)


@given(DAYS)
def test_rolling_is_idempotent_and_never_goes_back(day: date) -> None:
    rolled = CALENDAR.roll_forward(day)
    assert rolled >= day
    assert CALENDAR.roll_forward(rolled) == rolled


@given(DAYS, st.integers(1, 20))
def test_adding_and_counting_working_days_agree(day: date, count: int) -> None:
    later = CALENDAR.add_workdays(day, count)
    assert CALENDAR.workdays_between(day, later) == count
    assert later >= day + timedelta(days=count)
