"""What differs between two diagrams: as they run, as they are called, and as they are drawn."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.deployment.differences_values import Aspects, Change, Titles, compared, either, in_order
from engine.execution.bpmn_layout import read_layout
from engine.execution.bpmn_model import Diagram, Event, Flow, Lane, Node, ProcessInfo
from engine.execution.bpmn_reader import read_bpmn

Thing = Node | Flow | Lane | ProcessInfo


@dataclass(frozen=True)
class _Side:
    """One of the two diagrams."""

    diagram: Diagram

    @functools.cached_property
    def _alike(self) -> Counter[str]:
        return Counter(node.name or node.id for node in self.diagram.nodes)

    def title(self, element: str) -> Titles:
        """Return what an element is called."""
        node = self.diagram.by_id.get(element)
        return _called(node) if node is not None else (element, element)

    def named(self, element: str) -> str:
        """Return what an element is called, with its id where others are called alike."""
        title = self.title(element)[0]
        return f"{title} ({element})" if self._alike[title] > 1 else title


def diagram_changes(path: str, before: bytes, after: bytes) -> Iterator[Change]:
    """Yield what differs: elements, then flows, lanes and processes, then mere layout.

    Raises:
        Invalid: one of the two cannot be read.
    """
    was, now = _Side(read_bpmn(before)), _Side(read_bpmn(after))
    old, new = _things(was.diagram), _things(now.diagram)
    for key in in_order(old, new):
        one = either(key, old, new)
        title = _title(one, now if key in new else was)
        spot = Change(path, _subject(one), "changed", key[1], title)
        yield from compared(spot, _aspects(old.get(key), was), _aspects(new.get(key), now))
    yield from _moved(path, (before, after), old, now)


def _things(diagram: Diagram) -> dict[tuple[int, str], Thing]:
    """Return everything that has an id, elements first."""
    found: dict[tuple[int, str], Thing] = {}
    kinds: tuple[tuple[Thing, ...], ...] = (
        diagram.nodes,
        diagram.flows,
        tuple(lane for process in diagram.processes for lane in process.lanes),
        diagram.processes,
    )
    for place, things in enumerate(kinds):
        for thing in things:
            found.setdefault((place, thing.id), thing)
    return found


def _subject(thing: Thing) -> str:
    if isinstance(thing, Node):
        return thing.kind
    return {Flow: "flow", Lane: "lane", ProcessInfo: "process"}[type(thing)]


def _title(thing: Thing, side: _Side) -> Titles:
    if not isinstance(thing, Flow):
        return _called(thing)
    source, target = side.title(thing.source), side.title(thing.target)
    return f"{source[0]}→{target[0]}", f"{source[1]} → {target[1]}"


def _called(thing: Node | Lane | ProcessInfo) -> Titles:
    english = "" if isinstance(thing, Lane) else thing.documentation.partition("\n")[0]
    name = thing.name or thing.id
    return name, english or name


def _aspects(thing: Thing | None, side: _Side) -> Aspects | None:
    if thing is None:
        return None
    if isinstance(thing, Node):
        return _node(thing, side)
    if isinstance(thing, Flow):
        return _flow(thing, side)
    if isinstance(thing, Lane):
        return {"name": thing.name}
    return {
        "name": thing.name,
        "documentation": thing.documentation,
        "executable": _flag(thing.executable),
    }


def _node(node: Node, side: _Side) -> Aspects:
    aspects: dict[str, str | None] = {
        "name": node.name,
        "documentation": node.documentation,
        "kind": node.kind,
        "scope": side.title(node.scope)[0],
        "lane": node.lane,
        "attached_to": node.attached_to and side.named(node.attached_to),
        "interrupting": None if node.attached_to is None else _flag(node.interrupting),
        "triggered_by_event": _flag(node.triggered_by_event) if node.triggered_by_event else None,
        "called": node.called,
        "loop": node.loop,
        "operation": node.operation,
        "result": node.result,
        "decision": node.decision,
        "scripts": ", ".join(node.scripts),
    }
    ways = side.diagram.outgoing.get(node.id, ())
    aspects["default"] = next((side.named(one.target) for one in ways if one.default), None)
    for event in node.events:
        aspects[f"event.{event.kind}"] = _event(event)
    for name, value in node.properties.items():
        aspects[f"property.{name}"] = value
    for parameter in node.parameters:
        aspects[f"parameter.{parameter.name}"] = parameter.expression
    return aspects


def _event(event: Event) -> str:
    """Return an event as it is written; one that names nothing is there all the same."""
    return event.expression or event.name or event.kind


def _flow(flow: Flow, side: _Side) -> Aspects:
    return {
        "name": flow.name,
        "source": side.named(flow.source),
        "target": side.named(flow.target),
        "condition": flow.condition,
    }


def _flag(value: bool) -> str:  # noqa: FBT001 a value, not a mode
    return "true" if value else "false"


def _moved(
    path: str, files: tuple[bytes, bytes], old: Mapping[tuple[int, str], Thing], side: _Side
) -> Iterator[Change]:
    """Yield what is drawn elsewhere; a line follows its ends and is not told."""
    was, now = read_layout(files[0]), read_layout(files[1])
    for key, thing in _things(side.diagram).items():
        if isinstance(thing, Flow) or key not in old or was.get(key[1]) == now.get(key[1]):
            continue
        yield Change(path, _subject(thing), "moved", key[1], _title(thing, side), "layout")
