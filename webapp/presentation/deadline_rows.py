"""Deadlines as a page shows them: date, remaining time, and why it is this date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from webapp.i18n.catalogue import pick, text
from webapp.presentation import labels
from webapp.presentation.remaining import Remaining, day_words, instant_words, remaining
from workflows.domain.deadline import Change, Deadline


@dataclass(frozen=True)
class DeadlineRow:
    """One deadline in words."""

    label: str
    due: str
    iso: str
    state: str
    running: bool
    left: Remaining
    rule: str
    article: str
    steps: Sequence[str]
    changes: Sequence[str]


def deadline_rows(deadlines: Sequence[Deadline], now: datetime, language: str) -> list[DeadlineRow]:
    """Return deadlines in words: those that run first, the nearest on top."""
    ordered = sorted(deadlines, key=lambda one: (not one.running, one.due_at))
    return [_row(one, now, language) for one in ordered]


def _row(one: Deadline, now: datetime, language: str) -> DeadlineRow:
    return DeadlineRow(
        label=labels.label(labels.DEADLINES, one.kind, language),
        due=day_words(one.due_date, language),
        iso=one.due_date.isoformat(),
        state=labels.label(labels.DEADLINE_STATES, one.state, language),
        running=one.state == "live",
        left=remaining(one.due_at, now, language),
        rule=f"{one.rule_set} · {one.rule}",
        article=one.article,
        steps=[pick(language, step.zh, step.en) for step in one.explained],
        changes=[_change(change, language) for change in one.changes if change.before],
    )


def _change(change: Change, language: str) -> str:
    return text(
        "deadline.change",
        language,
        at=instant_words(change.at, language),
        cause=labels.label(labels.CAUSES, change.cause, language),
        old=_day(change.before, language),
        new=_day(change.after, language),
    )


def _day(day: date | None, language: str) -> str:
    return day_words(day, language) if day else text("word.none", language)
