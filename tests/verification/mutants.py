"""Mutants of the shipped diagrams: each one fault that a designer might make."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from lxml import etree

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
SPIFF: Final = "http://spiffworkflow.org/bpmn/schema/1.0/core"
_GATEWAYS: Final = {
    "exclusiveGateway": "parallelGateway",
    "parallelGateway": "exclusiveGateway",
    "inclusiveGateway": "parallelGateway",
}
_PEOPLE: Final = ("userTask",)
_MACHINES: Final = ("serviceTask", "businessRuleTask", "sendTask")
_DUTIES: Final = ("act", "body", "form", "escalation", "ladder", "limit", "service")

Element = Any
"""An element of the XML library, which ships no types."""


@dataclass(frozen=True)
class Mutant:
    """A changed diagram: which operator changed what, and the document."""

    operator: str
    process: str
    element: str
    source: bytes

    @property
    def name(self) -> str:
        """How it is told of in a table or a failing test."""
        return f"{self.process}: {self.operator} {self.element}"


Changes = Iterator[tuple[str, Callable[[Element], None]]]

Operator = Callable[[Element], Changes]
"""Yields what may be changed in a document: the element and the change, made on a copy."""


def mutants(process: str, source: bytes) -> Iterator[Mutant]:
    """Yield every mutant of a diagram."""
    root = etree.fromstring(source)
    for name, operator in OPERATORS.items():
        for element, change in operator(root):
            changed = copy.deepcopy(root)
            change(changed)
            _undraw(changed)
            yield Mutant(name, process, element, etree.tostring(changed))


def _all(root: Element, *kinds: str) -> list[Element]:
    return [one for kind in kinds for one in root.iter(f"{{{BPMN}}}{kind}")]


def _by_id(root: Element, name: str) -> Element:
    return next(one for one in root.iter() if one.get("id") == name)


def _kind(element: Element) -> str:
    return str(etree.QName(element).localname)


def _flows(root: Element, end: str, node: str) -> list[Element]:
    return [flow for flow in _all(root, "sequenceFlow") if flow.get(end) == node]


def _remove(root: Element, name: str) -> None:
    found = _by_id(root, name)
    found.getparent().remove(found)
    for tag in ("incoming", "outgoing", "flowNodeRef"):
        for one in _all(root, tag):
            if one.text == name:
                one.getparent().remove(one)


def _undraw(root: Element) -> None:
    """Take away the drawing of what is gone."""
    known = {one.get("id") for one in root.iter() if etree.QName(one).namespace == BPMN}
    for tag in ("BPMNShape", "BPMNEdge"):
        for drawn in list(root.iter(f"{{{DI}}}{tag}")):
            if drawn.get("bpmnElement") not in known:
                drawn.getparent().remove(drawn)


def _lead(root: Element, flow: str, target: str) -> None:
    """Let a flow lead elsewhere."""
    found = _by_id(root, flow)
    old = _by_id(root, found.get("targetRef"))
    for one in list(old):
        if _kind(one) == "incoming" and one.text == flow:
            old.remove(one)
    found.set("targetRef", target)
    incoming = etree.Element(f"{{{BPMN}}}incoming")
    incoming.text = flow
    new = _by_id(root, target)
    place = sum(_kind(one) in {"documentation", "extensionElements", "incoming"} for one in new)
    new.insert(place, incoming)


def _delete_flows(root: Element) -> Changes:
    for flow in _all(root, "sequenceFlow"):
        name = flow.get("id")
        yield name, partial(_remove, name=name)


def _redirect_flows(root: Element) -> Changes:
    for flow in _all(root, "sequenceFlow"):
        scope = flow.getparent()
        nodes = [one for one in scope if one.get("id") and _entered(root, one)]
        others = [n.get("id") for n in nodes if n.get("id") not in _ends(flow)]
        if others:
            # The one behind it in the document, as a slip of the mouse would hit a neighbour.
            target = others[sum(map(ord, flow.get("id"))) % len(others)]
            name = flow.get("id")
            yield name, partial(_lead, flow=name, target=target)


def _entered(root: Element, node: Element) -> bool:
    return bool(_flows(root, "targetRef", node.get("id")))


def _ends(flow: Element) -> set[str]:
    return {flow.get("sourceRef"), flow.get("targetRef")}


def _swap_gateways(root: Element) -> Changes:
    for gateway in _all(root, *_GATEWAYS):
        name = gateway.get("id")
        yield name, partial(_become, name=name)


def _become(tree: Element, name: str) -> None:
    gateway = _by_id(tree, name)
    other = _GATEWAYS[_kind(gateway)]
    gateway.tag = f"{{{BPMN}}}{other}"
    if other == "parallelGateway":
        gateway.attrib.pop("default", None)
        for flow in _flows(tree, "sourceRef", name):
            for condition in _all(flow, "conditionExpression"):
                flow.remove(condition)


def _bypass(kinds: tuple[str, ...]) -> Operator:
    def found(root: Element) -> Changes:
        for node in _all(root, *kinds):
            name = node.get("id")
            if len(_flows(root, "sourceRef", name)) == 1:
                yield name, partial(_skip, name=name)

    return found


def _skip(tree: Element, name: str) -> None:
    """Take a node out and lead what comes in to what lies behind it; its borders go with it."""
    (behind,) = _flows(tree, "sourceRef", name)
    target = behind.get("targetRef")
    _remove(tree, behind.get("id"))
    for flow in _flows(tree, "targetRef", name):
        _lead(tree, flow.get("id"), target)
    for border in [b for b in _all(tree, "boundaryEvent") if b.get("attachedToRef") == name]:
        _cut(tree, border.get("id"))
    _remove(tree, name)


def _cut(tree: Element, name: str) -> None:
    """Take a node out, and whatever nothing leads to any more."""
    waiting = [name]
    while waiting:
        node = waiting.pop()
        for flow in _flows(tree, "sourceRef", node):
            target = flow.get("targetRef")
            _remove(tree, flow.get("id"))
            if not _flows(tree, "targetRef", target):
                waiting.append(target)
        _remove(tree, node)


def _drop_borders(root: Element) -> Changes:
    for border in _all(root, "boundaryEvent"):
        name = border.get("id")
        yield name, partial(_cut, name=name)


def _flip_borders(root: Element) -> Changes:
    for border in _all(root, "boundaryEvent"):
        name = border.get("id")
        yield name, _flip(name)


def _flip(name: str) -> Callable[[Element], None]:
    def change(tree: Element) -> None:
        border = _by_id(tree, name)
        cuts = border.get("cancelActivity") != "false"
        border.set("cancelActivity", "false" if cuts else "true")

    return change


def _drop_terminates(root: Element) -> Changes:
    for definition in _all(root, "terminateEventDefinition"):
        end = definition.getparent().get("id")
        yield end, partial(_undefine, end=end)


def _undefine(tree: Element, end: str) -> None:
    event = _by_id(tree, end)
    for definition in _all(event, "terminateEventDefinition"):
        event.remove(definition)


def _drop_properties(root: Element) -> Changes:
    for one in root.iter(f"{{{SPIFF}}}property"):
        if one.get("name") in _DUTIES:
            node = next(above for above in one.iterancestors() if above.get("id"))
            element, key = node.get("id"), one.get("name")
            if key != "form" or one.get("value") != element:  # the form of its name is meant anyhow
                yield f"{element}.{key}", _without(element, key)


def _without(element: str, key: str) -> Callable[[Element], None]:
    def change(tree: Element) -> None:
        for one in list(_by_id(tree, element).iter(f"{{{SPIFF}}}property")):
            above = next(over for over in one.iterancestors() if over.get("id"))
            if one.get("name") == key and above.get("id") == element:
                one.getparent().remove(one)

    return change


def _drop_results(root: Element) -> Changes:
    for one in root.iter(f"{{{SPIFF}}}serviceTaskOperator"):
        if one.get("resultVariable"):
            node = next(above for above in one.iterancestors() if above.get("id"))
            name = node.get("id")
            yield name, partial(_forget, name=name)


def _forget(tree: Element, name: str) -> None:
    for one in _by_id(tree, name).iter(f"{{{SPIFF}}}serviceTaskOperator"):
        one.attrib.pop("resultVariable", None)


def _swap_conditions(root: Element) -> Changes:
    """Let the condition of a flow and the default change places."""
    for gateway in _all(root, "exclusiveGateway", "inclusiveGateway"):
        name, default = gateway.get("id"), gateway.get("default")
        for flow in _flows(root, "sourceRef", name):
            if default and flow.get("id") != default and len(_all(flow, "conditionExpression")):
                yield flow.get("id"), _exchanged(name, flow.get("id"), default)


def _exchanged(gateway: str, flow: str, default: str) -> Callable[[Element], None]:
    def change(tree: Element) -> None:
        (condition,) = _all(_by_id(tree, flow), "conditionExpression")
        _by_id(tree, default).append(condition)
        _by_id(tree, gateway).set("default", flow)

    return change


OPERATORS: Final[dict[str, Operator]] = {
    "delete a flow": _delete_flows,
    "redirect a flow": _redirect_flows,
    "swap a gateway": _swap_gateways,
    "drop a person's step": _bypass(_PEOPLE),
    "drop an operation": _bypass(_MACHINES),
    "drop an event": _bypass(("intermediateCatchEvent", "intermediateThrowEvent")),
    "drop a border": _drop_borders,
    "flip a border": _flip_borders,
    "drop a terminate": _drop_terminates,
    "drop a duty": _drop_properties,
    "drop a result": _drop_results,
    "swap a condition": _swap_conditions,
}
