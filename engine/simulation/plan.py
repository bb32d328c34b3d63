"""Diagrams made ready: every element knows where its token goes, every condition is parsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.deployment.bundle import Bundle
from engine.errors import Invalid
from engine.execution.bpmn_model import Diagram, Event, Node
from engine.expressions.errors import FeelError
from engine.simulation.deciding import Deciding
from engine.simulation.expressions import Compiled

SCOPES: Final = frozenset({"subProcess", "callActivity"})
_KNOWN: Final = SCOPES | {
    *("userTask", "serviceTask", "businessRuleTask", "startEvent", "endEvent", "boundaryEvent"),
    *("intermediateCatchEvent", "intermediateThrowEvent", "exclusiveGateway"),
    *("parallelGateway", "inclusiveGateway", "eventBasedGateway"),
}
_EVENTS: Final = frozenset({"message", "signal", "timer", "error", "terminate"})


@dataclass(slots=True)
class Way:
    """A sequence flow."""

    id: str
    target: Step
    condition: Compiled | None = None


@dataclass(slots=True)
class Trigger:
    """What an event waits for or throws."""

    kind: str
    name: str
    timer: str = ""
    expression: Compiled | None = None


@dataclass(slots=True)
class Step:
    """An element, with what a token needs to know when it comes there."""

    node: Node
    body: Body
    ways: tuple[Way, ...] = ()
    otherwise: Way | None = None
    entering: int = 0
    trigger: Trigger | None = None
    inner: Body | None = None
    boundaries: tuple[Step, ...] = ()
    parameters: tuple[tuple[str, Compiled], ...] = ()
    assignments: tuple[tuple[str, Compiled], ...] = ()
    decision: Deciding | None = None
    reaches: frozenset[str] = frozenset()
    """Elements of its body that a token may still come to from here."""
    id: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        """Keep what is asked for at every token."""
        self.id, self.kind = self.node.id, self.node.kind


@dataclass(slots=True)
class Body:
    """A process, or what lies in a sub-process."""

    id: str
    process: str
    steps: dict[str, Step] = field(default_factory=dict)
    start: Step | None = None


@dataclass(frozen=True)
class Plan:
    """Processes that belong together: a root, and the partners that its messages start."""

    root: str
    bodies: Mapping[str, Body]
    starts: Mapping[str, Body]
    """The process that begins with a message."""

    names: Mapping[tuple[str, str], tuple[str, str]]
    """What elements are called and how they are documented, by process and id."""


def plan_of(bundles: Iterable[Bundle], root: str) -> Plan:
    """Return the plan of bundles.

    Raises:
        Invalid: a diagram cannot be read or holds what no token can be moved through, an
            expression is none, or the root is not among them.
    """
    bodies: dict[str, Body] = {}
    starts: dict[str, Body] = {}
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for bundle in bundles:
        diagram = _readable(bundle)
        found = _Reader(bundle, diagram).bodies()
        bodies |= found
        for node in diagram.nodes:
            names[node.process, node.id] = (node.name or node.id, node.documentation)
            if node.kind == "startEvent" and node.events and node.scope in found:
                starts[node.events[0].name or ""] = found[node.scope]
    if root not in bodies:
        raise Invalid(
            f"Expected a process {root} among the diagrams, but there is none",
            f"流程图中没有流程 {root}",
        )
    return Plan(root, bodies, starts, names)


def _readable(bundle: Bundle) -> Diagram:
    if bundle.read.problems or bundle.diagram is None:
        problem = bundle.read.problems[0]
        raise Invalid(problem.sentence, problem.sentence_zh)
    return bundle.diagram


class _Reader:
    """Makes the bodies of one diagram."""

    def __init__(self, bundle: Bundle, diagram: Diagram) -> None:
        self._bundle, self._diagram = bundle, diagram
        self._bodies: dict[str, Body] = {}

    def bodies(self) -> dict[str, Body]:
        """Return the processes of the file by their ids."""
        processes = {info.id: Body(info.id, info.id) for info in self._diagram.processes}
        self._bodies = dict(processes)
        for node in self._diagram.nodes:
            if node.kind == "subProcess":
                self._bodies[node.id] = Body(node.id, node.process)
        for node in self._diagram.nodes:
            body = self._bodies[node.scope]
            body.steps[node.id] = self._step(node, body)
        for body in self._bodies.values():
            self._connect(body)
        return processes

    def _step(self, node: Node, body: Body) -> Step:
        if node.kind not in _KNOWN or node.loop or node.triggered_by_event:
            raise _unknown(node, node.kind)
        step = Step(node, body, trigger=self._trigger(node))
        if node.kind == "subProcess":
            step.inner = self._bodies[node.id]
        elif node.kind == "callActivity":
            step.inner = self._bodies.get(node.called or "")
        if node.decision:
            step.decision = self._deciding(node)
        step.parameters = tuple(
            (one.name, _compiled(one.expression, node)) for one in node.parameters
        )
        step.assignments = tuple(
            (one.name, _compiled(one.expression, node)) for one in node.assignments
        )
        return step

    def _trigger(self, node: Node) -> Trigger | None:
        if not node.events:
            return None
        event: Event = node.events[0]
        if len(node.events) > 1 or event.kind not in _EVENTS:
            raise _unknown(node, event.kind)
        text = event.expression
        expression = _compiled(text, node) if text else None
        return Trigger(event.kind, event.name or "", event.timer or "", expression)

    def _deciding(self, node: Node) -> Deciding:
        found = self._bundle.read.decisions.get(node.decision or "")
        if found is None:
            raise Invalid(
                f"Expected a decision {node.decision} for {node.id}, but there is none",
                f"节点 {node.id} 引用的决策 {node.decision} 不存在",
            )
        return Deciding(found.model, found.node)

    def _connect(self, body: Body) -> None:
        for step in body.steps.values():
            ways = [
                (flow, Way(flow.id, body.steps[flow.target], self._condition(flow.condition, step)))
                for flow in self._diagram.outgoing.get(step.id, ())
                if flow.target in body.steps
            ]
            step.ways = tuple(way for flow, way in ways if not flow.default)
            step.otherwise = next((way for flow, way in ways if flow.default), None)
            step.entering = len(self._diagram.incoming.get(step.id, ()))
            attached = self._diagram.boundaries.get(step.id, ())
            step.boundaries = tuple(body.steps[one.id] for one in attached)
        body.start = next((s for s in body.steps.values() if s.kind == "startEvent"), None)
        if any(step.kind == "inclusiveGateway" for step in body.steps.values()):
            _reach(body)

    def _condition(self, text: str | None, step: Step) -> Compiled | None:
        return _compiled(text, step.node) if text else None


def _reach(body: Body) -> None:
    """Note for every element which others a token can come to, over boundary events too."""
    following = {
        step.id: {way.target.id for way in (*step.ways, *_rest(step))}
        | {one.id for one in step.boundaries}
        for step in body.steps.values()
    }
    for step in body.steps.values():
        seen, waiting = set[str](), list(following[step.id])
        while waiting:
            found = waiting.pop()
            if found not in seen:
                seen.add(found)
                waiting.extend(following[found])
        step.reaches = frozenset(seen)


def _rest(step: Step) -> tuple[Way, ...]:
    return (step.otherwise,) if step.otherwise else ()


def _compiled(text: str, node: Node) -> Compiled:
    try:
        return Compiled(text)
    except FeelError as error:
        raise Invalid(
            f"Expected FEEL at {node.id}, but {error.message}",
            f"节点 {node.id} 的表达式无法解析：{error.message_zh}",
        ) from error


def _unknown(node: Node, kind: str) -> Invalid:
    return Invalid(
        f"Expected elements that run as drawn, but {node.id} is a {kind}",
        f"节点 {node.id} 的类型 {kind} 不能仿真",
    )
