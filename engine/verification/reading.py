"""Reads a BPMN document of any tool into the verifier's model, told where it contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from engine import errors
from engine.execution.plain_xml import Element, read_plain
from engine.verification import model as m
from engine.verification.references import refuse_broken

SIZE_LIMIT: Final = 5_000_000
"""Bytes of one document: more than twice what may be deployed, since others' files are read too."""

_DEFINITION: Final = "EventDefinition"
_NODES: Final = m.ACTIVITIES | m.GATEWAYS | m.EVENTS
_NOT_NODES: Final = frozenset(
    {
        *("artifact", "association", "auditing", "category", "categoryValueRef"),
        *("dataInput", "dataInputAssociation", "dataObject", "dataObjectReference", "dataOutput"),
        *("dataOutputAssociation", "dataState", "dataStoreReference", "documentation"),
        *("extensionElements", "group", "incoming", "ioBinding", "ioSpecification", "laneSet"),
        *("completionCondition", "correlationSubscription", "flowNodeRef", "monitoring"),
        *("multiInstanceLoopCharacteristics", "outgoing", "performer", "potentialOwner"),
        *("property",),
        *("resourceRole", "sequenceFlow", "standardLoopCharacteristics", "supports"),
        *("supportedInterfaceRef", "textAnnotation", "humanPerformer", "script"),
    }
)


def read_model(data: bytes) -> m.Model:
    """Read one BPMN document.

    Raises:
        Invalid: it is no BPMN 2.0 document, too large, has no process, uses an id twice or
            refers to what is not there; `errors` says at which elements.
    """
    root = read_plain(data, limit=SIZE_LIMIT)
    reader = _Reader(root)
    model = reader.model()
    refuse_broken(root, model)
    return model


class _Reader:
    def __init__(self, root: Element) -> None:
        self._root = root
        self._names = _names(root)
        self._nodes: dict[str, m.Node] = {}
        self._flows: dict[str, m.Flow] = {}
        self._foreign: list[tuple[str, str]] = []

    def model(self) -> m.Model:
        processes = [one for one in self._root.children if one.name == "process"]
        if not processes:
            raise errors.Invalid(
                "Expected a diagram with a process, but there is none",
                "文件里没有流程（process）",
            )
        for process in processes:
            self._scope(process, _id(process))
        return m.Model(
            processes=tuple(_id(process) for process in processes),
            nodes=self._nodes,
            flows=self._flows,
            collaborations=tuple(_collaborations(self._root)),
            foreign=tuple(self._foreign),
        )

    def _scope(self, scope: Element, scope_id: str) -> None:
        for child in scope.children:
            if child.name == "sequenceFlow":
                flow = _flow(child)
                self._flows[flow.id] = flow
            elif child.name in _NODES:
                node = self._node(child, scope_id)
                self._nodes[node.id] = node
                if child.name in m.SUB_PROCESSES:
                    self._scope(child, node.id)
            elif child.name not in _NOT_NODES and not child.name.endswith("Association"):
                self._foreign.append((child.get("id") or f"line {child.line}", child.name))

    def _node(self, node: Element, scope: str) -> m.Node:
        called = node.get("calledElement")
        return m.Node(
            id=_id(node),
            kind=node.name,
            scope=scope,
            line=node.line,
            definitions=tuple(self._definitions(node)),
            attached_to=node.get("attachedToRef"),
            interrupting=(node.get("cancelActivity") or node.get("isInterrupting"))
            not in {"false", "0"},
            by_event=_true(node, "triggeredByEvent"),
            default=node.get("default"),
            called=_local(called) if called else None,
            loops=any(child.name.endswith("LoopCharacteristics") for child in node.children),
            instantiates=_true(node, "instantiate"),
            compensates=_true(node, "isForCompensation"),
            parallel_multiple=_true(node, "parallelMultiple"),
        )

    def _definitions(self, node: Element) -> Iterator[m.Definition]:
        if node.name not in m.EVENTS:
            return
        for child in node.children:
            if child.name.endswith(_DEFINITION):
                yield self._definition(child, node)
            elif child.name == "eventDefinitionRef":
                shared = self._shared.get(_local(child.text))
                yield self._definition(shared, node) if shared else m.Definition("unknown")

    @property
    def _shared(self) -> Mapping[str, Element]:
        """Event definitions that stand beside the processes and are referred to."""
        definitions = (one for one in self._root.children if one.name.endswith(_DEFINITION))
        return {one.get("id") or "": one for one in definitions}

    def _definition(self, definition: Element, node: Element) -> m.Definition:
        kind = definition.name.removesuffix(_DEFINITION)
        reference = definition.get(f"{kind}Ref")
        if kind == "link":
            return m.Definition(kind, definition.get("name") or node.get("name"))
        again = any(child.name == "timeCycle" for child in definition.children)
        name = self._names.get(_local(reference), reference) if reference else None
        return m.Definition(kind, name, once=not again)


def _flow(flow: Element) -> m.Flow:
    condition = next((one for one in flow.children if one.name == "conditionExpression"), None)
    return m.Flow(
        id=_id(flow),
        source=flow.get("sourceRef") or "",
        target=flow.get("targetRef") or "",
        line=flow.line,
        condition=condition.text if condition is not None else None,
    )


def _names(root: Element) -> dict[str, str]:
    """What errors and escalations are matched by: their code, else their id."""
    kinds = {"error": "errorCode", "escalation": "escalationCode"}
    return {
        one.get("id") or "": one.get(kinds[one.name]) or one.get("id") or ""
        for one in root.children
        if one.name in kinds
    }


def _collaborations(root: Element) -> Iterator[m.Collaboration]:
    for one in root.children:
        if one.name == "collaboration":
            yield m.Collaboration(
                id=_id(one),
                participants=tuple(_participants(one.children)),
                message_flows=tuple(_message_flows(one.children)),
            )


def _participants(children: Iterable[Element]) -> Iterator[m.Participant]:
    for one in children:
        if one.name == "participant":
            process = one.get("processRef")
            yield m.Participant(_id(one), _local(process) if process else None, one.line)


def _message_flows(children: Iterable[Element]) -> Iterator[m.MessageFlow]:
    for one in children:
        if one.name == "messageFlow":
            yield m.MessageFlow(
                id=_id(one),
                source=_local(one.get("sourceRef") or ""),
                target=_local(one.get("targetRef") or ""),
                line=one.line,
            )


def _id(element: Element) -> str:
    """Return the id, or the kind and line of an element that has none."""
    return element.get("id") or f"{element.name}@{element.line}"


def _true(element: Element, attribute: str) -> bool:
    return element.get(attribute) in {"true", "1"}


def _local(reference: str) -> str:
    """Return the id in a qualified name, such as `order` in `tns:order`."""
    return reference.rpartition(":")[2]
