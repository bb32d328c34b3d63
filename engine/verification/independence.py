"""Which transitions may be put off without hiding anything: stubborn sets.

In each state it is enough to follow a set of transitions such that nothing outside the set can
enable, disable or change what is in it (strong stubborn sets, Valmari). With the rule that no
transition is put off for ever, which the search sees to, this keeps every deadlock, every state
from which none is reachable, and whether a transition ever happens. All properties here are
reduced to these; two tokens on one flow are watched for as a transition of their own would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from math import inf
from operator import or_
from time import thread_time

from engine.verification.concurrency import Concurrency
from engine.verification.machine import Machine
from engine.verification.net import Join, Kind, Transition


class _Index:
    """Transitions by what they do to a place."""

    def __init__(self, turns: Sequence[Transition], places: int) -> None:
        self.takers: list[list[int]] = [[] for _ in range(places)]
        self.readers: list[list[int]] = [[] for _ in range(places)]
        self.givers: list[list[int]] = [[] for _ in range(places)]
        self.inhibited: list[list[int]] = [[] for _ in range(places)]
        self.clearers: list[list[int]] = [[] for _ in range(places)]
        for number, turn in enumerate(turns):
            for where, what in (
                (self.takers, turn.join.incoming if turn.join else turn.consume),
                (self.readers, turn.read),
                (self.givers, turn.produce),
                (self.inhibited, turn.inhibit),
                (self.clearers, turn.clear),
            ):
                for place in what:
                    where[place].append(number)


class Late(Exception):  # noqa: N818 the time is over, which is no fault
    """The time was over before it was known which transitions meddle with which."""


class Independence:
    """Computes a stubborn set of a state."""

    def __init__(self, machine: Machine, until: float = inf) -> None:
        """Work out once which transitions meddle with which.

        Raises:
            Late: it takes longer than `until`, as `thread_time` tells it.
        """
        net = machine.net
        self._machine = machine
        self._turns = net.transitions
        self._index = _Index(net.transitions, len(net.places))
        self._givers = [_bits(givers) for givers in self._index.givers]
        self._removers = [
            _bits(takers) | _bits(clearers)
            for takers, clearers in zip(self._index.takers, self._index.clearers, strict=True)
        ]
        self._lacks = [
            tuple((machine.fields[p], self._givers[p]) for p in (*turn.consume, *turn.read))
            for turn in net.transitions
        ]
        self._watched = {p.id for p in net.places if p.kind in {Kind.FLOW, Kind.ACTIVITY}}
        carried = any(place.kind is Kind.VALUE for place in net.places)
        self._needs = self._tokens_needed() if carried else []
        self._inhibits = [frozenset(turn.inhibit) for turn in net.transitions]
        self._clears = [frozenset(turn.clear) for turn in net.transitions]
        self._alike = _alike(net.transitions)
        self._meddles = self._all_meddlers(until)
        self._watches = [self._watch(number) for number in range(len(net.transitions))]

    def chosen(self, state: int, enabled: Sequence[int]) -> Sequence[int]:
        """Return transitions, all of them enabled, that are enough to follow in a state."""
        if not enabled[1:]:
            return enabled
        best = able = sum(1 << turn for turn in enabled)
        tried = 0
        for seed in enabled:
            if tried >> seed & 1:
                continue
            found = self._closure(state, seed, able, best.bit_count())
            if found:
                best = found
                tried |= found
            if best.bit_count() == 1:
                break
        return [turn for turn in enabled if best >> turn & 1]

    def _closure(self, state: int, seed: int, able: int, most: int) -> int:
        """Return the enabled part of a closed set around one transition; 0 if it is no gain."""
        members = todo = 1 << seed
        asked = found = 0
        while todo:
            bit = todo & -todo
            todo ^= bit
            turn = bit.bit_length() - 1
            if able & bit:
                found |= bit
                if found.bit_count() >= most:
                    return 0
                wanted = self._meddles[turn]
                watched = self._watches[turn] & ~able & ~asked
                asked |= watched
                while watched:
                    low = watched & -watched
                    watched ^= low
                    wanted |= self._needed(state, low.bit_length() - 1, members | wanted)
            else:
                # What needs the same tokens is disabled for the same reason.
                alike = self._alike[turn]
                members |= alike
                todo &= ~alike
                wanted = self._needed(state, turn, members)
            new = wanted & ~members
            members |= new
            todo |= new
        return found

    def _needed(self, state: int, turn: int, members: int) -> int:
        """Return transitions, one of which has to happen before a disabled one can."""
        if self._turns[turn].join is not None:
            return self._needed_by_join(state, turn)
        best = least = 0
        for field, givers in self._lacks[turn]:
            if state & field:
                continue
            new = (givers & ~members).bit_count()
            if not new:
                return 0
            if not least or new < least:
                best, least = givers, new
        if least:
            return best
        held = state & self._machine.inhibits[turn]
        return self._removers[next(self._machine.marked(held))]

    def _needed_by_join(self, state: int, turn: int) -> int:
        join = self._turns[turn].join
        assert join is not None  # noqa: S101 the caller looked
        packed = self._machine.joins[turn]
        assert packed is not None  # noqa: S101 likewise
        givers = 0
        for place in join.incoming:
            if not state & self._machine.fields[place]:
                givers |= self._givers[place]
        blocking = packed.blocking(state)
        if blocking:
            givers |= self._removers[next(self._machine.marked(blocking))]
        return givers

    def _all_meddlers(self, until: float) -> list[int]:
        found = []
        for number in range(len(self._turns)):
            if thread_time() > until:
                raise Late
            found.append(self._meddlers(number))
        for number, turn in enumerate(self._turns):
            if turn.join is not None:
                for other in self._disturbers(number, turn.join):
                    found[number] |= 1 << other
                    found[other] |= 1 << number
        return [one & ~(1 << number) for number, one in enumerate(found)]

    def _meddlers(self, number: int) -> int:
        """Return what one enabled transition may disable, be disabled by, or change."""
        turn, index = self._turns[number], self._index
        taken = turn.join.incoming if turn.join else turn.consume
        found: set[int] = set()
        cutting: set[int] = set()
        for place in taken:
            found.update(index.takers[place], index.readers[place])
        for place in turn.read:
            found.update(index.takers[place])
        for place in turn.produce:
            found.update(index.inhibited[place])
        for place in turn.inhibit:
            found.update(index.givers[place])
        for place in turn.clear:
            found.update(index.takers[place], index.readers[place], index.givers[place])
        for place in (*taken, *turn.read, *turn.produce):
            cutting.update(index.clearers[place])
        touched = frozenset((*taken, *turn.produce, *turn.clear))
        found |= {other for other in cutting if not self._absorbs(other, touched)}
        return _bits(
            other
            for other in found
            if not self._exclude(number, other) and not self._exclude(other, number)
        )

    def _tokens_needed(self) -> list[tuple[int, int]]:
        """Return, of each transition, the places it needs and those empty whenever it has them.

        Worked out where the state carries values: what reads one value never happens beside what
        reads another, nor beside what writes the name.
        """
        concurrency = Concurrency(self._machine.net)
        everything = (1 << len(self._machine.net.places)) - 1
        found: list[tuple[int, int]] = []
        for turn in self._turns:
            places = () if turn.join else (*turn.consume, *turn.read)
            needed = _bits(places)
            apart = [everything & ~concurrency.beside(place) for place in places]
            found.append((needed, reduce(or_, apart, 0) & ~needed))
        return found

    def _absorbs(self, number: int, touched: frozenset[int]) -> bool:
        """Tell whether a transition clears all that another one touches.

        Then it makes no difference to what follows whether the other one came before it, and the
        other one need not wait for it; it does need to be weighed against all that it cuts off.
        """
        return touched <= self._clears[number]

    def _exclude(self, number: int, other: int) -> bool:
        """Tell whether one needs a token where the other allows none: never both enabled.

        Whatever would have to come between them is a meddler by itself.
        """
        if self._needs and self._needs[number][1] & self._needs[other][0]:
            return True
        inhibit = self._inhibits[other]
        if not inhibit:
            return False
        turn = self._turns[number]
        if turn.join is not None:
            return inhibit.issuperset(turn.join.incoming)
        return not inhibit.isdisjoint(turn.consume) or not inhibit.isdisjoint(turn.read)

    def _disturbers(self, number: int, join: Join) -> Iterable[int]:
        """Yield transitions after which an inclusive gateway may decide otherwise.

        One that moves a token to a place with the same ways to the gateway disturbs nothing: as
        long as the gateway waits for the token it waits before and after.
        """
        ways = dict.fromkeys(set().union(*join.reach), frozenset[int]())
        for way, reach in enumerate(join.reach):
            for place in reach:
                ways[place] |= {way}
        for place in ways:
            for giver in self._index.givers[place]:
                if giver != number and not _same_ways(self._turns[giver], ways, place):
                    yield giver

    def _watch(self, number: int) -> int:
        """Return transitions that would put a second token where this one takes the first."""
        turn = self._turns[number]
        taken = turn.join.incoming if turn.join else turn.consume
        found = 0
        for place in (*taken, *turn.clear):
            for giver in self._index.givers[place] if place in self._watched else ():
                other = not found & self._alike[giver]
                if other and giver != number and place not in self._turns[giver].consume:
                    found |= 1 << giver
        return found


def _same_ways(turn: Transition, ways: Mapping[int, frozenset[int]], place: int) -> bool:
    if turn.join is not None:
        # It takes some of its incoming tokens, nobody knows which.
        return all(ways.get(taken) == ways[place] for taken in turn.join.incoming)
    return any(ways.get(taken) == ways[place] for taken in turn.consume)


def _alike(turns: Sequence[Transition]) -> list[int]:
    """Return for each transition the bits of all that happen under the same condition."""
    groups: dict[object, int] = {}
    keys = [
        number
        if turn.join
        else (frozenset(turn.consume), frozenset(turn.read), frozenset(turn.inhibit))
        for number, turn in enumerate(turns)
    ]
    for number, key in enumerate(keys):
        groups[key] = groups.get(key, 0) | 1 << number
    return [groups[key] for key in keys]


def _bits(turns: Iterable[int]) -> int:
    found = 0
    for turn in turns:
        found |= 1 << turn
    return found
