"""The values that cross the wall of this room: what a diagram says and what an instance did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Token = Mapping[str, object]
EventKind = Literal["message", "signal"]


@dataclass(frozen=True, slots=True)
class ElementInfo:
    """One element of a diagram, as its designer drew it.

    `kind` is the BPMN tag (`userTask`, `exclusiveGateway`), `event` the kind of its event
    definition (`timer`, `message`, `signal`, `terminate`), `scope` the process or sub-process
    around it, `attached_to` the activity that a boundary event sits on.
    """

    id: str
    kind: str
    name: str
    scope: str
    lane: str | None = None
    event: str | None = None
    attached_to: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message or signal that left the instance."""

    kind: EventKind
    name: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A token left an element by a sequence flow; both are None where its path ends."""

    element: str
    flow: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What happened since the step before: in order, ready for the history."""

    thrown: tuple[Thrown, ...] = ()
    visited: tuple[Visit, ...] = ()
    completed: tuple[str, ...] = ()
    """Elements in the order in which they completed."""


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that a person may complete now; its id is unique within the instance, for ever."""

    task_id: str
    element: str
    lane: str | None
    properties: Mapping[str, str]
    token: Token


@dataclass(frozen=True, slots=True)
class ArmedTimer:
    """A timer that waits.

    `value` is the instant known when the instance was last settled. With `live` the date is read
    again at every check: evaluate `expression` over `token` to learn it without loading. A repeated
    timer came last at `after`, and comes again at a later date only.
    """

    element: str
    expression: str
    token: Token
    value: datetime | None
    live: bool
    after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """Everything that may move an instance on, so that it can be left unloaded until then."""

    tasks: tuple[OpenTask, ...] = ()
    messages: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()
    timers: tuple[ArmedTimer, ...] = ()
    elements: tuple[str, ...] = ()
    """Events at which a token waits; boundary events stand beside a token, they hold none."""
