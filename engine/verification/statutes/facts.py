"""What the application keeps to whatever is drawn: values that certain events give to names.

A declaration says which event gives a name which value. Between such events the name keeps it, so
a flow whose condition contradicts it is not taken. What is not declared may be anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.verification.statutes.events import Event, Label

Value = str | bool | Decimal | None
"""A value of a name; None where it may be anything."""

Name = tuple[str, ...]
"""A path such as `case.level`, word by word."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An event after which a name has a value; None means that it may be anything again."""

    event: Event
    value: Value


@dataclass(frozen=True)
class Fact:
    """A name, what it is at first, and the events that change it."""

    id: str
    name: Name
    initially: Value
    settings: tuple[Setting, ...]
    sentence_zh: str = ""
    sentence: str = ""

    def after(self, value: Value, labels: Sequence[Label]) -> Value:
        """Return the value after a step; the last setting that happened counts."""
        for setting in self.settings:
            if any(setting.event.must(label) for label in labels):
                value = setting.value
            elif any(setting.event.may(label) for label in labels) and value != setting.value:
                value = None
        return value
