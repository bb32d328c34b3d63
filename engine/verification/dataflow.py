"""Follows names through a region: which writing reaches which condition, and where it matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from engine.verification import model as m
from engine.verification.evaluating import names_read
from engine.verification.names import UNKNOWN, Names, Value
from engine.verification.regions import Region

VALUE_LIMIT: Final = 40
"""Values of one name that are told apart; a name with more is a free choice."""

WRITERS: Final = m.TASKS | {
    *("callActivity", "subProcess", "transaction", "endEvent"),
    *("intermediateCatchEvent", "intermediateThrowEvent"),
    *("exclusiveGateway", "inclusiveGateway", "parallelGateway"),
}
"""Kinds whose writing is followed, unless they hold a scope."""

READERS: Final = frozenset({"exclusiveGateway", "inclusiveGateway"})

Source = tuple[str, str]
"""Where a value comes from: a node, and `write`, `start` or `lost`."""

_NOTHING: Final = frozenset[Source]()


@dataclass(frozen=True, slots=True)
class Web:
    """Writings of one name and all conditions that they reach: one variable of its own.

    Attributes:
        home: the innermost scope that holds all of it.
        writes: nodes that write it.
        live: flows and nodes at which a token carries a value that a condition will read.
        kept: nodes at the end of a sub-process behind which it will be read.
        follows: whether every writing can be followed.
        certain: whether it is one of the values whenever it is read.
        once: whether one gateway reads it, and nothing after that.
    """

    name: str
    home: str
    values: tuple[Value, ...]
    readers: frozenset[str]
    writes: frozenset[str]
    live: frozenset[str]
    kept: frozenset[str]
    follows: bool
    certain: bool
    once: bool


def webs(region: Region, names: Names) -> Iterator[Web]:
    """Yield the variables of a region."""
    read: dict[str, set[str]] = {}
    for node in region.nodes.values():
        for name in read_at(region.model, node):
            read.setdefault(name, set()).add(node.id)
    written = {write.name for node in region.nodes for write in names.written(node)}
    for name in sorted(read.keys() & written):
        yield from _OneName(region, names, name, read[name]).webs()


def read_at(model: m.Model, node: m.Node) -> frozenset[str]:
    """Return the names that the conditions behind a gateway read."""
    flows = model.outgoing.get(node.id, ())
    if node.kind not in READERS or not flows[1:]:
        return frozenset()
    read = (names_read(flow.condition) for flow in flows if flow.condition)
    return frozenset[str]().union(*read)


class _OneName:
    """One name in one region; only the places from which a reader can be reached are looked at."""

    def __init__(self, region: Region, names: Names, name: str, readers: set[str]) -> None:
        self._region = region
        self._model = region.model
        self._name = name
        self._readers = readers
        self._writes = {
            node: write
            for node, writes in names.writes.items()
            for write in writes
            if write.name == name
        }
        self._live_in: dict[str, frozenset[Source]] = {}
        self._live_out: dict[str, frozenset[Source]] = {}
        self._look_back()
        self._reach()

    def webs(self) -> Iterator[Web]:
        """Yield the webs, each with the writings that some reader has in common."""
        for group in _joined(self._live_in[reader] for reader in self._readers):
            yield self._web(group)

    def _web(self, group: frozenset[Source]) -> Web:
        writes = frozenset(node for node, kind in group if kind == "write")
        values = {value: None for node in writes for value in self._writes[node].values}
        known = tuple(value for value in values if value is not UNKNOWN)
        live = frozenset(self._live_at(group))
        readers = self._readers_of(group)
        behind = {flow.id for one in readers for flow in self._model.outgoing.get(one, ())}
        return Web(
            name=self._name,
            home=self._home({*writes, *readers, *live}),
            values=known,
            readers=readers,
            writes=writes,
            live=live,
            kept=frozenset(self._kept(group)),
            follows=all(kind != "lost" for _, kind in group)
            and all(self._followed(node) for node in writes),
            certain=all(kind == "write" for _, kind in group) and UNKNOWN not in values,
            once=len(readers) == 1 and not behind & live,
        )

    def _readers_of(self, group: frozenset[Source]) -> frozenset[str]:
        return frozenset(one for one in self._readers if self._live_in[one] & group)

    def _home(self, elements: Iterable[str]) -> str:
        """Return the innermost scope that holds some nodes and flows."""
        chains = [self._chain(element) for element in elements]
        depth = 0
        for scopes in zip(*chains, strict=False):
            if len(set(scopes)) > 1:
                break
            depth += 1
        return chains[0][depth - 1]

    def _chain(self, element: str) -> list[str]:
        """Return the scopes around an element, the outermost first."""
        flow = self._model.flows.get(element)
        scope = self._model.nodes[flow.source if flow is not None else element].scope
        found = [scope]
        while scope != self._region.root:
            scope = self._model.nodes[scope].scope
            found.append(scope)
        return found[::-1]

    def _followed(self, node: str) -> bool:
        found = self._model.nodes[node]
        # An end or a throw that cuts its scope off leaves nothing to be read there.
        plain = found.kind not in {"endEvent", "intermediateThrowEvent"} or not found.definitions
        return found.kind in WRITERS and plain and self._model.body(found) is None

    def _hides(self, node: m.Node) -> bool:
        """Tell whether something within an activity writes the name."""
        body = self._model.body(node)
        return body is not None and any(
            inner.id in self._writes for inner in self._model.everything_in(body)
        )

    def _look_back(self) -> None:
        """Go back from the readers to all places from which one can be reached."""
        waiting = [(reader, True) for reader in self._readers]
        while waiting:
            node, arriving = waiting.pop()
            seen = self._live_in if arriving else self._live_out
            if node in seen:
                continue
            seen[node] = _NOTHING
            if arriving:
                waiting += [(one, False) for one in self._region.before[node]]
                beside = self._region.beside.get(node)
                waiting += [(beside, True)] if beside is not None else []
            else:
                waiting += self._needed_for(self._region.nodes[node])

    def _needed_for(self, node: m.Node) -> Iterator[tuple[str, bool]]:
        """Yield what decides the value behind a node."""
        write = self._writes.get(node.id)
        if write is not None and not write.keeps:
            return
        if self._region.is_box(node):
            yield from ((leaf, False) for leaf in self._region.leaves[node.id])
        elif not self._hides(node):
            yield node.id, True

    def _reach(self) -> None:
        """Work out which writings reach each of these places, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for places, found in (
                (self._live_out, self._behind),
                (self._live_in, self._arriving),
            ):
                for node, before in places.items():
                    after = found(self._region.nodes[node])
                    changed |= before != after
                    places[node] = after

    def _arriving(self, node: m.Node) -> frozenset[Source]:
        found = _NOTHING.union(*(self._live_out[one] for one in self._region.before[node.id]))
        beside = self._region.beside.get(node.id)
        if beside is not None:
            found |= self._live_in[beside]
            if node.attached_to and self._hides(self._region.nodes[beside]):
                found |= {(node.id, "lost")}
        elif self._region.is_entry(node):
            found |= {(self._region.root, "start")}
        return found

    def _behind(self, node: m.Node) -> frozenset[Source]:
        write = self._writes.get(node.id)
        own = frozenset({(node.id, "write")}) if write is not None else _NOTHING
        if write is not None and not write.keeps:
            return own
        if self._region.is_box(node):
            leaves = self._region.leaves[node.id]
            aside = [one for one in self._model.within[node.id] if one.by_event]
            lost = any(self._hides(one) for one in aside)
            found = _NOTHING.union(*(self._live_out[leaf] for leaf in leaves))
            return found | own | ({(node.id, "lost")} if lost else _NOTHING)
        return own | ({(node.id, "lost")} if self._hides(node) else self._live_in[node.id])

    def _live_at(self, group: frozenset[Source]) -> Iterator[str]:
        """Yield flows and nodes at which a token carries one of these values to a reader."""
        for name, sources in self._live_in.items():
            if not sources & group:
                continue
            node = self._region.nodes[name]
            if not self._region.is_box(node) or self._left_at(node):
                yield name
            for flow in self._model.incoming.get(name, ()):
                if self._live_out[flow.source] & group:
                    yield flow.id

    def _left_at(self, node: m.Node) -> bool:
        """Tell whether an event at the border of a sub-process carries the value on."""
        return any(one.id in self._live_in for one in self._model.boundaries.get(node.id, ()))

    def _kept(self, group: frozenset[Source]) -> Iterator[str]:
        for name, sources in self._live_out.items():
            if sources & group and not self._model.outgoing.get(name):
                yield name


def _joined(sets: Iterable[frozenset[Source]]) -> list[frozenset[Source]]:
    """Join the sets that have something in common."""
    found: list[frozenset[Source]] = []
    for one in sets:
        apart = [other for other in found if not other & one]
        found = [*apart, one.union(*(other for other in found if other & one))]
    return [one for one in found if one]
