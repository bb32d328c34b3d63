"""Lays out the places of a scope and of all scopes in it, before any step is written.

Every sub-process gets a fixed number of instances (`slots`), each with places of its own, so that
a state is a flat list of counts. A net that turns out to need more is laid out anew with more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.verification import model as m
from engine.verification.leaving import Places
from engine.verification.names import Value
from engine.verification.net import Kind, Net, TooLarge
from engine.verification.sources import Sources
from engine.verification.variables import Variables

DEPTH_LIMIT: Final = 50
"""Scopes within scopes and calls within calls."""


@dataclass(slots=True)
class Instance:
    """One running of an activity: its place, and what lies in it."""

    place: int
    inner: Copy | None = None
    armed: dict[str, int] = field(default_factory=dict)
    """Boundary events that may still occur, by their ids."""

    @property
    def contents(self) -> Sequence[int]:
        """Places that are emptied when the activity is cut off."""
        held = list(self.armed.values())
        return held if self.inner is None else [*held, *self.inner.everything, *self.inner.books]


@dataclass(slots=True)
class Copy:
    """One instance of a process or sub-process with the numbers of its places."""

    scope: str
    run: int
    host: m.Node | None = None
    parent: Copy | None = None
    flows: dict[str, int] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)
    """Where a scope without start events begins: a place before each node that nothing enters."""
    waits: dict[str, int] = field(default_factory=dict)
    instances: dict[str, list[Instance]] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    twice: int = -1
    armed: dict[str, int] = field(default_factory=dict)
    """Event sub-processes that may still begin."""
    own: list[int] = field(default_factory=list)
    """Places whose tokens keep the scope from ending."""
    everything: list[int] = field(default_factory=list)
    """`own` and all that lies in scopes below."""
    activities: list[int] = field(default_factory=list)
    books: list[int] = field(default_factory=list)
    stuck: dict[str, int] = field(default_factory=dict)
    """Where a token stays for ever whose value, chosen where it is read, opens no way."""
    variables: dict[int, Places] = field(default_factory=dict)
    """Places of the values in reach, by the identity of their web; those of scopes around too."""
    depth: int = 0

    def at(self, node: str) -> list[int]:
        """Return the places of tokens that are at a node."""
        found = [one.place for one in self.instances.get(node, ())]
        held = (self.waits, self.entries, self.stuck)
        return found + [where[node] for where in held if node in where]


class Layout:
    """Makes copies."""

    def __init__(
        self, model: m.Model, sources: Sources, net: Net, slots: int, variables: Variables
    ) -> None:
        """Lay out into a net, with so many instances of each sub-process in each scope."""
        self._model = model
        self._variables = variables
        self._sources = sources
        self._net = net
        self._slots = slots

    def copy(self, scope: str, run: int, host: m.Node | None, parent: Copy | None) -> Copy:
        """Lay out one instance of a scope whose running is shown by the place `run`."""
        copy = Copy(scope, run, host, parent)
        copy.depth = parent.depth + 1 if parent is not None else 0
        if copy.depth > DEPTH_LIMIT:
            raise TooLarge
        copy.twice = self._book(copy, scope)
        copy.variables = dict(parent.variables) if parent is not None else {}
        for one in self._variables.by_home.get(scope, ()):
            copy.variables[id(one.web)] = {
                value: self._book(copy, one.web.name, Kind.VALUE, value) for value in one.web.values
            }
        nodes = self._model.within.get(scope, ())
        for node in nodes:
            for flow in self._model.outgoing.get(node.id, ()):
                if node.kind != "eventBasedGateway":
                    copy.flows[flow.id] = self._token(copy, Kind.FLOW, flow.id)
        started = any(node.kind == "startEvent" for node in nodes)
        for node in nodes:
            if not started and self._is_entry(node):
                copy.entries[node.id] = self._token(copy, Kind.WAIT, node.id)
            self._node(copy, node)
        return copy

    def _node(self, copy: Copy, node: m.Node) -> None:
        if node.kind in m.ACTIVITIES:
            copy.instances[node.id] = self._instances(copy, node)
            if node.by_event:
                copy.armed[node.id] = self._book(copy, node.id)
        elif node.kind == "endEvent":
            copy.ended[node.id] = self._book(copy, node.id)
        elif node.kind in {"intermediateCatchEvent", "eventBasedGateway", "inclusiveGateway"}:
            copy.waits[node.id] = self._token(copy, Kind.WAIT, node.id)
        if any(not one.carried for one in self._variables.read.get(node.id, ())):
            copy.stuck[node.id] = self._token(copy, Kind.WAIT, node.id)

    def _instances(self, copy: Copy, node: m.Node) -> list[Instance]:
        body = self._model.body(node)
        boundaries = self._model.boundaries.get(node.id, ())
        repeatable = [b.id for b in boundaries if self._sources.counted(b)]
        # Tokens in a simple activity are alike, so one place counts them.
        needed = self._slots if body is not None or repeatable else 1
        return [self._instance(copy, node, body, repeatable) for _ in range(needed)]

    def _instance(
        self, copy: Copy, node: m.Node, body: str | None, repeatable: Sequence[str]
    ) -> Instance:
        kind = Kind.ACTIVITY if body is None else Kind.RUN
        place = self._token(copy, kind, node.id)
        instance = Instance(place, armed={b: self._book(copy, b) for b in repeatable})
        if body is not None:
            instance.inner = self.copy(body, place, node, copy)
        return instance

    def _is_entry(self, node: m.Node) -> bool:
        return not (
            self._model.incoming.get(node.id)
            or node.kind == "boundaryEvent"
            or node.by_event
            or node.compensates
            or node.instantiates
            or (node.kind == "intermediateCatchEvent" and node.has("link"))
        )

    def _token(self, copy: Copy, kind: Kind, element: str) -> int:
        place = self._net.place(kind, element)
        copy.own.append(place)
        above: Copy | None = copy
        while above is not None:
            above.everything.append(place)
            if kind is Kind.ACTIVITY:
                above.activities.append(place)
            above = above.parent
        return place

    def _book(self, copy: Copy, element: str, kind: Kind = Kind.BOOK, value: Value = None) -> int:
        place = self._net.place(kind, element, value)
        copy.books.append(place)
        above = copy.parent
        while above is not None:
            above.everything.append(place)
            above = above.parent
        return place
