"""Refuses a document that contradicts itself: ids used twice, references that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.errors import FieldError, Invalid
from engine.execution.plain_xml import Element
from engine.verification import model as m

_SHOWN: Final = 50
"""Errors told of one document; a broken export of a tool has thousands."""


def refuse_broken(root: Element, model: m.Model) -> None:
    """Raise Invalid, with one error an element, unless the document is consistent."""
    found = [*_duplicates(root), *_flows(model), *_attachments(model)]
    found += [*_defaults(model), *_links(model), *_pools(model), *_messages(model)]
    if found:
        told = "; ".join(sorted({error.field for error in found})[:5])
        raise Invalid(
            f"Expected a diagram whose ids and references agree, but {len(found)} do not: {told}",
            f"图中有 {len(found)} 处编号或引用不一致：{told}",
            found[:_SHOWN],
        )


def _duplicates(root: Element) -> Iterator[FieldError]:
    seen: set[str] = set()
    stack = [root]
    while stack:
        element = stack.pop()
        stack.extend(reversed(element.children))
        name = element.get("id")
        if name is not None and name in seen:
            yield FieldError(
                name,
                f"Expected each id once, but {name} is used again in line {element.line}",
                f"编号 {name} 在第 {element.line} 行重复使用",
            )
        seen.add(name or "")


def _missing(element: str, line: int, attribute: str, value: str) -> FieldError:
    shown = value or "(nothing)"
    return FieldError(
        element,
        f"Expected {attribute} of {element} in line {line} to name an element that is there, "
        f"but it names {shown}",
        f"第 {line} 行 {element} 的 {attribute} 指向不存在的元素 {value or '（空）'}",
    )


def _flows(model: m.Model) -> Iterator[FieldError]:
    for flow in model.flows.values():
        source, target = model.nodes.get(flow.source), model.nodes.get(flow.target)
        if source is None:
            yield _missing(flow.id, flow.line, "sourceRef", flow.source)
        if target is None:
            yield _missing(flow.id, flow.line, "targetRef", flow.target)
        if source is not None and target is not None and source.scope != target.scope:
            yield FieldError(
                flow.id,
                f"Expected both ends of {flow.id} in one process or sub-process, but it leads "
                f"from {source.scope} to {target.scope} (line {flow.line})",
                f"第 {flow.line} 行的连线 {flow.id} 从 {source.scope} 跨到 {target.scope}，"
                "两端应在同一流程或子流程内",
            )


def _attachments(model: m.Model) -> Iterator[FieldError]:
    for node in model.nodes.values():
        if node.kind == "boundaryEvent":
            host = model.nodes.get(node.attached_to or "")
            if host is None or host.kind not in m.ACTIVITIES or host.scope != node.scope:
                yield _missing(node.id, node.line, "attachedToRef", node.attached_to or "")


def _defaults(model: m.Model) -> Iterator[FieldError]:
    for node in model.nodes.values():
        if node.default and all(f.id != node.default for f in model.outgoing.get(node.id, ())):
            yield _missing(node.id, node.line, "default", node.default)


def _links(model: m.Model) -> Iterator[FieldError]:
    links = [node for node in model.nodes.values() if node.has("link")]
    targets = {(n.scope, link_name(n)) for n in links if n.kind == "intermediateCatchEvent"}
    for node in links:
        here = (node.scope, link_name(node))
        if node.kind == "intermediateThrowEvent" and here not in targets:
            yield _missing(node.id, node.line, "link", here[1])


def link_name(node: m.Node) -> str:
    """Return the name by which the two ends of a link find each other."""
    return next((one.reference or "" for one in node.definitions if one.kind == "link"), "")


def _pools(model: m.Model) -> Iterator[FieldError]:
    for collaboration in model.collaborations:
        for pool in collaboration.participants:
            if pool.process is not None and pool.process not in model.processes:
                yield _missing(pool.id, pool.line, "processRef", pool.process)


def _messages(model: m.Model) -> Iterator[FieldError]:
    for collaboration in model.collaborations:
        ends = {pool.id for pool in collaboration.participants} | model.nodes.keys()
        for flow in collaboration.message_flows:
            if flow.source not in ends:
                yield _missing(flow.id, flow.line, "sourceRef", flow.source)
            if flow.target not in ends:
                yield _missing(flow.id, flow.line, "targetRef", flow.target)
