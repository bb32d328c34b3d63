"""Flags that are read where nothing may have written them: reading one stops the case.

Where a newer version writes a flag that the former one does not know, a case that is past the
place of writing has no such flag; what follows the places where it stands is searched for a reader.
So is what follows the start of a diagram that is to be deployed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.execution.bpmn_model import Diagram, Node
from engine.expressions import feel

Bound = Callable[[str], Iterable[str]]
"""Returns the flags to which fields of a form are bound, by the id of the form."""


@dataclass(frozen=True)
class FlagUse:
    """Which elements of a version write and read each flag, and what may follow an element.

    A boundary event follows its activity without its having been completed, so that nothing that
    the activity writes is there.
    """

    writers: Mapping[str, frozenset[str]]
    readers: Mapping[str, frozenset[str]]
    completed: Mapping[str, tuple[str, ...]]
    left: Mapping[str, tuple[str, ...]]

    def unwritten(self, flag: str, standing: Collection[str]) -> str | None:
        """Return an element that may read a flag before anything has written it."""
        writers, readers = (one.get(flag, frozenset()) for one in (self.writers, self.readers))
        waiting, seen = sorted(standing, reverse=True), set(standing)
        while waiting:
            element = waiting.pop()
            if element in readers and element not in writers:
                return element
            behind = self.left.get(element, ())
            if element not in writers:
                behind = (*behind, *self.completed.get(element, ()))
            waiting.extend(one for one in behind if one not in seen)
            seen.update(behind)
        return None


def flag_use(diagrams: Iterable[Diagram], bound: Bound) -> FlagUse:
    """Return how the diagrams of a version use its flags."""
    nodes = [(diagram, node) for diagram in diagrams for node in diagram.nodes]
    return FlagUse(
        writers=_by_flag((flag, node.id) for _, node in nodes for flag in _written(node, bound)),
        readers=_by_flag(
            (path[0], node.id)
            for diagram, node in nodes
            for text in _expressions(diagram, node)
            for path in feel.references(text)
        ),
        completed={node.id: tuple(_completed(diagram, node)) for diagram, node in nodes},
        left={node.id: tuple(_left(diagram, node)) for diagram, node in nodes},
    )


def _by_flag(pairs: Iterator[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for flag, element in pairs:
        found.setdefault(flag, set()).add(element)
    return {flag: frozenset(elements) for flag, elements in found.items()}


def _written(node: Node, bound: Bound) -> Iterator[str]:
    if node.result:
        yield node.result
    yield from (assignment.name for assignment in node.assignments)
    if node.kind == "userTask":
        yield from bound(node.properties.get("form", node.id))


def _expressions(diagram: Diagram, node: Node) -> Iterator[str]:
    yield from (flow.condition for flow in diagram.outgoing.get(node.id, ()) if flow.condition)
    yield from (event.expression for event in node.events if event.expression)
    yield from (one.expression for one in (*node.assignments, *node.parameters))


def _completed(diagram: Diagram, node: Node) -> Iterator[str]:
    """What comes once an element is done; a box is done once one of its ends is reached."""
    inner = node.called if node.kind == "callActivity" else node.id
    starts = [one.id for one in diagram.scopes.get(inner or "", ()) if one.kind == "startEvent"]
    yield from starts or (flow.target for flow in diagram.outgoing.get(node.id, ()))
    if node.kind == "endEvent":
        boxes = [one for one in diagram.nodes if node.scope in (one.id, one.called)]
        yield from (flow.target for box in boxes for flow in diagram.outgoing.get(box.id, ()))


def _left(diagram: Diagram, node: Node) -> Iterator[str]:
    """The events at which an element, or a box that it lies in, may be left or stands beside."""
    inside: Node | None = node
    while inside is not None:
        yield from (one.id for one in diagram.boundaries.get(inside.id, ()))
        inside = diagram.by_id.get(inside.scope)
