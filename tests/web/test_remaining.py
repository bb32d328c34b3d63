"""Remaining time in words, with a tone and a sign for whoever sees no colour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine import clock
from webapp.presentation.remaining import SIGNS, due_words, end_words, remaining

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "zh", "en", "tone"),
    [
        (timedelta(days=15), "还剩 15 天", "15 days left", "calm"),
        (timedelta(days=3, seconds=1), "还剩 3 天", "3 days left", "calm"),
        (timedelta(days=3), "还剩 3 天", "3 days left", "soon"),
        (timedelta(days=1), "还剩 1 天", "1 day left", "urgent"),
        (timedelta(hours=5, minutes=59), "还剩 5 小时", "5 hours left", "urgent"),
        (timedelta(seconds=1), "还剩 1 分钟", "1 minute left", "urgent"),
        (timedelta(0), "已超 1 分钟", "1 minute overdue", "overdue"),
        (timedelta(hours=-25), "已超 1 天", "1 day overdue", "overdue"),
    ],
)
def test_the_words_of_a_span(left: timedelta, zh: str, en: str, tone: str) -> None:
    found = remaining(NOW + left, NOW, "zh")
    assert (found.words, found.tone) == (zh, tone)
    assert remaining(NOW + left, NOW, "en").words == en


def test_no_date_has_words_too() -> None:
    assert remaining(None, NOW, "en").words == "No date"
    assert remaining(None, NOW, "zh").tone == "none"


def test_every_tone_has_a_sign_of_its_own() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_the_end_of_a_day_is_told_as_that_day() -> None:
    assert due_words(clock.end_of_day(date(2026, 3, 17)), "zh") == "2026年3月17日"
    assert due_words(clock.end_of_day(date(2026, 3, 17)), "en") == "17 Mar 2026"


def test_a_clock_ends_at_an_instant() -> None:
    assert end_words(clock.end_of_day(date(2026, 3, 17)), "zh") == "2026年3月17日 24:00"
    assert end_words(clock.end_of_day(date(2026, 3, 17)), "en") == "17 Mar 2026 24:00"
    assert end_words(datetime(2026, 3, 17, 2, 30, tzinfo=UTC), "en") == "17 Mar 2026 10:30"


def test_an_hour_within_a_day_is_told_to_the_minute() -> None:
    assert due_words(datetime(2026, 3, 17, 2, 30, tzinfo=UTC), "zh") == "2026年3月17日 10:30"
