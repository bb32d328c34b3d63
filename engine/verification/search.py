"""Searches the states of a net, breadth first, as far as a budget allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from time import thread_time
from typing import Final

from engine.verification.components import bottom_components
from engine.verification.independence import Independence
from engine.verification.machine import FieldFull, Machine
from engine.verification.net import Mark

_FAIR: Final = 0.5
"""Part of the states with a choice in which something is put off, for that to be worth it."""

_SEEN: Final = 50
"""States with a choice before anything is concluded from them."""


class NeedsRoom(Exception):  # noqa: N818 caught where the net is laid out anew
    """An activity or pool would need one more instance than there are."""


@dataclass(slots=True)
class Space:
    """The states found, numbered in order of discovery, and the steps between them."""

    states: list[int] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    successors: list[list[int]] = field(default_factory=list)
    came_from: list[tuple[int, int]] = field(default_factory=list)
    """State and transition by which each state was first reached; (-1, -1) for the first."""
    first: dict[int, int] = field(default_factory=dict)
    """Of each transition that happens: the first state in which it can."""
    second_token: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Places that may get a second token: the first state in which, and by which transition."""
    dead_ends: list[int] = field(default_factory=list)
    open: set[int] = field(default_factory=set)
    """States whose successors are not all known."""

    @property
    def complete(self) -> bool:
        """Tell whether nothing was left out for want of budget or room."""
        return not self.open

    def path(self, number: int) -> list[int]:
        """Return the transitions that lead to a state, in order."""
        found: list[int] = []
        while number > 0:
            number, turn = self.came_from[number]
            found.append(turn)
        return found[::-1]


class Search:
    """Explores the states of one machine."""

    def __init__(
        self,
        machine: Machine,
        watched: int,
        independence: Independence | None,
        *,
        prune: bool,
        until: float = inf,
    ) -> None:
        """Take what is to be searched.

        Args:
            machine: the net.
            watched: bits of the places in which a second token is noted.
            independence: reduces the search; None follows every transition.
            prune: leave out what there is no room for instead of raising.
            until: when to stop whatever is left, as `thread_time` tells it.
        """
        self._machine = machine
        self._watched = watched
        self._independence = independence
        self._prune = prune
        self._until = until
        self._at = 0
        self._several = self._saved = 0
        self._repaired: dict[int, list[int]] = {}
        self.space = Space()

    def run(self, budget: int) -> Space:
        """Explore, going on where it stopped, until all is known or a budget of states is spent.

        Raises:
            NeedsRoom: more instances are needed, and nothing may be left out.
            FieldFull: more tokens are needed than a place counts, likewise.
        """
        if not self.space.states:
            self._number(self._machine.initial, -1, -1)
        while self._explore(budget) and self._independence is not None:
            if self.space.open or not self._follow_ignored():
                break
        self.space.open.update(range(self._at, len(self.space.states)))
        return self.space

    def _explore(self, budget: int) -> bool:
        """Explore what is waiting; tell whether nothing is."""
        space = self.space
        while self._at < len(space.states):
            if len(space.states) > budget or thread_time() > self._until:
                return False
            at = self._at
            space.open.discard(at)
            state = space.states[at]
            enabled = self._machine.enabled(state)
            self._note(at, state, enabled)
            chosen = self._chosen(state, enabled)
            self._several += len(enabled) > 1
            self._saved += len(chosen) < len(enabled)
            self._follow(at, state, chosen)
            self._at += 1
        return True

    @property
    def pays(self) -> bool:
        """Tell whether in a fair part of the states something has been put off so far."""
        return self._several < _SEEN or self._saved > _FAIR * self._several

    def _chosen(self, state: int, enabled: Sequence[int]) -> Sequence[int]:
        if self._independence is None:
            return enabled
        return self._independence.chosen(state, enabled)

    def _note(self, number: int, state: int, enabled: Sequence[int]) -> None:
        if not enabled:
            self.space.dead_ends.append(number)
        machine = self._machine
        for turn in enabled:
            if turn not in self.space.first:
                self.space.first[turn] = number
                if machine.net.transitions[turn].mark is Mark.OVERFLOW and not self._prune:
                    raise NeedsRoom
            if state & machine.grows[turn] & self._watched:
                for place in machine.marked(state & machine.grows[turn] & self._watched):
                    self.space.second_token.setdefault(place, (number, turn))

    def _follow(self, number: int, state: int, chosen: Iterable[int]) -> None:
        found = self.space.successors[number]
        for turn in chosen:
            if self._machine.net.transitions[turn].mark is Mark.OVERFLOW:
                self.space.open.add(number)
                continue
            try:
                after = self._machine.fire(state, turn)
            except FieldFull:
                if not self._prune:
                    raise
                self.space.open.add(number)
                continue
            found.append(self._number(after, number, turn))

    def _number(self, state: int, before: int, turn: int) -> int:
        space = self.space
        number = space.numbers.get(state)
        if number is None:
            number = len(space.states)
            space.numbers[state] = number
            space.states.append(state)
            space.successors.append([])
            space.came_from.append((before, turn))
        return number

    def _follow_ignored(self) -> bool:
        """Follow what a cycle puts off for ever; tell whether there was anything."""
        found = False
        for component in bottom_components(self.space.successors):
            if len(component) == 1 and not self.space.successors[component[0]]:
                continue
            ignored = list(self._ignored(component))
            if ignored:
                found = True
                number = component[0]
                self._repaired.setdefault(number, []).extend(ignored)
                self._follow(number, self.space.states[number], ignored)
        return found

    def _ignored(self, component: Sequence[int]) -> Iterator[int]:
        followed: set[int] = set()
        for number in component:
            state = self.space.states[number]
            followed.update(self._chosen(state, self._machine.enabled(state)))
            followed.update(self._repaired.get(number, ()))
        enabled = self._machine.enabled(self.space.states[component[0]])
        yield from (turn for turn in enabled if turn not in followed)
