"""What every writer of steps needs: the model, the net, and the ways into and out of a node."""

from __future__ import annotations

from dataclasses import dataclass

from engine.verification import model as m
from engine.verification.choices import alternatives
from engine.verification.layout import Copy
from engine.verification.net import Net
from engine.verification.references import link_name
from engine.verification.sources import Sources


@dataclass(frozen=True, slots=True)
class Way:
    """Tokens that are put when a node is left, and the flows they are put on."""

    produce: tuple[int, ...]
    flows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """The net that is being written for one subject."""

    model: m.Model
    net: Net
    sources: Sources
    slots: int

    def ins(self, copy: Copy, node: m.Node) -> list[int]:
        """Return the places whose tokens enter a node one at a time."""
        flows = self.model.incoming.get(node.id, ())
        found = [copy.flows[flow.id] for flow in flows if flow.id in copy.flows]
        entry = copy.entries.get(node.id)
        return found if entry is None else [*found, entry]

    def ways(self, copy: Copy, node: m.Node) -> list[Way]:
        """Return the ways in which a node can be left."""
        flows = self.model.outgoing.get(node.id, ())
        return [
            Way(tuple(copy.flows[f.id] for f in chosen), tuple(f.id for f in chosen))
            for chosen in alternatives(node, flows)
        ]

    def link_target(self, node: m.Node) -> m.Node:
        """Return the catching end of a link."""
        wanted = link_name(node)
        return next(
            one
            for one in self.model.within[node.scope]
            if one.kind == "intermediateCatchEvent" and one.has("link") and link_name(one) == wanted
        )
