"""Changes shipped diagrams the way somebody might by mistake: a task, flow or date less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as Tree

from engine.deployment.bundle import Bundle

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_OURS = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"

Change = Callable[["Drawing"], None]


class Drawing:
    """A diagram that can be changed by the ids of its elements."""

    def __init__(self, content: bytes) -> None:
        """Parse."""
        self.root = Tree.fromstring(content)  # noqa: S314 our own files

    def element(self, name: str) -> Tree.Element:
        """Return an element."""
        return next(one for one in self.root.iter() if one.get("id") == name)

    def flows(self, end: str, node: str) -> list[Tree.Element]:
        """Return the flows with a node at an end, `sourceRef` or `targetRef`."""
        return [one for one in self.root.iter(f"{_BPMN}sequenceFlow") if one.get(end) == node]

    def remove(self, name: str) -> None:
        """Take an element out."""
        gone = self.element(name)
        for parent in self.root.iter():
            if gone in list(parent):
                parent.remove(gone)
                return

    def retarget(self, flow: str, node: str) -> None:
        """Let a flow lead to another node."""
        found = self.element(flow)
        old = self.element(found.get("targetRef") or "")
        for one in old.findall(f"{_BPMN}incoming"):
            if one.text == flow:
                old.remove(one)
        found.set("targetRef", node)
        Tree.SubElement(self.element(node), f"{_BPMN}incoming").text = flow

    def bytes(self) -> bytes:
        """Return the document."""
        return bytes(Tree.tostring(self.root, encoding="utf-8"))


def changed(bundle: Bundle, *changes: Change) -> Bundle:
    """Return a bundle with a changed diagram."""
    drawing = Drawing(bundle.files[bundle.diagram_path])
    for change in changes:
        change(drawing)
    return Bundle(bundle.process, {**bundle.files, bundle.diagram_path: drawing.bytes()})


def skip(name: str) -> Change:
    """Take a node with one way out of the way: what came to it goes on behind it."""

    def change(drawing: Drawing) -> None:
        (out,) = drawing.flows("sourceRef", name)
        target = out.get("targetRef") or ""
        for flow in drawing.flows("targetRef", name):
            drawing.retarget(flow.get("id") or "", target)
        for boundary in list(drawing.root.iter(f"{_BPMN}boundaryEvent")):
            if boundary.get("attachedToRef") == name:
                for flow in drawing.flows("sourceRef", boundary.get("id") or ""):
                    drop(flow.get("id") or "")(drawing)
                drawing.remove(boundary.get("id") or "")
        drop(out.get("id") or "")(drawing)
        drawing.remove(name)

    return change


def drop(flow: str) -> Change:
    """Take a flow out."""

    def change(drawing: Drawing) -> None:
        for one in drawing.root.iter():
            for said in [c for c in one if c.tag in (f"{_BPMN}incoming", f"{_BPMN}outgoing")]:
                if said.text == flow:
                    one.remove(said)
        drawing.remove(flow)

    return change


def erase(*names: str) -> Change:
    """Take nodes out with every flow into and out of them."""

    def change(drawing: Drawing) -> None:
        for name in names:
            for flow in [*drawing.flows("sourceRef", name), *drawing.flows("targetRef", name)]:
                drop(flow.get("id") or "")(drawing)
            drawing.remove(name)

    return change


def lead(flow: str, node: str) -> Change:
    """Let a flow lead to another node."""
    return lambda drawing: drawing.retarget(flow, node)


def say(name: str, prop: str, value: str) -> Change:
    """Give one of our properties another value, or an element the property that it has not."""

    def change(drawing: Drawing) -> None:
        element = drawing.element(name)
        known = [one for one in element.iter(f"{_OURS}property") if one.get("name") == prop]
        for one in known or [_property(element, prop)]:
            one.set("value", value)

    return change


def _property(element: Tree.Element, name: str) -> Tree.Element:
    more = element.find(f"{_BPMN}extensionElements")
    if more is None:
        more = Tree.Element(f"{_BPMN}extensionElements")
        element.insert(0, more)
    held = more.find(f"{_OURS}properties")
    if held is None:
        held = Tree.SubElement(more, f"{_OURS}properties")
    return Tree.SubElement(held, f"{_OURS}property", {"name": name})


def ask_before(flow: str, name: str, **properties: str) -> Change:
    """Draw a task of somebody on a flow."""

    def change(drawing: Drawing) -> None:
        _put_on(drawing, flow, "userTask", name)
        for prop, value in properties.items():
            say(name, prop, value)(drawing)

    return change


def wait_before(flow: str, name: str, due: str) -> Change:
    """Draw a wait for a date on a flow."""

    def change(drawing: Drawing) -> None:
        _put_on(drawing, flow, "intermediateCatchEvent", name)
        _date(drawing.element(name), due)

    return change


def hurry(task: str, name: str, due: str, target: str) -> Change:
    """Draw a date on a task that ends it and leads to a node."""

    def change(drawing: Drawing) -> None:
        scope = next(one for one in drawing.root.iter() if drawing.element(task) in list(one))
        given = {"id": name, "attachedToRef": task, "cancelActivity": "true"}
        _date(Tree.SubElement(scope, f"{_BPMN}boundaryEvent", given), due)
        _lead_on(drawing, scope, name, target)

    return change


def _date(event: Tree.Element, due: str) -> None:
    timer = Tree.SubElement(event, f"{_BPMN}timerEventDefinition")
    Tree.SubElement(timer, f"{_BPMN}timeDate").text = f'due("{due}")'


def _put_on(drawing: Drawing, flow: str, kind: str, name: str) -> None:
    target = drawing.element(flow).get("targetRef") or ""
    scope = next(one for one in drawing.root.iter() if drawing.element(flow) in list(one))
    Tree.SubElement(scope, f"{_BPMN}{kind}", {"id": name})
    drawing.retarget(flow, name)
    _lead_on(drawing, scope, name, target)


def _lead_on(drawing: Drawing, scope: Tree.Element, name: str, target: str) -> None:
    on = {"id": f"{name}_on", "sourceRef": name, "targetRef": name}
    Tree.SubElement(scope, f"{_BPMN}sequenceFlow", on)
    Tree.SubElement(drawing.element(name), f"{_BPMN}outgoing").text = on["id"]
    drawing.retarget(on["id"], target)


def condition(flow: str, text: str) -> Change:
    """Write another condition on a flow."""

    def change(drawing: Drawing) -> None:
        found = drawing.element(flow).find(f"{_BPMN}conditionExpression")
        assert found is not None
        found.text = text

    return change


def table(bundle: Bundle, name: str, before: str, after: str) -> Bundle:
    """Write something else in a decision table."""
    path = f"{name}.dmn"
    text = bundle.files[path].decode()
    assert before in text
    return replace(bundle, files={**bundle.files, path: text.replace(before, after).encode()})


def rename(message: str, name: str) -> Change:
    """Let a message have another name."""

    def change(drawing: Drawing) -> None:
        for one in drawing.root.iter(f"{_BPMN}message"):
            if one.get("name") == message:
                one.set("name", name)

    return change
