"""A BPMN document as the verifier sees it: nodes, flows, scopes, pools and message flows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

TASKS: Final = frozenset(
    {
        *("task", "userTask", "manualTask", "serviceTask", "scriptTask"),
        *("businessRuleTask", "sendTask", "receiveTask"),
    }
)
SUB_PROCESSES: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES: Final = TASKS | SUB_PROCESSES | {"callActivity"}
GATEWAYS: Final = frozenset(
    {
        *("exclusiveGateway", "parallelGateway", "inclusiveGateway"),
        *("eventBasedGateway", "complexGateway"),
    }
)
EVENTS: Final = frozenset(
    {
        *("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"),
        *("boundaryEvent", "implicitThrowEvent"),
    }
)


@dataclass(frozen=True, slots=True)
class Definition:
    """What an event waits for or throws; `reference` is a code, a name or an id."""

    kind: str
    reference: str | None = None
    once: bool = True
    """False for a timer that comes again and again (`timeCycle`)."""


@dataclass(frozen=True, slots=True)
class Node:
    """An activity, a gateway or an event."""

    id: str
    kind: str
    scope: str
    line: int
    definitions: tuple[Definition, ...] = ()
    attached_to: str | None = None
    interrupting: bool = True
    by_event: bool = False
    """An event sub-process, which no sequence flow reaches."""
    default: str | None = None
    called: str | None = None
    loops: bool = False
    instantiates: bool = False
    compensates: bool = False
    parallel_multiple: bool = False

    def has(self, kind: str) -> bool:
        """Tell whether one of its event definitions is of a kind, such as `timer`."""
        return any(one.kind == kind for one in self.definitions)


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow with its condition as written."""

    id: str
    source: str
    target: str
    line: int
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class MessageFlow:
    """A message flow; its ends are nodes or participants."""

    id: str
    source: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Participant:
    """A pool; `process` is None for one that shows nothing of itself."""

    id: str
    process: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Collaboration:
    """Pools and the messages between them."""

    id: str
    participants: tuple[Participant, ...]
    message_flows: tuple[MessageFlow, ...]


@dataclass(frozen=True)
class Model:
    """Everything of one document that has to do with tokens."""

    processes: tuple[str, ...]
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    collaborations: tuple[Collaboration, ...] = ()
    foreign: tuple[tuple[str, str], ...] = field(default=())
    """Id and kind of elements in a scope that are no flow node known here."""

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Flow, ...]]:
        """Sequence flows by the node they leave."""
        return self._by("source")

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Flow, ...]]:
        """Sequence flows by the node they enter."""
        return self._by("target")

    @cached_property
    def within(self) -> Mapping[str, tuple[Node, ...]]:
        """Nodes by the process or sub-process they lie in."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            found.setdefault(node.scope, []).append(node)
        return {scope: tuple(nodes) for scope, nodes in found.items()}

    @cached_property
    def boundaries(self) -> Mapping[str, tuple[Node, ...]]:
        """Boundary events by the activity they sit on."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.attached_to is not None:
                found.setdefault(node.attached_to, []).append(node)
        return {activity: tuple(nodes) for activity, nodes in found.items()}

    def everything_in(self, scope: str) -> Iterator[Node]:
        """Yield the nodes of a scope, of the scopes in it and of what it calls in this file.

        Each node comes once, however often its scope is called, and also where calls go round.
        """
        seen = {scope}
        waiting = [scope]
        while waiting:
            for node in self.within.get(waiting.pop(), ()):
                yield node
                inner = self.body(node)
                if inner is not None and inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)

    def body(self, node: Node) -> str | None:
        """Return the scope that an activity holds: its own, or the process that it calls.

        A sub-process that shows nothing of itself is an activity like any other.
        """
        if node.kind in SUB_PROCESSES:
            return node.id if self.within.get(node.id) else None
        if node.kind == "callActivity" and node.called in self.processes:
            return node.called
        return None

    def _by(self, end: str) -> Mapping[str, tuple[Flow, ...]]:
        found: dict[str, list[Flow]] = {}
        for flow in self.flows.values():
            found.setdefault(getattr(flow, end), []).append(flow)
        return {node: tuple(flows) for node, flows in found.items()}
