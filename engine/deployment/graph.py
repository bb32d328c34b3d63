"""The shape of one scope of a diagram: what follows what, loops, what can be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.execution.bpmn_model import Diagram, Node

HUMAN: Final = frozenset({"userTask", "manualTask", "task"})
SCOPES: Final = frozenset({"subProcess", "transaction", "adHocSubProcess"})
WAITING: Final = HUMAN | {"receiveTask", "intermediateCatchEvent", "eventBasedGateway"}
DECIDING: Final = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway"})


@dataclass(frozen=True)
class Graph:
    """The elements of one scope with their successors; a boundary event follows its activity."""

    nodes: Mapping[str, Node]
    after: Mapping[str, tuple[str, ...]]

    @classmethod
    def of_scope(cls, diagram: Diagram, scope: str) -> Graph:
        """Return the graph of a process or sub-process, without what lies inside sub-processes."""
        nodes = {node.id: node for node in diagram.scopes.get(scope, ())}
        after = {key: tuple(_successors(diagram, key, nodes)) for key in nodes}
        return cls(nodes, after)

    def without(self, kept: Callable[[Node], bool]) -> Graph:
        """Return the graph of the elements for which a condition holds."""
        nodes = {key: node for key, node in self.nodes.items() if kept(node)}
        after = {key: tuple(t for t in self.after[key] if t in nodes) for key in nodes}
        return Graph(nodes, after)

    def reachable(self, sources: Iterable[str]) -> frozenset[str]:
        """Return what can be reached from some elements, themselves included."""
        found: set[str] = set()
        waiting = [source for source in sources if source in self.nodes]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting.extend(self.after[node])
        return frozenset(found)

    def loops(self) -> Iterator[frozenset[str]]:
        """Yield every largest set of elements that lie on common loops."""
        for component in _components(self.after):
            only = next(iter(component))
            if len(component) > 1 or only in self.after[only]:
                yield component

    def starts(self) -> tuple[str, ...]:
        """Return the ids of the start events."""
        return tuple(key for key, node in self.nodes.items() if node.kind == "startEvent")


def waits(diagram: Diagram, node: Node) -> bool:
    """Return whether a token always stops at an element until something happens."""
    if node.kind in WAITING or node.kind == "boundaryEvent":
        return True
    if node.kind not in SCOPES:
        return False
    inner = Graph.of_scope(diagram, node.id)
    open_ = inner.without(lambda n: not waits(diagram, n))
    passed = open_.reachable(open_.starts())
    return not any(inner.nodes[key].kind == "endEvent" for key in passed)


def _successors(diagram: Diagram, node: str, nodes: Mapping[str, Node]) -> Iterator[str]:
    for flow in diagram.outgoing.get(node, ()):
        if flow.target in nodes:
            yield flow.target
    for boundary in diagram.boundaries.get(node, ()):
        if boundary.id in nodes:
            yield boundary.id


def _components(after: Mapping[str, tuple[str, ...]]) -> Iterator[frozenset[str]]:
    """Yield the strongly connected components (Kosaraju; without recursion)."""
    before: dict[str, list[str]] = {key: [] for key in after}
    for key, targets in after.items():
        for target in targets:
            before[target].append(key)
    taken: set[str] = set()
    for root in reversed(_finished(after)):
        if root in taken:
            continue
        component: set[str] = set()
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node not in taken:
                taken.add(node)
                component.add(node)
                waiting.extend(before[node])
        yield frozenset(component)


def _finished(after: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the elements in the order in which a search from each leaves them."""
    order: list[str] = []
    seen: set[str] = set()
    for root in after:
        path: list[tuple[str, Iterator[str]]] = []
        if root not in seen:
            seen.add(root)
            path.append((root, iter(after[root])))
        while path:
            node, targets = path[-1]
            target = next((t for t in targets if t not in seen), None)
            if target is None:
                order.append(node)
                path.pop()
            else:
                seen.add(target)
                path.append((target, iter(after[target])))
    return order
