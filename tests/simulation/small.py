"""Small diagrams and a small world for them: what is counted can be worked out by hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine import clock
from engine.deployment.bundle import Bundle
from engine.execution.bpmn_model import Node
from engine.expressions.function import Function
from engine.simulation.calendars import Always
from engine.simulation.plan import Plan, plan_of
from engine.simulation.streams import Streams
from engine.simulation.world import Arrival, Flags, Handling, Pool, Stage, WorldCase

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core">'
)
Handle = Callable[[str, int, Streams, int], Handling]


def plan(body: str, *, root: str = "p", beside: str = "") -> Plan:
    """Return the plan of a process whose body is given, and of others beside it in the file."""
    bpmn = (
        f'{_HEAD}<bpmn:process id="p" isExecutable="true">{body}</bpmn:process>'
        f"{beside}</bpmn:definitions>"
    )
    return plan_of([Bundle("p", {"p.bpmn": bpmn.encode()})], root)


def flow(source: str, target: str, condition: str = "") -> str:
    """Return a sequence flow."""
    inner = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
    return (
        f'<bpmn:sequenceFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inner}</bpmn:sequenceFlow>"
    )


def chain(*names: str) -> str:
    """Return the flows through some elements, one after the other."""
    return "".join(flow(a, b) for a, b in itertools.pairwise(names))


@dataclass
class SmallWorld:
    """Cases at given moments; how tasks are done is given as a function."""

    moments: Sequence[int]
    handle: Handle
    pools: Mapping[str, Pool] = field(default_factory=dict)
    dates: Mapping[str, int] = field(default_factory=dict)
    done: list[tuple[int, int, str]] = field(default_factory=list)
    functions: Mapping[str, Function] = field(default_factory=dict)

    @property
    def began(self) -> datetime:
        """The instant of moment 0."""
        return datetime(2026, 1, 1, tzinfo=clock.BEIJING)

    def arrivals(self, cases: int, streams: Streams) -> Sequence[Arrival]:
        """Return the first of the moments."""
        return [Arrival(at, n) for n, at in enumerate(self.moments[:cases], 1)]

    def case(self, arrival: Arrival, streams: Streams, stage: Stage) -> WorldCase:
        """Begin a case."""
        return SmallCase(self, arrival, streams)


class SmallCase:
    """A case that knows nothing but its number and the dates of its world."""

    def __init__(self, world: SmallWorld, arrival: Arrival, streams: Streams) -> None:
        self.world, self.arrival, self.streams = world, arrival, streams
        self.operations: list[str] = []

    def read(self, path: tuple[str, ...]) -> object:
        return self.view().get(path[0]) if path else self.view()

    def view(self) -> Mapping[str, object]:
        return {"number": self.arrival.number}

    def due(self, name: str, flags: Flags) -> int | None:
        return self.world.dates.get(name)

    def handling(self, task: Node, visit: int, flags: Flags, stage: Stage) -> Handling:
        return self.world.handle(task.id, visit, self.streams, self.arrival.number)

    def completed(self, task: Node, flags: Flags, stage: Stage) -> None:
        self.world.done.append((stage.now, self.arrival.number, task.id))

    def operate(
        self, operation: str, parameters: Mapping[str, object], flags: Flags, stage: Stage
    ) -> object:
        self.operations.append(operation)
        return stage.now

    def woken(self, name: str, stage: Stage) -> None:
        stage.send(name)

    def over(self, stage: Stage) -> None:
        self.ended = stage.now

    def summary(self) -> Mapping[str, object]:
        ended = getattr(self, "ended", None)
        return {"group": "all", "lasted": None if ended is None else ended - self.arrival.at}


def always(staff: int) -> Pool:
    """Return people who work day and night."""
    return Pool(staff, Always())
