"""How a node is left where names have values: what it writes, which flows that opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from engine.verification import model as m
from engine.verification.choices import alternatives
from engine.verification.names import UNKNOWN, Known, Value, Write
from engine.verification.variables import Variable, Variables

COMBINATION_LIMIT: Final = 600
"""Combinations of values read and written at one node; beyond, what it reads is not known."""

Places = Mapping[Value, int]
"""The place of each value of one variable."""

_Held = tuple[Variable, Known]


@dataclass(slots=True)
class Exit:
    """One way of leaving a node with what it does to the values."""

    flows: tuple[m.Flow, ...]
    produce: list[int] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    inhibit: list[int] = field(default_factory=list)
    clear: list[int] = field(default_factory=list)
    values: tuple[tuple[str, Value], ...] = ()


class Leaving:
    """The exits of the nodes of one copy of a scope."""

    def __init__(
        self, variables: Variables, places: Mapping[int, Places], stuck: Mapping[str, int]
    ) -> None:
        """Take what the state carries.

        Args:
            variables: the variables of the subject.
            places: the places of each variable in reach, by the identity of its web.
            stuck: where a token stays whose chosen value opens no way, by the node.
        """
        self._variables = variables
        self._places = places
        self._stuck = stuck

    def exits(self, node: m.Node, flows: Sequence[m.Flow]) -> list[Exit]:
        """Return every way in which a node can be left."""
        read = list(self._variables.read.get(node.id, ()))
        writes = [one for one in self._variables.names.written(node.id) if self._told(node, one)]
        ways = [_ways(write) for write in writes]
        if _count(read, ways) > COMBINATION_LIMIT:
            read, ways = [], [_ways(_blurred(write)) for write in writes]
        found: dict[object, Exit] = {}
        for held in product(*(self._held(one) for one in read)):
            known = {one.web.name: value for one, value in held}
            ways_out = alternatives(node, flows, known)
            if not ways_out and node.id in self._stuck:
                one = self._stays(node, held)
                found.setdefault((tuple(one.produce), tuple(one.read), tuple(one.inhibit)), one)
            for chosen in ways_out:
                for written in product(*ways):
                    one = self._exit(node, chosen, held, written)
                    # Values chosen here that open the same flows are one way of leaving.
                    same = tuple(map(tuple, (one.flows, one.produce, one.read, one.inhibit)))
                    found.setdefault((same, tuple(one.clear), written), one)
        return list(found.values())

    def _stays(self, node: m.Node, held: tuple[_Held, ...]) -> Exit:
        """Return the way of a token that no flow is open to: it does not leave."""
        found = self._reading(Exit(()), held)
        found.produce.append(self._stuck[node.id])
        return found

    def _reading(self, found: Exit, held: tuple[_Held, ...]) -> Exit:
        for one, value in held:
            places = self._places.get(id(one.web), {})
            if value is UNKNOWN:
                found.inhibit += places.values()
            elif one.carried:
                found.read.append(places[value])
        chosen = [(one.web.name, value) for one, value in held if not one.carried]
        found.values = tuple((name, value) for name, value in chosen if value is not UNKNOWN)
        return found

    def _exit(
        self,
        node: m.Node,
        chosen: tuple[m.Flow, ...],
        held: tuple[_Held, ...],
        written: tuple[tuple[str, Known] | None, ...],
    ) -> Exit:
        found = self._reading(Exit(chosen), held)
        ends = [flow.id for flow in chosen] or [node.id]
        on = [one for end in ends for one in self._variables.carried.get(end, ())]
        after = {id(one.web) for one in on if chosen or node.id in one.web.kept}
        self._write(found, node, after, written)
        self._forget(found, node, after)
        told = [one for one in written if one is not None]
        found.values += tuple((name, value) for name, value in told if value is not UNKNOWN)
        return found

    def _write(
        self,
        found: Exit,
        node: m.Node,
        after: set[int],
        written: tuple[tuple[str, Known] | None, ...],
    ) -> None:
        for name, value in filter(None, written):
            one = self._variables.written.get((node.id, name))
            if one is None or id(one.web) not in after:
                continue
            found.clear += self._of(one).values()
            if value is not UNKNOWN:
                found.produce.append(self._of(one)[value])

    def _forget(self, found: Exit, node: m.Node, after: set[int]) -> None:
        """Drop what no token carries on, so that states that differ in nothing else are one."""
        came_from = node.attached_to or node.id
        for one in self._variables.carried.get(came_from, ()):
            came = came_from in one.web.live
            if came and one.alone and id(one.web) not in after:
                found.clear += self._of(one).values()

    def _held(self, one: Variable) -> Iterator[_Held]:
        yield from ((one, value) for value in one.web.values)
        if not one.web.certain:
            yield one, UNKNOWN

    def _told(self, node: m.Node, write: Write) -> bool:
        """Tell whether the values of a writing make a difference where it happens."""
        carried = (node.id, write.name) in self._variables.written
        return carried or node.id in self._variables.names.watched

    def _of(self, one: Variable) -> Places:
        return self._places[id(one.web)]


def _ways(write: Write) -> list[tuple[str, Known] | None]:
    found: list[tuple[str, Known] | None] = [(write.name, value) for value in write.values]
    return [*found, None] if write.keeps else found


def _blurred(write: Write) -> Write:
    return Write(write.name, (UNKNOWN,))


def _count(read: Sequence[Variable], ways: Sequence[Sequence[object]]) -> int:
    count = 1
    for one in read:
        count *= len(one.web.values) + 1
    for way in ways:
        count *= len(way)
    return count
