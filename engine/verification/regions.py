"""Where the names of a token live: a process, or an activity with a copy of its own.

A plain sub-process hands its names in and out, so it lies in the region around it. What is called
or repeated, and what an event sets off, has a region of its own that begins with nothing known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.verification import model as m
from engine.verification.references import link_name


@dataclass(frozen=True)
class Region:
    """The nodes of one process or box, with those of the plain sub-processes in it."""

    model: m.Model
    root: str

    @cached_property
    def nodes(self) -> Mapping[str, m.Node]:
        """All nodes, those of a sub-process after it."""
        return {node.id: node for node in self._nodes(self.root)}

    @cached_property
    def before(self) -> Mapping[str, tuple[str, ...]]:
        """Of each node: those whose tokens come to it with what they carry behind themselves."""
        return {node.id: tuple(self._before(node)) for node in self.nodes.values()}

    @cached_property
    def beside(self) -> Mapping[str, str]:
        """Of each node whose tokens carry what they carried at another one: that one.

        A boundary event takes up what came into its activity, and so does an entry of a box.
        """
        found: dict[str, str] = {}
        for node in self.nodes.values():
            other = node.attached_to or (node.scope if self.is_entry(node) else "")
            if other in self.nodes:
                found[node.id] = other
        return found

    @cached_property
    def leaves(self) -> Mapping[str, tuple[str, ...]]:
        """Of each sub-process in the region: the nodes at which its tokens end."""
        hosts = [node for node in self.nodes.values() if self.is_box(node)]
        return {
            host.id: tuple(one.id for one in self.model.within[host.id] if self._is_leaf(one))
            for host in hosts
        }

    def is_box(self, node: m.Node) -> bool:
        """Tell whether an activity hands the names of its token in and out."""
        return transparent(self.model, node)

    def is_entry(self, node: m.Node) -> bool:
        """Tell whether a token comes into a scope at a node."""
        linked = node.kind == "intermediateCatchEvent" and node.has("link")
        arrives = self.model.incoming.get(node.id) or node.kind == "boundaryEvent"
        return not (arrives or linked or node.by_event)

    def _nodes(self, scope: str) -> Iterator[m.Node]:
        for node in self.model.within.get(scope, ()):
            yield node
            if transparent(self.model, node):
                yield from self._nodes(node.id)

    def _is_leaf(self, node: m.Node) -> bool:
        linked = node.kind == "intermediateThrowEvent" and node.has("link")
        return not (self.model.outgoing.get(node.id) or linked or node.by_event)

    def _before(self, node: m.Node) -> Iterator[str]:
        yield from (flow.source for flow in self.model.incoming.get(node.id, ()))
        if node.kind == "intermediateCatchEvent" and node.has("link"):
            for other in self.model.within[node.scope]:
                throws = other.kind == "intermediateThrowEvent" and other.has("link")
                if throws and link_name(other) == link_name(node):
                    yield other.id


def transparent(model: m.Model, node: m.Node) -> bool:
    """Tell whether an activity hands the names of its token in and out."""
    plain = node.kind in m.SUB_PROCESSES and not node.by_event and not node.loops
    return plain and model.body(node) is not None


def regions(model: m.Model, processes: Iterable[str]) -> list[Region]:
    """Return the regions of some processes and of what they call."""
    roots = dict.fromkeys(processes)
    for process in list(roots):
        for node in model.everything_in(process):
            body = model.body(node)
            if body is not None and not transparent(model, node):
                roots[body] = None
    return [Region(model, root) for root in roots]
