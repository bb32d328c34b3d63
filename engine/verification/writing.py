"""What every writer of steps needs: the model, the net, and the ways into and out of a node."""

from __future__ import annotations

from dataclasses import dataclass

from engine.verification import model as m
from engine.verification.choices import alternatives
from engine.verification.dataflow import WRITERS
from engine.verification.layout import Copy
from engine.verification.leaving import Leaving
from engine.verification.names import Value
from engine.verification.net import Net, Transition
from engine.verification.references import link_name
from engine.verification.sources import Sources
from engine.verification.variables import NONE, Variables


@dataclass(frozen=True, slots=True)
class Way:
    """Tokens that are put when a node is left, the flows they are put on, and the values.

    A variable is given a value by clearing all its values and putting one.
    """

    produce: tuple[int, ...]
    flows: tuple[str, ...]
    read: tuple[int, ...] = ()
    inhibit: tuple[int, ...] = ()
    clear: tuple[int, ...] = ()
    values: tuple[tuple[str, Value], ...] = ()

    def step(self, step: Transition) -> Transition:
        """Let a step, which puts the tokens, read and write the values too."""
        step.read = (*step.read, *self.read)
        step.inhibit = (*step.inhibit, *self.inhibit)
        step.clear = (*step.clear, *self.clear)
        step.values = self.values
        return step


@dataclass(frozen=True, slots=True)
class Writer:
    """The net that is being written for one subject."""

    model: m.Model
    net: Net
    sources: Sources
    slots: int
    variables: Variables = NONE

    def ins(self, copy: Copy, node: m.Node) -> list[int]:
        """Return the places whose tokens enter a node one at a time."""
        flows = self.model.incoming.get(node.id, ())
        found = [copy.flows[flow.id] for flow in flows if flow.id in copy.flows]
        entry = copy.entries.get(node.id)
        return found if entry is None else [*found, entry]

    def ways(self, copy: Copy, node: m.Node) -> list[Way]:
        """Return the ways in which a node can be left."""
        flows = self.model.outgoing.get(node.id, ())
        if self.variables is NONE or not self._follows(node):
            return [
                Way(tuple(copy.flows[f.id] for f in chosen), tuple(f.id for f in chosen))
                for chosen in alternatives(node, flows)
            ]
        return [
            Way(
                produce=(*(copy.flows[flow.id] for flow in one.flows), *one.produce),
                flows=tuple(flow.id for flow in one.flows),
                read=tuple(one.read),
                inhibit=tuple(one.inhibit),
                clear=tuple(one.clear),
                values=one.values,
            )
            for one in Leaving(self.variables, copy.variables, copy.stuck).exits(node, flows)
        ]

    def _follows(self, node: m.Node) -> bool:
        """Tell whether names are read, written or forgotten where a node is left."""
        if node.kind == "boundaryEvent":
            host = self.model.nodes[node.attached_to or ""]
            return node.interrupting and self.model.body(host) is None
        return node.kind in WRITERS and self.model.body(node) is None

    def link_target(self, node: m.Node) -> m.Node:
        """Return the catching end of a link."""
        wanted = link_name(node)
        return next(
            one
            for one in self.model.within[node.scope]
            if one.kind == "intermediateCatchEvent" and one.has("link") and link_name(one) == wanted
        )
