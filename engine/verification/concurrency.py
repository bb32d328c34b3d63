"""Which places of a net may hold tokens at the same time, found without visiting its states.

The smallest relation that contains the first state and is kept by every transition: what lies
beside all that a transition takes lies beside all that it gives, save what it clears or what
keeps it from happening. More pairs than really occur may be in it, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_

from engine.verification.net import Join, Net, Transition


class Concurrency:
    """The relation of one net, by the elements of its places."""

    def __init__(self, net: Net) -> None:
        """Work it out."""
        self._net = net
        self._beside = [0] * len(net.places)
        self._possible = 0
        self._shape = [_Shape(turn) for turn in net.transitions]
        self._users: list[list[int]] = [[] for _ in net.places]
        for number, shape in enumerate(self._shape):
            for place in shape.takes:
                self._users[place].append(number)
        self._elements: dict[str, int] = {}
        for known in net.places:
            if known.kind.is_drawn:
                held = self._elements.get(known.element, 0)
                self._elements[known.element] = held | 1 << known.id
        self._spread()

    def together(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Tell whether two tokens may lie at once, one at each of two sets of elements."""
        wanted = self._bits(other)
        return any(self._beside[place] & wanted for place in _places(self._bits(one)))

    def beside(self, place: int) -> int:
        """Return the bits of the places that may hold a token while this one does."""
        return self._beside[place]

    def _bits(self, elements: Iterable[str]) -> int:
        return reduce(or_, (self._elements.get(one, 0) for one in elements), 0)

    def _spread(self) -> None:
        todo = self._put(0, self._net.initial)
        todo.update(number for number, shape in enumerate(self._shape) if not shape.takes)
        while todo:
            number = todo.pop()
            shape = self._shape[number]
            remaining = self._remaining(shape)
            if remaining is not None:
                todo |= self._put(remaining, shape.gives)

    def _put(self, remaining: int, gives: Sequence[int]) -> set[int]:
        """Note new tokens beside what remains; return the transitions to be looked at again."""
        changed: set[int] = set()
        all_given = reduce(or_, (1 << place for place in gives), 0)
        for place in gives:
            beside = remaining | all_given & ~(1 << place)
            if gives.count(place) > 1:
                beside |= 1 << place
            new = beside & ~self._beside[place]
            if new or not self._possible >> place & 1:
                self._possible |= 1 << place
                self._beside[place] |= new
                changed.update(self._users[place])
            for other in _places(new):
                if not self._beside[other] >> place & 1:
                    self._beside[other] |= 1 << place
                    changed.update(self._users[other])
        return changed

    def _remaining(self, shape: _Shape) -> int | None:
        """Return what may lie beside all that a transition takes; None if it cannot happen."""
        if shape.join is not None:
            beside = self._beside_join(shape.join)
            return None if beside is None else beside & ~shape.gone
        takes = shape.takes
        for position, place in enumerate(takes):
            if not self._possible >> place & 1:
                return None
            if any(not self._beside[place] >> other & 1 for other in takes[position + 1 :]):
                return None
        remaining = reduce(and_, (self._beside[place] for place in takes), -1)
        return (remaining if takes else self._possible) & ~shape.gone | shape.stays

    def _beside_join(self, join: Join) -> int | None:
        """Likewise of an inclusive gateway.

        A token that can still reach one of its flows has seen another one arrive there.
        """
        arrived = [place for place in join.incoming if self._possible >> place & 1]
        if not arrived:
            return None
        beside_any = reduce(or_, (self._beside[place] for place in arrived), 0)
        allowed = 0
        reached = 0
        for place, reach in zip(join.incoming, join.reach, strict=True):
            bits = reduce(or_, (1 << one for one in reach), 0)
            reached |= bits
            allowed |= bits & self._beside[place]
        return beside_any & (allowed | ~reached)


class _Shape:
    """What a transition does, as far as it matters here."""

    def __init__(self, turn: Transition) -> None:
        self.join = turn.join
        alone = tuple(place for place in turn.read if place not in turn.consume)
        self.takes = turn.join.incoming if turn.join else (*turn.consume, *alone)
        self.gives = turn.produce
        self.gone = _mask(turn.inhibit) | _mask(turn.clear)
        self.stays = _mask(turn.read) & ~self.gone


def _mask(places: Iterable[int]) -> int:
    return reduce(or_, (1 << place for place in places), 0)


def _places(bits: int) -> Iterable[int]:
    while bits:
        low = bits & -bits
        bits ^= low
        yield low.bit_length() - 1
