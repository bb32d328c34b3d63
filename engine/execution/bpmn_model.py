"""A diagram as it is written: plain values that the deploy gate and the verifier read."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Assignment:
    """A name and the expression written for it."""

    name: str
    expression: str


@dataclass(frozen=True, slots=True)
class Event:
    """One event definition of an element.

    Attributes:
        kind: `message`, `signal`, `timer`, `error`, `terminate`, `link`, …
        name: the name of the message, signal, error or escalation; None if it refers to none.
        timer: `timeDate`, `timeDuration` or `timeCycle`.
        expression: the text of the timer.
    """

    kind: str
    name: str | None = None
    timer: str | None = None
    expression: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane and the elements that lie in it."""

    id: str
    name: str
    nodes: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class ProcessInfo:
    """A process of the document."""

    id: str
    name: str
    documentation: str
    executable: bool
    line: int
    lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A task, event, gateway, sub-process or call, or whatever else stands among them.

    Attributes:
        kind: the tag of the element, such as `userTask`.
        scope: id of the sub-process or process that it lies in.
        interrupting: false for a boundary event that leaves its activity open.
        loop: `multiInstance` or `standard`.
        properties: our extension properties (`act`, `body`, `form`, …).
        operation: what a service task calls; "" if the operator names none, None if there is none.
        result: the token flag that an operation or decision writes.
        scripts: tags of the element that the library would run as Python.
    """

    id: str
    kind: str
    name: str = ""
    documentation: str = ""
    process: str = ""
    scope: str = ""
    lane: str | None = None
    line: int = 0
    events: tuple[Event, ...] = ()
    attached_to: str | None = None
    interrupting: bool = True
    triggered_by_event: bool = False
    default: str | None = None
    called: str | None = None
    loop: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    operation: str | None = None
    result: str | None = None
    parameters: tuple[Assignment, ...] = ()
    decision: str | None = None
    scripts: tuple[str, ...] = ()

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """The properties `set.NAME`: flags written when the element completes."""
        return tuple(
            Assignment(name.removeprefix("set."), text)
            for name, text in self.properties.items()
            if name.startswith("set.")
        )

    @property
    def titles(self) -> tuple[str, str]:
        """What it is called in Chinese, by its id where it has no name, and in English.

        The first line of the documentation is the English name.
        """
        name = self.name or self.id
        return name, self.documentation.partition("\n")[0].strip() or name

    def has_event(self, kind: str) -> bool:
        """Return whether one of the event definitions is of a kind."""
        return any(event.kind == kind for event in self.events)


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` is None if there is no condition element."""

    id: str
    source: str
    target: str
    scope: str
    condition: str | None = None
    default: bool = False
    name: str = ""
    line: int = 0


@dataclass(frozen=True)
class Diagram:
    """Everything of one document that matters when it runs.

    Attributes:
        duplicate_ids: ids that occur more than once, with the line of the second.
        drawn: ids of the elements and flows that have a shape or an edge.
        root: the tag of the root element, `definitions` for a BPMN document.
    """

    processes: tuple[ProcessInfo, ...]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    messages: frozenset[str]
    signals: frozenset[str]
    duplicate_ids: Mapping[str, int]
    drawn: frozenset[str]
    root: str = "definitions"

    @functools.cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Elements by id; of two with the same id, the first."""
        return {node.id: node for node in reversed(self.nodes)}

    @functools.cached_property
    def outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        """Flows by the element that they leave."""
        return _group(self.flows, "source")

    @functools.cached_property
    def incoming(self) -> Mapping[str, tuple[Flow, ...]]:
        """Flows by the element that they enter."""
        return _group(self.flows, "target")

    @functools.cached_property
    def boundaries(self) -> Mapping[str, tuple[Node, ...]]:
        """Boundary events by the activity that they are attached to."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            if node.attached_to is not None:
                found.setdefault(node.attached_to, []).append(node)
        return {key: tuple(nodes) for key, nodes in found.items()}

    @functools.cached_property
    def scopes(self) -> Mapping[str, tuple[Node, ...]]:
        """Elements by the process or sub-process that they lie in."""
        found: dict[str, list[Node]] = {process.id: [] for process in self.processes}
        for node in self.nodes:
            found.setdefault(node.scope, []).append(node)
        return {key: tuple(nodes) for key, nodes in found.items()}

    def of_kind(self, *kinds: str) -> Iterator[Node]:
        """Yield the elements of some kinds, in the order of the document."""
        return (node for node in self.nodes if node.kind in kinds)

    def within(self, scope: str) -> Iterator[Node]:
        """Yield the elements of a scope and of the sub-processes in it."""
        for node in self.scopes.get(scope, ()):
            yield node
            yield from self.within(node.id)


def _group(flows: tuple[Flow, ...], end: str) -> dict[str, tuple[Flow, ...]]:
    found: dict[str, list[Flow]] = {}
    for flow in flows:
        found.setdefault(getattr(flow, end), []).append(flow)
    return {key: tuple(grouped) for key, grouped in found.items()}
