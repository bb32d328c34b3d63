"""Names and times as the panels of a case say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from webapp.cases.sources import CaseSources
from webapp.i18n.catalogue import pick, text
from webapp.presentation.case_facts import body_name
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import day_words, instant_words
from workflows.domain.deadline import Deadline
from workflows.domain.town_words import for_town


@dataclass(frozen=True)
class Link:
    """A file of the case."""

    words: str
    address: str


class PanelWords:
    """What is known of a case, at a moment, in a language."""

    def __init__(self, sources: CaseSources, now: datetime, language: str) -> None:
        """Take what is known."""
        self.sources = sources
        self.now = now
        self.language = language
        self.document = sources.record.document
        self.deadlines = [Deadline.from_json(one) for one in self.document["deadlines"]]

    def say(self, key: str, **values: object) -> str:
        """Return a text of the catalogue, as it is true of the case."""
        said = text(key, self.language, **values)
        return for_town(said) if self.sources.in_town else said

    def pick(self, words: tuple[str, str]) -> str:
        """Return the words of the reader's language."""
        return pick(self.language, *words)

    def body(self, part: str) -> str:
        """Return the name of a body by its part in the case."""
        return body_name(self.sources.bodies, self.document["bodies"].get(part), self.language)

    def signatory(self, part: str) -> str:
        """Return who owes a signature by its part."""
        return self.say("panel.leader") if part == "leader_incharge" else self.body(part)

    def person(self, by: object, acting_for: object = None) -> str:
        """Return who acted, and for whom."""
        name = self._name(by)
        if not acting_for:
            return name
        return self.say("timeline.acting_for", name=name, other=self._name(acting_for))

    def at(self, instant: str | None) -> str:
        """Return the minute of an instant of the document."""
        return instant_words(datetime.fromisoformat(instant), self.language) if instant else ""

    def day(self, day: str | None) -> str:
        """Return a date of the document."""
        return day_words(date.fromisoformat(day), self.language) if day else ""

    def row(self, number: object) -> Deadline | None:
        """Return a deadline by its number."""
        return next((one for one in self.deadlines if one.number == number), None)

    def facts(self, values: Mapping[str, str], whole: Iterable[str] = ()) -> list[Fact]:
        """Return what has a value, under its heading; long ones take the whole width."""
        own = set(whole)
        return [
            Fact(text(key, self.language), value, whole=key in own, written=True)
            for key, value in values.items()
            if value
        ]

    def links(self, files: Sequence[Any] | None) -> list[Link]:
        """Return the files of an entry, numbered."""
        return [
            Link(
                self.say("panel.file", number=number),
                url_for("evidence.screen_copy", evidence_id=one),
            )
            for number, one in enumerate(files or (), 1)
        ]

    def _name(self, person: object) -> str:
        found = self.sources.persons.get(str(person or ""))
        if found is None:
            return str(person or "")
        return pick(self.language, found.name_zh, found.name)
