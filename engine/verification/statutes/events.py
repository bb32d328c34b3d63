"""What happens in a step, as statutes speak of it, and how a declaration names it.

An event is written as a kind and a name, with answers in brackets where only some of them are
meant: `act contract.sign.*[agree]`, `operation contract.decide[effective|late]`,
`act contract.sign.buyer[!agree]`, `message contract.opened`, `timer contract.due`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from engine.errors import Invalid

KINDS: Final = (
    "act",
    "operation",
    "decision",
    "message",
    "signal",
    "received",
    "timer",
    "element",
)
"""A task done, a service answered, a table asked, sent, broadcast, caught, a date, any element."""

_WRITTEN: Final = re.compile(
    r"(?P<kind>[a-z]+) (?P<name>[A-Za-z0-9_.*-]+)(\[(?P<not>!?)(?P<answers>[A-Za-z0-9_|]+)\])?"
)


@dataclass(frozen=True, slots=True)
class Label:
    """One thing that a step does; `answer` is None where there is none, or it is not known."""

    kind: str
    name: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What a declaration means by an event."""

    kind: str
    name: str
    answers: frozenset[str] = frozenset()
    others: bool = False
    """Whether every answer is meant save those named."""

    def may(self, label: Label) -> bool:
        """Tell whether a label may be the event: an answer that is not known may be any."""
        return self._names(label) and (label.answer is None or self._answers(label.answer))

    def must(self, label: Label) -> bool:
        """Tell whether a label is certainly the event."""
        if not self._names(label):
            return False
        return not self.answers if label.answer is None else self._answers(label.answer)

    def _names(self, label: Label) -> bool:
        return label.kind == self.kind and fnmatchcase(label.name, self.name)

    def _answers(self, answer: str) -> bool:
        return not self.answers or (answer in self.answers) is not self.others

    def __str__(self) -> str:
        """Return the event as it is written."""
        if not self.answers:
            return f"{self.kind} {self.name}"
        answers = "|".join(sorted(self.answers))
        return f"{self.kind} {self.name}[{'!' if self.others else ''}{answers}]"


def parse_event(text: str) -> Event:
    """Read an event.

    Raises:
        Invalid: it is not written as one.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or found["kind"] not in KINDS:
        kinds = ", ".join(KINDS)
        raise Invalid(
            f"Expected an event such as `act name[answer]`, of {kinds}, but it is {text!r}",
            f"事件“{text}”写法有误，应为“类别 名称[答复]”，类别可为 {kinds}",
        )
    answers = frozenset((found["answers"] or "").split("|")) - {""}
    return Event(found["kind"], found["name"], answers, found["not"] == "!")


def any_may(events: Iterable[Event], labels: Iterable[Label]) -> bool:
    """Tell whether one of some labels may be one of some events."""
    held = tuple(labels)
    return any(event.may(label) for event in events for label in held)


def any_must(events: Iterable[Event], labels: Iterable[Label]) -> bool:
    """Tell whether one of some labels certainly is one of some events."""
    held = tuple(labels)
    return any(event.must(label) for event in events for label in held)
