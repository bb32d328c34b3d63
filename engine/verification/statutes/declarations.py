"""What a rule asks of diagrams, as it is declared: statutes with their parts, and what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.verification.statutes.events import Event
from engine.verification.statutes.facts import Fact

PATTERNS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "precedence": (frozenset({"event", "needs"}), frozenset({"since"})),
    "absence": (frozenset({"event"}), frozenset({"after", "until"})),
    "response": (frozenset({"after", "event"}), frozenset({"through", "unless"})),
    "once": (frozenset({"event"}), frozenset({"unless"})),
    "unattended": (frozenset({"event"}), frozenset({"attended", "by"})),
    "possible": (frozenset({"event", "during"}), frozenset()),
    "drawn": (frozenset({"event"}), frozenset()),
    "separation": (frozenset({"acts", "apart"}), frozenset()),
    "entrusted": (frozenset({"who"}), frozenset()),
    "confined": (frozenset({"event", "to"}), frozenset()),
    "bounded": (frozenset({"event", "within"}), frozenset({"most", "values"})),
    "escalated": (frozenset(), frozenset({"alarms"})),
    "asked": (frozenset({"act", "fields"}), frozenset()),
    "handed": (frozenset({"message", "to"}), frozenset()),
}
"""Each pattern with what it needs and what it may say besides."""

MONITORED: Final = frozenset({"precedence", "absence", "response", "once", "unattended"})
"""Patterns that are decided on the states of a process."""

EVERY: Final = "*"
"""In the place of a process: whatever is drawn."""

BODIES, PERSONS = "bodies", "persons"
"""How two acts may be apart: by different bodies, or by different persons."""


@dataclass(frozen=True, slots=True)
class Charge:
    """Who does an act: the candidate rule of its body and the post there, "" for any post.

    `!` before the body means whoever else, and where no body is named anybody may be meant.
    """

    event: Event
    body: str
    role: str = ""

    def meets(self, body: str, role: str) -> bool:
        """Tell whether somebody who does the act is meant."""
        if self.body.startswith("!"):
            return body not in ("", self.body[1:])
        return body == self.body and self.role in ("", role)


@dataclass(frozen=True, slots=True)
class Bar:
    """What the application never lets happen: an event after another one until a third."""

    id: str
    event: tuple[Event, ...]
    after: tuple[Event, ...]
    until: tuple[Event, ...]
    sentence_zh: str
    sentence: str


@dataclass(frozen=True)
class Part:
    """One thing to prove on one process, by one pattern."""

    process: str
    pattern: str
    arguments: Mapping[str, Any]
    relies_on: tuple[str, ...]
    assume: Mapping[tuple[str, ...], Any]
    """Values of names that the part is about, such as one of the levels."""
    sentence_zh: str
    sentence: str

    def speaks_of(self, process: str) -> bool:
        """Tell whether it is asked of a process; `*` is every one."""
        return self.process in (process, EVERY)

    def events(self, name: str) -> tuple[Event, ...]:
        """Return the events of an argument, any one of which is meant."""
        found = self.arguments.get(name, ())
        return tuple(found)

    def text(self, language: str) -> str:
        """Return what is proved, in a language."""
        return self.sentence if language.startswith("en") else self.sentence_zh


@dataclass(frozen=True)
class Statute:
    """A sentence of a rule with its article, and the parts that it is proved by."""

    id: str
    article_zh: str
    article: str
    sentence_zh: str
    sentence: str
    enforced_zh: str
    enforced: str
    """What the application itself ensures beyond the diagram."""
    parts: tuple[Part, ...]

    def text(self, language: str) -> str:
        """Return the sentence in a language."""
        return self.sentence if language.startswith("en") else self.sentence_zh

    def named(self, language: str) -> str:
        """Return the article in a language."""
        return self.article if language.startswith("en") else self.article_zh

    def processes(self) -> tuple[str, ...]:
        """Return the processes that it speaks of, each once."""
        named = dict.fromkeys(part.process for part in self.parts)
        return tuple(name for name in named if name != EVERY)


@dataclass(frozen=True)
class Feasible:
    """A way through the steps of authorities that has to fit a period of the rule set.

    Attributes:
        begin: the event from which the period runs.
        goal: the event that it has to come to.
        period: rules whose days make the period, `-` before one that is taken off.
        after: another way whose steps come before these.
        outside: the candidate rules whose own time is not counted: it is what is left to them.
    """

    id: str
    process: str
    level: str
    article_zh: str
    article: str
    sentence_zh: str
    sentence: str
    begin: tuple[Event, ...]
    goal: tuple[Event, ...]
    period: tuple[str, ...]
    assume: Mapping[tuple[str, ...], Any]
    relies_on: tuple[str, ...] = ()
    after: str = ""
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statutes:
    """Everything declared beside one rule set."""

    id: str
    facts: Mapping[str, Fact]
    bars: Mapping[str, Bar]
    statutes: tuple[Statute, ...]
    feasible: tuple[Feasible, ...] = ()

    def answered(self, process: str) -> Iterator[Event]:
        """Yield the events about a process that ask for an answer."""
        for _, part in self.about(process):
            found = [event for one in part.arguments.values() for event in _events(one)]
            yield from (e for e in (*found, *self._relied(part.relies_on)) if e.answers)
        for way in self.feasible:
            if way.process == process:
                found = [*way.begin, *way.goal]
                yield from (e for e in (*found, *self._relied(way.relies_on)) if e.answers)

    def _relied(self, names: Iterable[str]) -> Iterator[Event]:
        for name in names:
            if name in self.facts:
                yield from (setting.event for setting in self.facts[name].settings)
            if name in self.bars:
                bar = self.bars[name]
                yield from (*bar.event, *bar.after, *bar.until)

    def about(self, process: str) -> Iterator[tuple[Statute, Part]]:
        """Yield the parts that speak of a process, each with its statute."""
        for statute in self.statutes:
            for part in statute.parts:
                if part.speaks_of(process):
                    yield statute, part


def _events(argument: object) -> Iterator[Event]:
    """Yield the events in an argument, however deep."""
    if isinstance(argument, Event):
        yield argument
    elif isinstance(argument, tuple):
        for one in argument:
            yield from _events(one)
