"""What an application must give a simulation: what a case knows, and how people behave.

The machine moves tokens; everything that a word of the application means lies behind these calls.
Moments are whole seconds of the virtual clock, 0 is its beginning. A case of the world may change
at every call that tells it something; the machine reads its dates anew after each of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from engine.execution.bpmn_model import Node
from engine.expressions.function import Function
from engine.simulation.calendars import Hours
from engine.simulation.streams import Streams

Flags = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Handling:
    """How one task of one case is done.

    Attributes:
        pool: whose people do it; None where nobody has to be free for it.
        delay: seconds by the clock until somebody takes it up.
        reaction: seconds of the pool's working hours until somebody takes it up, after the delay.
        work: seconds of working hours that it takes one person.
        flags: what its form leaves.
        limit: until when it ought to be done; None where no limit is counted.
    """

    pool: str | None = None
    delay: int = 0
    reaction: int = 0
    work: int = 0
    flags: Flags = field(default_factory=dict)
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """People of one body who take one another's tasks."""

    staff: int
    hours: Hours


@dataclass(frozen=True, slots=True)
class Arrival:
    """A case that begins: when, and what the world wants to know of it."""

    at: int
    number: int
    facts: Mapping[str, object] = field(default_factory=dict)


class Stage(Protocol):
    """What a case of the world may ask of the machine."""

    @property
    def now(self) -> int:
        """The moment."""
        ...

    def send(self, message: str, flags: Flags | None = None) -> bool:
        """Hand over a message; return whether somebody waited for it or began with it."""
        ...

    def post(self, kind: str, name: str) -> None:
        """Send a `message`, or begin a `process`, once the process that asks stands still."""
        ...

    def wake(self, at: int, name: str) -> None:
        """Ask to be told at a moment."""
        ...

    def end_side_processes(self, keep: frozenset[str]) -> None:
        """End every process of the case but the root, the one that asks and some that stay."""
        ...


class WorldCase(Protocol):
    """One case."""

    def read(self, path: tuple[str, ...]) -> object:
        """Return what `case.…` stands for; None where there is nothing."""
        ...

    def view(self) -> Mapping[str, object]:
        """Return everything that expressions read as `case`."""
        ...

    def due(self, name: str, flags: Flags) -> int | None:
        """Return the moment of `due("name")`; None while there is none."""
        ...

    def handling(self, task: Node, visit: int, flags: Flags, stage: Stage) -> Handling:
        """Say how a task that opens now is done: by whom, how long, with what answer."""
        ...

    def completed(self, task: Node, flags: Flags, stage: Stage) -> None:
        """Take a completed task, before its token moves."""
        ...

    def operate(
        self, operation: str, parameters: Mapping[str, object], flags: Flags, stage: Stage
    ) -> object:
        """Do what a service task does; return its answer."""
        ...

    def woken(self, name: str, stage: Stage) -> None:
        """Take a moment that was asked for."""
        ...

    def over(self, stage: Stage) -> None:
        """Take the end of the root process."""
        ...

    def summary(self) -> Mapping[str, object]:
        """Return what is counted of the case."""
        ...


class World(Protocol):
    """Everything beside the diagrams."""

    @property
    def began(self) -> datetime:
        """The instant of moment 0, with its zone."""
        ...

    @property
    def pools(self) -> Mapping[str, Pool]:
        """Who works, by name."""
        ...

    @property
    def functions(self) -> Mapping[str, Function]:
        """FEEL functions beyond the built-in ones; their answers stay the same for a run."""
        ...

    def arrivals(self, cases: int, streams: Streams) -> Sequence[Arrival]:
        """Return so many cases in the order of their beginning."""
        ...

    def case(self, arrival: Arrival, streams: Streams, stage: Stage) -> WorldCase:
        """Begin a case."""
        ...
