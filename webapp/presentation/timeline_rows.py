"""The history of a case as people read it: who did what when, in what words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from engine.ports import SYSTEM
from webapp.i18n.catalogue import text
from webapp.presentation import labels
from webapp.presentation.act_words import Known, Written, act_words
from webapp.presentation.facts import Fact
from webapp.presentation.naming import person_name, spoken
from webapp.presentation.record_words import FOR_ALL, record_lines
from webapp.presentation.remaining import instant_words
from workflows.domain.town_words import for_town

WORDS: tuple[tuple[str, str], ...] = (
    ("opinion", "timeline.opinion"),
    ("reason", "timeline.reason"),
    ("criterion", "case.criterion"),
    ("requirements", "timeline.requirements"),
    ("measures", "timeline.measures"),
    ("done", "timeline.done"),
    ("progress", "timeline.progress"),
    ("text", "timeline.text"),
    ("comment", "form.comment"),
    ("note", "form.comment"),
)
"""Which submitted values are worth reading in the timeline, and under which heading."""

CODED = frozenset(
    {("interview.late", "reason"), ("listing.ended", "reason"), ("plan.lapsed", "reason")}
)
"""Values that are names of the product, told in words elsewhere."""

GOOD = frozenset(
    {
        "case.struck_off",
        "recheck.pass",
        "listing.remove",
        "extension.effective",
        "extension.filed",
        "interview.held",
    }
)
BAD = frozenset(
    {"deadline.expired", "recheck.fail", "extension.refused", "interview.late", "interview.no_show"}
)
BAD_OUTCOMES = frozenset({"fail", "refuse", "return"})


class Recorded(Written, Protocol):
    """A history row, whichever query read it."""

    @property
    def at(self) -> datetime:
        """When it was recorded."""
        ...

    @property
    def actor(self) -> str:
        """Who acted, by id."""
        ...

    @property
    def actor_name(self) -> str:
        """Who acted, by name at that time."""
        ...

    @property
    def acting_for(self) -> str | None:
        """For whom."""
        ...

    @property
    def outcome(self) -> str | None:
        """What was decided."""
        ...


Hears = Callable[[Recorded], bool]


@dataclass(frozen=True)
class TimelineRow:
    """One act in words."""

    act: str
    outcome: str
    at: str
    iso: str
    who: str
    who_lang: str
    person: bool
    tone: str
    lines: Sequence[Fact]


def timeline_rows(
    rows: Iterable[Recorded],
    language: str,
    *,
    known: Known | None = None,
    hears: Hears | None = None,
) -> list[TimelineRow]:
    """Return history in words, the latest first; of rows that are not heard, only the act."""
    known = known or Known()
    shown = [(row, hears is None or hears(row)) for row in rows]
    return [_row(row, known, language, words=words) for row, words in reversed(shown)]


def _row(row: Recorded, known: Known, language: str, *, words: bool) -> TimelineRow:
    said = act_words(row, known, language)
    who = _who(row, known, language)
    told = words or row.act in FOR_ALL
    recorded = record_lines(row.act, row.data, language) if told else []
    if known.town:
        recorded = [_of_town(line) for line in recorded]
    outcome = labels.label(labels.OUTCOMES, row.outcome, language)
    return TimelineRow(
        act=for_town(said.act) if known.town else said.act,
        outcome=for_town(outcome) if known.town else outcome,
        at=instant_words(row.at, language),
        iso=row.at.isoformat(),
        who=who,
        who_lang=spoken(who),
        person=row.actor != SYSTEM.id,
        tone=_tone(row),
        lines=[*recorded, *said.lines, *_lines(row, language)] if words else recorded,
    )


def _of_town(line: Fact) -> Fact:
    return replace(line, label=for_town(line.label), value=for_town(line.value))


def _who(row: Recorded, known: Known, language: str) -> str:
    if row.actor == SYSTEM.id:
        return text("timeline.system", language)
    name = person_name(row.actor_name, known.persons.get(row.actor), language)
    if row.acting_for:
        return text("timeline.acting_for", language, name=name, other=row.acting_for)
    return name


def _tone(row: Recorded) -> str:
    if row.act in BAD or row.outcome in BAD_OUTCOMES:
        return "bad"
    return "good" if row.act in GOOD or row.outcome == "pass" else ""


def _lines(row: Recorded, language: str) -> Iterator[Fact]:
    seen = set()
    for name, key in WORDS:
        value = None if (row.act, name) in CODED else row.data.get(name)
        if isinstance(value, str) and value.strip() and value not in seen:
            seen.add(value)
            yield Fact(text(key, language), value, written=True)
