"""Plays a net on states packed into one integer: a few bits a place, no objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from engine.verification.net import Join, Kind, Net


class FieldFull(Exception):  # noqa: N818 caught where the search is widened
    """A place would hold more tokens than its bits can count."""


class Machine:
    """A net made ready for firing: `width` bits a place."""

    def __init__(self, net: Net, width: int) -> None:
        """Compute the masks of every transition."""
        self.net = net
        self.width = width
        self.units = [1 << (place.id * width) for place in net.places]
        self.fields = [((1 << width) - 1) << (place.id * width) for place in net.places]
        turns = net.transitions
        self.needs = [tuple(self.fields[p] for p in (*t.consume, *t.read)) for t in turns]
        self.inhibits = [self.mask(t.inhibit) for t in turns]
        self.clears = [self.mask(t.clear) for t in turns]
        self.takes = [sum(self.units[p] for p in t.consume) for t in turns]
        self.gives = [sum(self.units[p] for p in t.produce) for t in turns]
        self.grows = [self.mask(set(t.produce) - set(t.consume) - set(t.clear)) for t in turns]
        self.joins = [PackedJoin(self, t.join) if t.join is not None else None for t in turns]
        self.by_place = self._consumers()
        self.messages = self.mask(net.of_kind({Kind.MESSAGE}))
        self.books = self.mask(net.of_kind({Kind.BOOK, Kind.VALUE}))
        self.initial = sum(self.units[p] for p in net.initial)

    def mask(self, places: Iterable[int]) -> int:
        """Return the bits of some places."""
        return reduce(or_, (self.fields[p] for p in places), 0)

    def marked(self, state: int) -> Iterator[int]:
        """Yield the places that hold a token, in their order."""
        width = self.width
        while state:
            place = ((state & -state).bit_length() - 1) // width
            yield place
            state &= ~self.fields[place]

    def count(self, state: int, place: int) -> int:
        """Return how many tokens a place holds."""
        return (state & self.fields[place]) >> (place * self.width)

    def enabled(self, state: int) -> list[int]:
        """Return the transitions that can happen in a state."""
        found: list[int] = []
        for place in self.marked(state):
            found += [turn for turn in self.by_place[place] if self.can(state, turn)]
        return list(dict.fromkeys(found))

    def can(self, state: int, turn: int) -> bool:
        """Tell whether one transition can happen."""
        join = self.joins[turn]
        if join is not None:
            return join.ready(state)
        for need in self.needs[turn]:
            if not state & need:
                return False
        return not state & self.inhibits[turn]

    def fire(self, state: int, turn: int) -> int:
        """Return the state after a transition that can happen.

        Raises:
            FieldFull: a place is full.
        """
        join = self.joins[turn]
        taken = join.takes(state) if join is not None else self.takes[turn]
        if state & self.grows[turn]:
            self._refuse_overflow(state, turn)
        clear = self.clears[turn]
        if clear:
            return ((state - taken) & ~clear) + self.gives[turn]
        return state - taken + self.gives[turn]

    def over(self, state: int) -> bool:
        """Tell whether nothing is left but messages in transit."""
        return not state & ~self.messages

    def _refuse_overflow(self, state: int, turn: int) -> None:
        for place in self.net.transitions[turn].produce:
            if state & self.fields[place] == self.fields[place]:
                raise FieldFull

    def _consumers(self) -> list[list[int]]:
        """Index each transition under one place without which it cannot happen."""
        found: list[list[int]] = [[] for _ in self.net.places]
        for number, turn in enumerate(self.net.transitions):
            for place in turn.join.incoming if turn.join else turn.consume[:1]:
                found[place].append(number)
        return found


class PackedJoin:
    """The rule of an inclusive gateway on packed states."""

    def __init__(self, machine: Machine, join: Join) -> None:
        self._ways = [
            (machine.fields[place], machine.units[place], machine.mask(reach))
            for place, reach in zip(join.incoming, join.reach, strict=True)
        ]

    def ready(self, state: int) -> bool:
        """Tell whether the gateway goes on."""
        arrived, waited_for = self._sides(state)
        return bool(arrived) and not state & waited_for

    def blocking(self, state: int) -> int:
        """Return the tokens that are waited for; none where nothing has arrived."""
        arrived, waited_for = self._sides(state)
        return state & waited_for if arrived else 0

    def _sides(self, state: int) -> tuple[int, int]:
        """Return what reaches a flow that has a token, and what reaches only flows without one."""
        waiting = arrived = 0
        for flow, _, reach in self._ways:
            if state & flow:
                arrived |= reach
            else:
                waiting |= reach
        return arrived, waiting & ~arrived

    def takes(self, state: int) -> int:
        """Return the tokens that it takes."""
        return sum(unit for flow, unit, _ in self._ways if state & flow)
