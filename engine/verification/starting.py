"""How a scope begins: by a start event, by an instantiating node, or wherever nothing leads in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.verification import model as m
from engine.verification.layout import Copy
from engine.verification.sources import scope_starts
from engine.verification.writing import Writer


@dataclass(frozen=True, slots=True)
class Start:
    """One way in which a scope begins."""

    event: m.Node | None
    produce: tuple[int, ...]
    flows: tuple[str, ...] = ()
    executes: tuple[str, ...] = ()

    @property
    def elements(self) -> tuple[str, ...]:
        """Ids that a reader sees happen."""
        return () if self.event is None else (self.event.id,)


def starts(writer: Writer, copy: Copy) -> list[Start]:
    """Return the ways in which a scope begins; each is one instance of its own."""
    found = [
        Start(event, way.produce, way.flows)
        for event in scope_starts(writer.model, copy.scope).values()
        for way in writer.ways(copy, event)
    ]
    found += _instantiating(writer, copy)
    # What is left without any of these begins at every node that nothing enters.
    return found or [Start(None, tuple(copy.entries.values()))]


def openers(model: m.Model, scope: str) -> Iterator[m.Node]:
    """Yield the nodes whose messages begin an instance of a process."""
    for node in model.within.get(scope, ()):
        if node.kind == "startEvent" or (node.instantiates and node.kind == "receiveTask"):
            yield node
        elif node.instantiates:
            yield from (model.nodes[flow.target] for flow in model.outgoing.get(node.id, ()))


def _instantiating(writer: Writer, copy: Copy) -> Iterator[Start]:
    for node in writer.model.within.get(copy.scope, ()):
        if not node.instantiates or writer.model.incoming.get(node.id):
            continue
        if node.kind == "receiveTask":
            for way in writer.ways(copy, node):
                yield Start(node, way.produce, way.flows, (node.id,))
        for flow in writer.model.outgoing.get(node.id, ()):
            if node.kind == "eventBasedGateway":
                event = writer.model.nodes[flow.target]
                ran = (event.id,) if event.kind in m.ACTIVITIES else ()
                for way in writer.ways(copy, event):
                    yield Start(event, way.produce, (flow.id, *way.flows), ran)
