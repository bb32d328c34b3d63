"""A net of places and transitions: what a diagram becomes before its states are searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from engine.verification.names import Value

if TYPE_CHECKING:
    from engine.verification.dataflow import Web

PLACE_LIMIT: Final = 20_000
TRANSITION_LIMIT: Final = 100_000
PRODUCT_LIMIT: Final = 150_000_000
"""Places times transitions, about the bytes of their masks: lines of 6,000 tasks."""


class TooLarge(Exception):  # noqa: N818 caught and told as "not decided"
    """The diagram needs more places or transitions than are built."""


class Kind(StrEnum):
    """What a token in a place means."""

    FLOW = "flow"
    ACTIVITY = "activity"
    WAIT = "wait"
    RUN = "run"
    PROCESS = "process"
    """A whole process runs: nothing that is drawn on a diagram."""
    INITIAL = "initial"
    MESSAGE = "message"
    BOOK = "book"
    """Not a token of the diagram: what a scope remembers until it ends."""
    VALUE = "value"
    """Likewise: the value that a name has while a condition may still read it."""

    @property
    def is_drawn(self) -> bool:
        """Tell whether such a token lies on a flow or in a node of the diagram."""
        return self in {Kind.FLOW, Kind.ACTIVITY, Kind.WAIT, Kind.RUN}


class Mark(StrEnum):
    """What it means that a transition can happen at all."""

    TWICE = "twice"
    """A scope ends in which one end event was reached more than once."""
    DOUBLE = "double"
    """An activity begins a second time while it runs."""
    OVERFLOW = "overflow"
    """One more instance would be needed than the net has room for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where tokens lie; `element` is the id of the flow, node or message flow, or a name."""

    id: int
    kind: Kind
    element: str
    value: Value = None
    """What the name has, in a place of kind `VALUE`."""


@dataclass(frozen=True, slots=True)
class Join:
    """An inclusive gateway: it takes one token of each incoming flow that has any.

    `reach[i]` holds the places from which a path leads to `incoming[i]` without passing the
    gateway (BPMN 2.0.2, 13.4.3).
    """

    incoming: tuple[int, ...]
    reach: tuple[frozenset[int], ...]


@dataclass(slots=True)
class Transition:
    """One step of the semantics; place numbers throughout."""

    action: str
    elements: tuple[str, ...]
    """Ids a reader sees happen, in order."""
    consume: tuple[int, ...] = ()
    produce: tuple[int, ...] = ()
    read: tuple[int, ...] = ()
    inhibit: Sequence[int] = ()
    clear: Sequence[int] = ()
    flows: tuple[str, ...] = ()
    """Sequence flows taken, for playing a path on the diagram."""
    executes: tuple[str, ...] = ()
    """Activities that this step counts as executing."""
    mark: Mark | None = None
    join: Join | None = None
    values: tuple[tuple[str, Value], ...] = ()
    """Names that the step writes; the first of its elements writes them."""


@dataclass(slots=True)
class Net:
    """Places, transitions and the first state."""

    places: list[Place] = field(default_factory=list)
    transitions: list[Transition] = field(default_factory=list)
    initial: list[int] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    """Ids of everything that has to be executed on some path, in order of the document."""
    free: Sequence[Web] = ()
    """Names whose values are written, but not followed."""

    def place(self, kind: Kind, element: str, value: Value = None) -> int:
        """Add a place and return its number."""
        if len(self.places) >= PLACE_LIMIT:
            raise TooLarge
        self.places.append(Place(len(self.places), kind, element, value))
        return len(self.places) - 1

    def add(self, transition: Transition) -> None:
        """Add a transition."""
        count = len(self.transitions)
        if count >= TRANSITION_LIMIT or count * len(self.places) > PRODUCT_LIMIT:
            raise TooLarge
        self.transitions.append(transition)

    def of_kind(self, kinds: Iterable[Kind]) -> list[int]:
        """Return the places of some kinds."""
        wanted = frozenset(kinds)
        return [place.id for place in self.places if place.kind in wanted]
