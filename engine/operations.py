"""Operations with parameters: what the application declares, the gate checks and a call brings.

A designer writes a service task with `spiffworkflow:parameters`; every value is FEEL. The names
below are the engine's own because the gate follows what such a task declares: a field of the
case, a date, a message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypedDict

from engine import clock
from engine.errors import Incident

SET_FIELD: Final = "case.set_field"
START_DATE: Final = "deadline.start"
SEND_MESSAGE: Final = "message.send"
START_PROCESS: Final = "process.start"

OWN: Final = "own."
"""Begins the name of every act, date and message that a designer adds to those of the product."""

FIELD_TYPES: Final = ("string", "number", "boolean", "date", "date and time")
"""What a field of a designer may hold."""


@dataclass(frozen=True)
class Choice:
    """One of the values that a parameter may have, as it is called in front of people."""

    value: str
    zh: str
    en: str


@dataclass(frozen=True)
class Parameter:
    """What an operation takes.

    Attributes:
        type: the FEEL type of its value; `any` where another parameter says it.
        choices: the texts that it may be, if it is no free text.
        literal: it must be written out, because the gate has to know it.
        pattern: a regular expression that a literal text matches as a whole.
        told: its value is shown to people, so that nothing that persons typed may enter it.
    """

    id: str
    zh: str
    en: str
    type: str = "string"
    choices: tuple[Choice, ...] = ()
    required: bool = True
    literal: bool = False
    pattern: str = ""
    told: bool = False


@dataclass(frozen=True)
class OperationInfo:
    """What an operation is called, answers and takes."""

    zh: str
    en: str
    result: str | None = None
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True)
class DesignedField:
    """A field of the case that a designer declares, in a form or at an operation."""

    name: str
    type: str
    zh: str = ""
    en: str = ""


class Place(TypedDict, total=False):
    """Where in the diagrams something was done, as a journal takes it."""

    process: str
    element: str


@dataclass(frozen=True)
class Call:
    """Which element calls an operation, with the values of its parameters."""

    process: str
    element: str
    parameters: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where a row of history says that it comes from."""
        return Place(process=self.process, element=self.element)

    def text(self, name: str) -> str:
        """Return a text; "" where it was not given."""
        value = self.parameters.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.wrong(name, "string")
        return value

    def whole(self, name: str) -> int:
        """Return a whole number."""
        value = self.parameters.get(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(name, "whole number")
        return value

    def day(self, name: str) -> date | None:
        """Return a day; None where it was not given."""
        value = self.parameters.get(name)
        found = None if value is None else as_type(value, "date")
        if value is not None and not isinstance(found, str):
            raise self.wrong(name, "date")
        return None if found is None else date.fromisoformat(str(found))

    def wrong(self, name: str, kind: str) -> Incident:
        """Return the incident of a value that is not of its type."""
        value = self.parameters.get(name)
        return Incident(
            f"Expected {name} of {self.element} as a {kind}, but it is {value!r}",
            f"节点 {self.element} 的参数 {name} 应为 {kind}，实际为 {value}",
            element=self.element,
        )


@dataclass
class Sending:
    """What operations ask to be sent once the process that asks for it stands still.

    A process is named where it is to begin by the one message of its own that starts it.
    """

    messages: list[str] = field(default_factory=list)
    processes: list[str] = field(default_factory=list)


def as_type(value: object, kind: str) -> object:
    """Return a token's value as a field of a type is stored; Ellipsis if it is of another type.

    A token carries dates as ISO text; null clears a field of any type.
    """
    if value is None:
        return None
    reader = _READERS.get(kind)
    return ... if reader is None else reader(value)


def _text(value: object) -> object:
    return value if isinstance(value, str) else ...


def _truth(value: object) -> object:
    return value if isinstance(value, bool) else ...


def _number(value: object) -> object:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else ...


def _day(value: object) -> object:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else ...
    except ValueError:
        found = _instant(value)
        if found is ...:
            return found
        return clock.beijing_date(datetime.fromisoformat(str(found))).isoformat()


def _instant(value: object) -> object:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return ...
    return ... if found is None or found.tzinfo is None else found.isoformat()


_READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "string": _text,
    "boolean": _truth,
    "number": _number,
    "date": _day,
    "date and time": _instant,
}
