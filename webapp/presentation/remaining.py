"""Remaining time in words, with a tone that a page turns into colour and a sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from engine.clock import beijing, beijing_date
from webapp.i18n.catalogue import text

Tone = Literal["overdue", "urgent", "soon", "calm", "none"]

URGENT = timedelta(days=1)
SOON = timedelta(days=3)

SIGNS: dict[Tone, str] = {
    "overdue": "alert",
    "urgent": "flame",
    "soon": "clock",
    "calm": "calendar",
    "none": "minus",
}
"""A sign for every tone, so that nobody needs to see the colour."""


@dataclass(frozen=True)
class Remaining:
    """How long something still has."""

    words: str
    tone: Tone
    due: str

    @property
    def sign(self) -> str:
        """The icon that stands beside the words."""
        return SIGNS[self.tone]


def remaining(due_at: datetime | None, now: datetime, language: str) -> Remaining:
    """Say how long there is until an instant, rounded down to the largest full unit."""
    if due_at is None:
        return Remaining(text("remaining.none", language), "none", "")
    left = due_at - now
    key, values = _measure(abs(left))
    kind = "overdue_" if left <= timedelta(0) else ""
    words = text(f"remaining.{kind}{key}", language, **values)
    return Remaining(words, _tone(left), due_words(due_at, language))


def due_words(due_at: datetime, language: str) -> str:
    """Return the last day of a limit that ends at midnight, else the minute it ends."""
    local = beijing(due_at)
    if local.hour == local.minute == local.second == 0:
        return day_words((local - timedelta(days=1)).date(), language)
    return f"{day_words(local.date(), language)} {local:%H:%M}"


def end_words(due_at: datetime, language: str) -> str:
    """Return the instant at which a clock ends; midnight is 24:00 of the day that ends."""
    local = beijing(due_at)
    if local.hour == local.minute == local.second == 0:
        return f"{day_words((local - timedelta(days=1)).date(), language)} 24:00"
    return f"{day_words(local.date(), language)} {local:%H:%M}"


def last_day(due_at: datetime) -> date:
    """Return the last Beijing day that an exclusive end still contains."""
    return beijing_date(due_at - timedelta(microseconds=1))


def day_words(day: date, language: str) -> str:
    """Return a date as people write it."""
    return f"{day:%-d %b %Y}" if language == "en" else f"{day.year}年{day.month}月{day.day}日"


def instant_words(instant: datetime | None, language: str) -> str:
    """Return a Beijing date with hour and minute; nothing for None."""
    if instant is None:
        return ""
    local = beijing(instant)
    return f"{day_words(local.date(), language)} {local:%H:%M}"


def _measure(span: timedelta) -> tuple[str, dict[str, int]]:
    if span >= timedelta(days=1):
        return "days", {"days": span.days}
    if span >= timedelta(hours=1):
        return "hours", {"hours": span.seconds // 3600}
    return "minutes", {"minutes": max(1, span.seconds // 60)}


def _tone(left: timedelta) -> Tone:
    if left <= timedelta(0):
        return "overdue"
    if left <= URGENT:
        return "urgent"
    return "soon" if left <= SOON else "calm"
