"""Deadlines as a page shows them: date, remaining time, and why it is this date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from engine.clock import end_of_day
from webapp.i18n.catalogue import pick, text
from webapp.presentation import labels
from webapp.presentation.articles import article, in_english
from webapp.presentation.case_facts import Bodies, body_name
from webapp.presentation.remaining import (
    Remaining,
    day_words,
    end_words,
    instant_words,
    remaining,
)
from workflows.domain.deadline import Change, Deadline
from workflows.domain.rule_set import RuleSet
from workflows.domain.signature_dates import given_way

Rules = Mapping[tuple[str, int], RuleSet]


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
    steps: Sequence[str]
    changes: Sequence[str]


def deadline_rows(
    deadlines: Sequence[Deadline],
    rules: Rules,
    bodies: Bodies,
    now: datetime,
    language: str,
) -> list[DeadlineRow]:
    """Return deadlines in words: those that run first, the nearest on top.

    A limit in whose place an interview set a day is told in the explanation of that day.
    """
    former = given_way(deadlines)
    shown = [one for one in deadlines if one.number not in former]
    before = {former[one.number].number: one for one in deadlines if one.number in former}
    ordered = sorted(shown, key=lambda one: (not one.running, one.due_at))
    rows = [_row(one, before.get(one.number), rules, now, language) for one in ordered]
    owed_by = [body_name(bodies, one.body, language) for one in ordered]
    return [
        replace(row, label=of_body(row.label, body, language))
        for row, body in zip(rows, owed_by, strict=True)
    ]


def of_body(label: str, body: str, language: str) -> str:
    """Name who owes a date that several bodies owe beside one another."""
    return text("deadline.of_body", language, label=label, body=body) if body else label


def _row(
    one: Deadline, before: Deadline | None, rules: Rules, now: datetime, language: str
) -> DeadlineRow:
    return DeadlineRow(
        label=labels.label(labels.DEADLINES, one.kind, language),
        due=end_words(one.due_at, language),
        iso=one.due_at.isoformat(),
        state=labels.label(labels.DEADLINE_STATES, one.state, language),
        running=one.state == "live",
        left=remaining(one.due_at, now, language),
        rule=_rule(one, rules, language),
        steps=[
            *(pick(language, step.zh, in_english(step.en)) for step in one.explained),
            *([_before(before, language)] if before else []),
        ],
        changes=[
            *(_change(change, language) for change in one.changes if change.before),
            *_relieved(one, language),
        ],
    )


def _before(limit: Deadline, language: str) -> str:
    return text("deadline.sign_before", language, end=end_words(limit.due_at, language))


def _rule(one: Deadline, rules: Rules, language: str) -> str:
    """Say which rule set the date, in words and with its article; a case keeps its version."""
    found = rules[(one.rule_set, one.rule_version)]
    return rule_words(found, one.rule, language)


def rule_words(rules: RuleSet, key: str, language: str) -> str:
    """Return a rule as the ground of a date: its document, article and sentence."""
    value = rules[key]
    return text(
        "deadline.rule",
        language,
        title=pick(language, rules.title_zh, rules.title),
        article=pick(language, value.article, article(value.article)),
        sentence=pick(language, value.zh, value.en),
    )


def _change(change: Change, language: str) -> str:
    return text(
        "deadline.change",
        language,
        at=instant_words(change.at, language),
        cause=_cause(change, language),
        old=_day(change.before, language),
        new=_day(change.after, language),
    )


def _cause(change: Change, language: str) -> str:
    """Name why a date moved; a void change that names a day is an extension undone."""
    if change.cause == "voided" and change.after is not None:
        return text("deadline.undone", language)
    return labels.label(labels.CAUSES, change.cause, language)


def _relieved(one: Deadline, language: str) -> Iterator[str]:
    """Say which expiry an extension took back: it stays on record that the day had passed."""
    for expired, after in pairwise(one.events):
        day = _standing(one, expired.at)
        if (expired.state, after.state) == ("expired", "live") and day:
            yield text(
                "deadline.relieved",
                language,
                end=end_words(end_of_day(day), language),
                at=instant_words(after.at, language),
            )


def _standing(one: Deadline, at: datetime) -> date | None:
    """Return the day that a date had at an instant, before what moved it later."""
    later = [change for change in one.changes if change.at > at]
    return later[0].before if later else one.due_date


def _day(day: date | None, language: str) -> str:
    return day_words(day, language) if day else text("word.none", language)
