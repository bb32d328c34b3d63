"""Draws small BPMN documents for the tests: nodes and flows in Python, XML out.

Flows are written as `a > b > c`; a condition follows the first arrow of its line: `a > b | x = 1`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
)


@dataclass
class Node:
    """One node; `body` is XML placed inside it, `inside` the nodes and flows of a sub-process."""

    tag: str
    id: str
    attributes: dict[str, str] = field(default_factory=dict)
    body: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    extension: str = ""
    inside: tuple[list[Node], str] | None = None


def start(name: str = "start", *, message: str = "") -> Node:
    return Node("startEvent", name, body=_message(message) if message else "")


def end(name: str = "end", *, terminate: bool = False, error: str = "") -> Node:
    body = "<bpmn:terminateEventDefinition/>" if terminate else ""
    return Node("endEvent", name, body=body or (_error(error) if error else ""))


def user(name: str, **properties: str) -> Node:
    return Node("userTask", name, properties=properties)


def service(name: str, operation: str, *, result: str = "", **parameters: str) -> Node:
    inner = "".join(
        f'<spiffworkflow:parameter id="{key}" type="any" value="{escape(value)}"/>'
        for key, value in parameters.items()
    )
    return Node(
        "serviceTask",
        name,
        extension=(
            f'<spiffworkflow:serviceTaskOperator id="{operation}" resultVariable="{result}">'
            f"<spiffworkflow:parameters>{inner}</spiffworkflow:parameters>"
            "</spiffworkflow:serviceTaskOperator>"
        ),
    )


def rule(name: str, decision: str, *, result: str = "") -> Node:
    return Node(
        "businessRuleTask",
        name,
        properties={"result": result} if result else {},
        extension=f"<spiffworkflow:calledDecisionId>{decision}</spiffworkflow:calledDecisionId>",
    )


def xor(name: str, *, default: str = "") -> Node:
    return Node("exclusiveGateway", name, {"default": default} if default else {})


def either(name: str, *, default: str = "") -> Node:
    return Node("inclusiveGateway", name, {"default": default} if default else {})


def both(name: str) -> Node:
    return Node("parallelGateway", name)


def race(name: str) -> Node:
    return Node("eventBasedGateway", name)


def timer(name: str, *, date: str = "", duration: str = "", cycle: str = "") -> Node:
    return Node("intermediateCatchEvent", name, body=_timer(date, duration, cycle))


def catch(name: str, *, message: str = "", signal: str = "") -> Node:
    return Node("intermediateCatchEvent", name, body=_event(message, signal))


def throw(name: str, *, message: str = "", signal: str = "") -> Node:
    return Node("intermediateThrowEvent", name, body=_event(message, signal))


def sub(name: str, nodes: list[Node], flows: str, **properties: str) -> Node:
    return Node("subProcess", name, properties=properties, inside=(nodes, flows))


def call(name: str, process: str) -> Node:
    return Node("callActivity", name, {"calledElement": process})


def boundary(  # a helper of many optional kinds
    name: str,
    on: str,
    *,
    message: str = "",
    signal: str = "",
    date: str = "",
    duration: str = "",
    cycle: str = "",
    error: str = "",
    interrupting: bool = True,
) -> Node:
    timed = date or duration or cycle
    body = _timer(date, duration, cycle) if timed else _event(message, signal)
    return Node(
        "boundaryEvent",
        name,
        {"attachedToRef": on, "cancelActivity": str(interrupting).lower()},
        body=_error(error) if error else body,
    )


def many(
    node: Node,
    items: str,
    item: str,
    *,
    sequential: bool = False,
    until: str = "",
    into: str = "",
    result: str = "",
) -> Node:
    """Repeat an activity for every item of the flag `items`."""
    until = f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>" if until else ""
    collected = f"<bpmn:loopDataOutputRef>{into}</bpmn:loopDataOutputRef>" if into else ""
    output = f'<bpmn:outputDataItem id="{result}" name="{result}"/>' if into else ""
    node.body += (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"<bpmn:loopDataInputRef>{items}</bpmn:loopDataInputRef>{collected}"
        f'<bpmn:inputDataItem id="{item}" name="{item}"/>{output}{until}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    return node


def process(name: str, nodes: list[Node], flows: str, *, lanes: str = "") -> str:
    """Return one process; lanes are written `name: a b; name: c`."""
    return (
        f'<bpmn:process id="{name}" isExecutable="true">{_lanes(lanes)}'
        f"{_scope(name, nodes, flows)}</bpmn:process>"
    )


def document(*processes: str) -> bytes:
    """Return a document with every message, signal and error that its processes name."""
    text = "".join(processes)
    named = "".join(
        f'<bpmn:{kind} id="{kind}_{name}" name="{name}"/>'
        for kind in ("message", "signal")
        for name in sorted(_referenced(text, kind))
    )
    named += "".join(
        f'<bpmn:error id="error_{code}" name="{code}" errorCode="{code}"/>'
        for code in sorted(_referenced(text, "error"))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions {NAMESPACES} '
        f'targetNamespace="urn:tests">{text}{named}</bpmn:definitions>'
    ).encode()


def diagram(name: str, nodes: list[Node], flows: str, *, lanes: str = "") -> bytes:
    """Return a document of one process."""
    return document(process(name, nodes, flows, lanes=lanes))


def _scope(scope: str, nodes: Iterable[Node], flows: str) -> str:
    return "".join(_node(node) for node in nodes) + "".join(_flows(scope, flows))


def _node(node: Node) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in node.attributes.items())
    properties = "".join(
        f'<spiffworkflow:property name="{name.replace("__", ".")}" value="{escape(value)}"/>'
        for name, value in node.properties.items()
    )
    if properties:
        properties = f"<spiffworkflow:properties>{properties}</spiffworkflow:properties>"
    extension = node.extension + properties
    if extension:
        extension = f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>"
    inside = _scope(node.id, *node.inside) if node.inside else ""
    return (
        f'<bpmn:{node.tag} id="{node.id}" name="{node.id}"{attributes}>'
        f"{extension}{node.body}{inside}</bpmn:{node.tag}>"
    )


def _flows(scope: str, text: str) -> Iterable[str]:
    for line in text.replace("\n", ";").split(";"):
        path, _, condition = line.partition("|")
        steps = [step.strip() for step in path.split(">") if step.strip()]
        for number, (source, target) in enumerate(itertools.pairwise(steps)):
            inner = ""
            if condition.strip() and number == 0:
                inner = (
                    '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
                    f"{escape(condition.strip())}</bpmn:conditionExpression>"
                )
            yield (
                f'<bpmn:sequenceFlow id="{source}-{target}" sourceRef="{source}" '
                f'targetRef="{target}">{inner}</bpmn:sequenceFlow>'
            )


def _lanes(text: str) -> str:
    rows = [row.partition(":") for row in text.split(";") if row.strip()]
    if not rows:
        return ""
    lanes = "".join(
        f'<bpmn:lane id="lane_{number}" name="{name.strip()}">'
        + "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes.split())
        + "</bpmn:lane>"
        for number, (name, _, nodes) in enumerate(rows)
    )
    return f'<bpmn:laneSet id="lanes">{lanes}</bpmn:laneSet>'


def _message(name: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="message_{name}"/>'


def _error(code: str) -> str:
    return f'<bpmn:errorEventDefinition errorRef="error_{code}"/>'


def _event(message: str, signal: str) -> str:
    if message:
        return _message(message)
    return f'<bpmn:signalEventDefinition signalRef="signal_{signal}"/>' if signal else ""


def _timer(date: str, duration: str, cycle: str = "") -> str:
    kind, value = ("timeDate", date) if date else ("timeDuration", duration)
    if cycle:
        kind, value = "timeCycle", cycle
    return (
        f"<bpmn:timerEventDefinition><bpmn:{kind}>{escape(value, quote=False)}</bpmn:{kind}>"
        "</bpmn:timerEventDefinition>"
    )


def _referenced(text: str, kind: str) -> set[str]:
    parts = text.split(f'{kind}Ref="{kind}_')[1:]
    return {part.partition('"')[0] for part in parts}
