"""Reads a diagram as it is written, for the deploy gate: nothing judged, nothing left out.

The runner's own reading (`engine.execution.diagram`) takes what it can run. This one takes
everything, what cannot be run as well, with the line of each element, so that a person can be
told what is wrong and where. Elements of other namespaces are passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

from engine.execution import xml
from engine.execution.bpmn_model import (
    Assignment,
    Diagram,
    Event,
    Flow,
    Lane,
    Node,
    ProcessInfo,
)

SCOPES: Final = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})

_NOT_NODES: Final = frozenset(
    {
        "association",
        "auditing",
        "category",
        "dataInputAssociation",
        "dataObject",
        "dataObjectReference",
        "dataOutputAssociation",
        "documentation",
        "extensionElements",
        "group",
        "incoming",
        "ioSpecification",
        "laneSet",
        "monitoring",
        "multiInstanceLoopCharacteristics",
        "outgoing",
        "property",
        "sequenceFlow",
        "standardLoopCharacteristics",
        "textAnnotation",
    }
)
_DEFINITION: Final = "EventDefinition"
_TIMERS: Final = ("timeDate", "timeDuration", "timeCycle")
_REFERENCES: Final = ("messageRef", "signalRef", "errorRef", "escalationRef")
_SHAPES: Final = ("BPMNShape", "BPMNEdge")


def read_bpmn(data: bytes) -> Diagram:
    """Read a BPMN document.

    Raises:
        Invalid: it is too large or deep, declares a document type, or is not well formed.
    """
    root = xml.safe_parse(data)
    names = _names(root)
    reader = _Reader(names)
    for process in _bpmn(root, "process"):
        reader.read_process(process)
    return Diagram(
        processes=tuple(reader.processes),
        nodes=tuple(reader.nodes),
        flows=tuple(reader.flows),
        messages=_named(root, "message"),
        signals=_named(root, "signal"),
        duplicate_ids=_duplicates(root),
        drawn=frozenset(_drawn(root)),
        root=xml.local_name(root) if _is_bpmn(root) else str(root.tag),
    )


class _Reader:
    """Walks through the processes of one document."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.processes: list[ProcessInfo] = []
        self.nodes: list[Node] = []
        self.flows: list[Flow] = []

    def read_process(self, process: etree._Element) -> None:
        lanes = tuple(_lanes(process))
        name = process.get("id", "")
        self.processes.append(
            ProcessInfo(
                id=name,
                name=process.get("name", ""),
                documentation=_documentation(process),
                executable=process.get("isExecutable") != "false",
                line=_line(process),
                lanes=lanes,
            )
        )
        self._scope(process, name, name, {node: lane.name for lane in lanes for node in lane.nodes})

    def _scope(
        self,
        scope: etree._Element,
        scope_id: str,
        process: str,
        lanes: Mapping[str, str],
        around: str | None = None,
    ) -> None:
        for child in scope:
            kind = xml.local_name(child)
            if not _is_bpmn(child) or (kind in _NOT_NODES and kind != "sequenceFlow"):
                continue
            if kind == "sequenceFlow":
                self.flows.append(_flow(child, scope, scope_id))
            elif child.get("id") is not None or kind in SCOPES or kind.endswith(("Task", "Event")):
                lane = lanes.get(child.get("id", ""), around)
                self.nodes.append(self._node(child, kind, scope_id, process, lane))
                if kind in SCOPES:
                    self._scope(child, child.get("id", ""), process, lanes, lane)

    def _node(
        self, node: etree._Element, kind: str, scope: str, process: str, lane: str | None
    ) -> Node:
        operator = _extension(node, "serviceTaskOperator")
        decision = _extension(node, "calledDecisionId")
        return Node(
            id=node.get("id", ""),
            kind=kind,
            name=node.get("name", ""),
            documentation=_documentation(node),
            process=process,
            scope=scope,
            lane=lane,
            line=_line(node),
            events=tuple(self._event(e) for e in _event_definitions(node)),
            attached_to=node.get("attachedToRef"),
            interrupting=node.get("cancelActivity", node.get("isInterrupting")) != "false",
            triggered_by_event=node.get("triggeredByEvent") == "true",
            default=node.get("default"),
            called=node.get("calledElement"),
            loop=_loop_of(node),
            properties=_properties(node),
            operation=operator.get("id", "") if operator is not None else None,
            result=_result(operator, node),
            parameters=tuple(_parameters(operator)),
            decision=(decision.text or "").strip() if decision is not None else None,
            scripts=tuple(_scripts(node)),
        )

    def _event(self, definition: etree._Element) -> Event:
        timer = next((t for t in definition if xml.local_name(t) in _TIMERS), None)
        references = [definition.get(r) for r in _REFERENCES if definition.get(r) is not None]
        return Event(
            kind=xml.local_name(definition).removesuffix(_DEFINITION),
            name=self._names.get(references[0] or "") if references else None,
            timer=xml.local_name(timer) if timer is not None else None,
            expression=_text(timer) if timer is not None else None,
            line=_line(definition),
        )


def _flow(flow: etree._Element, scope: etree._Element, scope_id: str) -> Flow:
    condition = next(_bpmn(flow, "conditionExpression"), None)
    flow_id = flow.get("id", "")
    return Flow(
        id=flow_id,
        source=flow.get("sourceRef", ""),
        target=flow.get("targetRef", ""),
        scope=scope_id,
        condition=(condition.text or "").strip() if condition is not None else None,
        default=any(node.get("default") == flow_id for node in scope),
        name=flow.get("name", ""),
        line=_line(flow),
    )


def _line(element: Any) -> int:  # noqa: ANN401 the stubs of lxml type it as an ellipsis
    return int(element.sourceline or 0)


def _is_bpmn(element: etree._Element) -> bool:
    return str(element.tag).startswith(f"{{{xml.BPMN}}}")


def _bpmn(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iterchildren(xml.tag(xml.BPMN, name))


def _extension(node: etree._Element, name: str) -> etree._Element | None:
    for extensions in _bpmn(node, "extensionElements"):
        return next(extensions.iter(xml.tag(xml.SPIFF, name)), None)
    return None


def _names(root: etree._Element) -> dict[str, str]:
    """Names of everything that an event may refer to, by id; an error goes by its code."""
    return {e.get("id", ""): e.get("errorCode") or e.get("name") or "" for e in root if _is_bpmn(e)}


def _named(root: etree._Element, kind: str) -> frozenset[str]:
    return frozenset(e.get("name", "") for e in _bpmn(root, kind))


def _lanes(process: etree._Element) -> Iterator[Lane]:
    for lane in process.iter(xml.tag(xml.BPMN, "lane")):
        nodes = tuple((ref.text or "").strip() for ref in _bpmn(lane, "flowNodeRef"))
        yield Lane(lane.get("id", ""), lane.get("name", ""), nodes, _line(lane))


def _documentation(node: etree._Element) -> str:
    found = next(_bpmn(node, "documentation"), None)
    return _text(found) if found is not None else ""


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _event_definitions(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        name = xml.local_name(child)
        if name.endswith(_DEFINITION) or name == "eventDefinitionRef":
            yield child


def _loop_of(node: etree._Element) -> str | None:
    for child in node:
        name = xml.local_name(child)
        if name.endswith("LoopCharacteristics"):
            return name.removesuffix("LoopCharacteristics")
    return None


def _properties(node: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for extensions in _bpmn(node, "extensionElements"):
        for entry in extensions.iter(xml.tag(xml.SPIFF, "property")):
            found[entry.get("name", "")] = entry.get("value", "")
    return found


def _result(operator: etree._Element | None, node: etree._Element) -> str | None:
    if operator is not None:
        return operator.get("resultVariable") or None
    return _properties(node).get("result") or None


def _parameters(operator: etree._Element | None) -> Iterator[Assignment]:
    if operator is not None:
        for parameter in operator.iter(xml.tag(xml.SPIFF, "parameter")):
            if parameter.get("value", "").strip():
                yield Assignment(parameter.get("id", ""), parameter.get("value", ""))


def _scripts(node: etree._Element) -> Iterator[str]:
    """Yield the tags of an element that the library would run as Python."""
    if next(_bpmn(node, "script"), None) is not None:
        yield "script"
    for extensions in _bpmn(node, "extensionElements"):
        for name in ("preScript", "postScript", "payloadExpression", "messagePayload"):
            if next(extensions.iter(xml.tag(xml.SPIFF, name)), None) is not None:
                yield name


def _duplicates(root: etree._Element) -> Mapping[str, int]:
    """Ids that occur more than once, with the line of the second; extensions do not count."""
    seen: Counter[str] = Counter()
    repeated: dict[str, int] = {}
    for element in root.iter("{*}*"):
        found = element.get("id")
        if found is None or str(element.tag).startswith(f"{{{xml.SPIFF}}}"):
            continue
        seen[found] += 1
        if seen[found] > 1:
            repeated.setdefault(found, _line(element))
    return repeated


def _drawn(root: etree._Element) -> Iterator[str]:
    for shape in _SHAPES:
        for element in root.iter(xml.tag(xml.BPMNDI, shape)):
            yield element.get("bpmnElement", "")
