"""What the XML of a diagram says and the library forgets: elements, flows, lanes, properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine.execution import xml
from engine.execution.model import ElementInfo

SCOPES: Final = frozenset({"process", "subProcess", "transaction", "adHocSubProcess"})

_NOT_NODES: Final = frozenset(
    {"sequenceFlow", "laneSet", "extensionElements", "documentation", "dataObject",
     "dataObjectReference", "textAnnotation", "association", "group", "ioSpecification",
     "incoming", "outgoing", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics"}
)  # fmt: skip
_DEFINITION: Final = "EventDefinition"


@dataclass(frozen=True, slots=True)
class Diagram:
    """The elements of one or more documents and the flows between them."""

    elements: Mapping[str, ElementInfo]
    flows: Mapping[tuple[str, str], str]
    """Sequence flow by its two ends; of two flows with the same ends, the first."""

    message_starts: Mapping[str, frozenset[str]]
    """Names of the messages that start a process, by process."""


def read_diagram(roots: list[etree._Element]) -> Diagram:
    """Read every process of the documents.

    Raises:
        Nothing for a doubtful diagram: the checks of a deployment say what is wrong with it.
    """
    elements: dict[str, ElementInfo] = {}
    flows: dict[tuple[str, str], str] = {}
    starts: dict[str, frozenset[str]] = {}
    for root in roots:
        messages = {m.get("id"): m.get("name", "") for m in root.iter(xml.tag(xml.BPMN, "message"))}
        for process in root.iter(xml.tag(xml.BPMN, "process")):
            name = process.get("id", "")
            elements.update((info.id, info) for info in _nodes(process, name, _lanes(process)))
            starts[name] = frozenset(_message_starts(process, messages))
        for flow in root.iter(xml.tag(xml.BPMN, "sequenceFlow")):
            ends = (flow.get("sourceRef", ""), flow.get("targetRef", ""))
            flows.setdefault(ends, flow.get("id", ""))
    return Diagram(elements, flows, starts)


def _nodes(
    scope: etree._Element, scope_id: str, lanes: Mapping[str, str], around: str | None = None
) -> Iterator[ElementInfo]:
    for node in scope:
        kind, element_id = xml.local_name(node), node.get("id")
        if not element_id or kind in _NOT_NODES or not _is_bpmn(node):
            continue
        lane = lanes.get(element_id, around)
        yield ElementInfo(
            id=element_id,
            kind=kind,
            name=node.get("name", ""),
            scope=scope_id,
            lane=lane,
            event=_event_of(node),
            attached_to=node.get("attachedToRef"),
            properties=_properties(node),
        )
        if kind in SCOPES:
            yield from _nodes(node, element_id, lanes, lane)


def _is_bpmn(node: etree._Element) -> bool:
    return str(node.tag).startswith(f"{{{xml.BPMN}}}")


def _lanes(process: etree._Element) -> dict[str, str]:
    return {
        (reference.text or "").strip(): lane.get("name", "")
        for lane in process.iter(xml.tag(xml.BPMN, "lane"))
        for reference in lane.findall(xml.tag(xml.BPMN, "flowNodeRef"))
    }


def _event_of(node: etree._Element) -> str | None:
    for child in node:
        name = xml.local_name(child)
        if name.endswith(_DEFINITION):
            return name.removesuffix(_DEFINITION)
    return None


def _properties(node: etree._Element) -> dict[str, str]:
    extensions = node.find(xml.tag(xml.BPMN, "extensionElements"))
    if extensions is None:
        return {}
    return {
        entry.get("name", ""): entry.get("value", "")
        for entry in extensions.iter(xml.tag(xml.SPIFF, "property"))
    }


def _message_starts(process: etree._Element, messages: Mapping[str | None, str]) -> Iterator[str]:
    for start in process.findall(xml.tag(xml.BPMN, "startEvent")):
        for definition in start.findall(xml.tag(xml.BPMN, "messageEventDefinition")):
            yield messages.get(definition.get("messageRef"), "")
