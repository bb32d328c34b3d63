"""Where events come from: a message of another pool, a throw inside, or the world outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from engine.verification import model as m
from engine.verification.net import Kind, Net

RAISED: Final = frozenset({"error", "escalation"})
"""Events that come from within an activity, never from outside the process."""

_THROWERS: Final = frozenset({"endEvent", "intermediateThrowEvent"})
_CATCHERS: Final = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
_OUTSIDE: Final[tuple[tuple[int, ...], ...]] = ((),)


class Sources:
    """Answers for one subject: what an event waits for, and what a node sends."""

    def __init__(
        self,
        model: m.Model,
        net: Net,
        scopes: Sequence[str],
        flows: Sequence[m.MessageFlow],
        *,
        drawn: bool = False,
    ) -> None:
        """Make a place for each message flow between two nodes of the subject.

        Args:
            model: the document.
            net: where the messages lie.
            scopes: the processes of the subject.
            flows: the message flows of the subject.
            drawn: whether messages come along their flows alone, as between several pools; else
                one that no flow brings comes from outside.
        """
        self._model = model
        self._drawn = drawn
        inside = {node.id for scope in scopes for node in model.everything_in(scope)}
        self._received: dict[str, list[tuple[int, ...]]] = {}
        self._sent: dict[str, list[int]] = {}
        for flow in flows:
            if flow.target not in inside:
                continue
            ways = self._received.setdefault(flow.target, [])
            if flow.source not in inside:
                ways += [way for way in _OUTSIDE if way not in ways]
                continue
            place = net.place(Kind.MESSAGE, flow.id)
            ways.append((place,))
            self._sent.setdefault(flow.source, []).append(place)

    def sent(self, node: m.Node) -> tuple[int, ...]:
        """Return the places that get a message when a node sends."""
        return tuple(self._sent.get(node.id, ()))

    def received(self, node: m.Node) -> Sequence[tuple[int, ...]]:
        """Return the messages, one of which a node takes; an empty tuple means from outside."""
        found = self._received.get(node.id)
        if found is not None:
            return found
        catching = node.kind in _CATCHERS and node.has("message") and not self._begins(node)
        lacking = node.kind == "receiveTask" or catching
        return () if self._drawn and lacking else _OUTSIDE

    def _begins(self, node: m.Node) -> bool:
        """Tell whether a node begins a process: somebody has to, if no pool does."""
        return node.scope in self._model.processes and node.kind == "startEvent"

    def waits_for_pools(self, node: m.Node) -> bool:
        """Tell whether a node waits for messages of other pools and for nothing else."""
        return () not in self.received(node)

    def external(self, node: m.Node) -> Sequence[tuple[int, ...]]:
        """Return the ways in which an event occurs from outside its activity, none if it cannot."""
        if node.kind in m.ACTIVITIES:
            return self.received(node)
        kinds = {one.kind for one in node.definitions} or {"none"}
        ways = list(self.received(node)) if "message" in kinds else []
        host = self._model.nodes.get(node.attached_to or "")
        hosts_scope = node.kind == "startEvent" or (host and self._model.body(host) is not None)
        others = kinds - {"message"} - (RAISED if hosts_scope else frozenset())
        if others and () not in ways:
            ways.append(())
        return ways

    def counted(self, boundary: m.Node) -> bool:
        """Tell whether the world outside may set off a boundary event that interrupts nothing."""
        if boundary.interrupting or boundary.attached_to is None:
            return False
        return () in self.external(boundary) or any(
            one.kind in RAISED and not self.thrown_in(boundary, one) for one in boundary.definitions
        )

    def thrown_in(self, catcher: m.Node, definition: m.Definition) -> bool:
        """Tell whether something in the activity of a boundary event throws what it catches."""
        host = self._model.nodes[catcher.attached_to or ""]
        body = self._model.body(host)
        return body is not None and any(
            matches(definition, thrown) for thrown in throws(self._model, body)
        )


def throws(model: m.Model, scope: str) -> Iterator[m.Definition]:
    """Yield what the events of a scope and of those below it throw."""
    for node in model.everything_in(scope):
        if node.kind in _THROWERS:
            yield from (one for one in node.definitions if one.kind in RAISED)


def matches(catching: m.Definition, thrown: m.Definition) -> bool:
    """Tell whether a catching event takes what is thrown; one without a code takes every code."""
    return catching.kind == thrown.kind and catching.reference in {None, thrown.reference}


def scope_starts(model: m.Model, scope: str) -> Mapping[str, m.Node]:
    """Return the start events of a scope by id."""
    return {n.id: n for n in model.within.get(scope, ()) if n.kind == "startEvent"}
