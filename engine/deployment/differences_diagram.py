"""What differs between two diagrams: as they run, as they are called, and as they are drawn."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.deployment.differences_values import (
    Aspects,
    Change,
    Titles,
    Written,
    compared,
    either,
    in_order,
)
from engine.execution.bpmn_layout import read_layout
from engine.execution.bpmn_model import Diagram, Event, Flow, Lane, Node, ProcessInfo
from engine.execution.bpmn_reader import read_bpmn

Thing = Node | Flow | Lane | ProcessInfo


@dataclass(frozen=True)
class _Side:
    """One of the two diagrams, beside the newer one.

    What both have is called as the newer calls it: a step that only has another name would else be
    told again at every flow that leads to it.
    """

    diagram: Diagram
    newer: Diagram

    @functools.cached_property
    def _newly(self) -> Counter[str]:
        return _alike(self.newer)

    @functools.cached_property
    def _formerly(self) -> Counter[str]:
        return _alike(self.diagram)

    def title(self, element: str) -> Titles:
        """Return what an element is called."""
        node = self.newer.by_id.get(element) or self.diagram.by_id.get(element)
        return _called(node) if node is not None else (element, element)

    def named(self, element: str) -> Titles:
        """Return what an element is called, with its id where others are called alike."""
        zh, en = self.title(element)
        alike = self._newly if element in self.newer.by_id else self._formerly
        more = f" ({element})" if alike[zh] > 1 else ""
        return f"{zh}{more}", f"{en}{more}"

    def ways(self, element: str) -> list[str]:
        """Return where the flows lead that are tried in their order, by ids of the elements."""
        found = self.diagram.outgoing.get(element, ())
        return [one.target for one in found if not one.default]

    def default(self, node: Node) -> Titles | None:
        """Return where the default flow leads, with its id where another leads there too."""
        found = self.diagram.outgoing.get(node.id, ())
        flow = next((one for one in found if one.id == node.default), None)
        if flow is None:
            return (node.default, node.default) if node.default else None
        zh, en = self.named(flow.target)
        beside = sum(one.target == flow.target for one in found) > 1
        return (f"{zh} [{flow.id}]", f"{en} [{flow.id}]") if beside else (zh, en)


def _alike(diagram: Diagram) -> Counter[str]:
    """Return how many elements of a diagram go by a name."""
    return Counter(node.name or node.id for node in diagram.nodes)


def diagram_changes(path: str, before: bytes, after: bytes) -> Iterator[Change]:
    """Yield what differs: elements, then flows, lanes and processes, then mere layout.

    Raises:
        Invalid: one of the two cannot be read.
    """
    was, now = read_bpmn(before), read_bpmn(after)
    yield from running_changes(path, was, now)
    yield from _moved(path, (before, after), _things(was), _Side(now, now))


def running_changes(path: str, before: Diagram, after: Diagram) -> Iterator[Change]:
    """Yield what differs in how two diagrams run and are called."""
    was, now = _Side(before, after), _Side(after, after)
    old, new = _things(before), _things(after)
    for key in in_order(old, new):
        one = either(key, old, new)
        title = _title(one, now if key in new else was)
        spot = Change(path, _subject(one), "changed", key[1], title)
        yield from compared(spot, _aspects(old.get(key), was), _aspects(new.get(key), now))
        if isinstance(one, Node) and _reordered(was.ways(one.id), now.ways(one.id)):
            yield replace(spot, aspect="ways")


def _reordered(before: list[str], after: list[str]) -> bool:
    """Return whether what both have stands in another order: the first that is open is taken."""
    both = set(before) & set(after)
    return [one for one in before if one in both] != [one for one in after if one in both]


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
    if isinstance(thing, Node):
        return thing.titles
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
    aspects: dict[str, Written | None] = {
        "name": node.name,
        "documentation": node.documentation,
        "kind": node.kind,
        "scope": side.named(node.scope),
        # The scope tells it already, but of what lies in a sub-process.
        "process": None if node.process == node.scope else node.process,
        "lane": node.lane,
        "attached_to": side.named(node.attached_to) if node.attached_to else None,
        "interrupting": _interrupting(node),
        "triggered_by_event": _flag(node.triggered_by_event) if node.triggered_by_event else None,
        "default": side.default(node),
        "called": node.called,
        "loop": node.loop,
        "operation": node.operation,
        "result": node.result,
        "decision": node.decision,
        "scripts": ", ".join(node.scripts),
    }
    aspects |= _events(node.events)
    for name, value in node.properties.items():
        aspects[f"property.{name}"] = value
    for parameter in node.parameters:
        aspects[f"parameter.{parameter.name}"] = parameter.expression
    return aspects


def _interrupting(node: Node) -> str | None:
    """Return whether it interrupts; of what has nothing to interrupt only that it does not."""
    return None if node.interrupting and node.attached_to is None else _flag(node.interrupting)


def _events(events: Sequence[Event]) -> dict[str, Written | None]:
    """Return events as they are written, kind by kind; one that names nothing is there too."""
    found: dict[str, Written | None] = {}
    for kind in dict.fromkeys(event.kind for event in events):
        of_kind = [event for event in events if event.kind == kind]
        found[f"event.{kind}"] = ", ".join(map(_event, of_kind))
        found["timer"] = ", ".join(one.timer for one in of_kind if one.timer) or found.get("timer")
    return found


def _event(event: Event) -> str:
    return " ".join(filter(None, (event.name, event.expression))) or event.kind


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
