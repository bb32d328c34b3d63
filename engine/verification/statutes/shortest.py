"""The shortest lawful way from one event to another, by the service limits of the tasks on it.

Every token carries the time at which it is where it is: a task adds its limit, a join waits for
the latest, a choice is free. Dates that pass and messages from outside are not part of such a way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf
from time import thread_time
from typing import Final

from engine.execution.bpmn_model import Node
from engine.verification.machine import FieldFull
from engine.verification.net import Kind, Transition
from engine.verification.statutes.application import Limit
from engine.verification.statutes.events import Event, any_may
from engine.verification.statutes.facts import Fact
from engine.verification.statutes.monitors import Absence, Monitor
from engine.verification.statutes.product import PRUNED, Product
from engine.verification.statutes.steps import Steps

_IN_DAYS: Final[Mapping[str, float]] = {"workdays": 1.4, "days": 1.0, "hours": 1 / 24}
"""How units compare while a way is looked for; what it takes is computed on the calendar."""

_KEPT: Final = 6
"""Ways of reaching one state that are followed, where none of them is quicker throughout."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A task on the way with its limit."""

    element: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class _Time:
    cost: float = 0.0
    legs: tuple[Leg, ...] = ()

    @property
    def shared(self) -> frozenset[str]:
        """The shared duties whose time has begun."""
        return frozenset(leg.limit.shared for leg in self.legs) - {""}

    def with_leg(self, leg: Leg | None) -> _Time:
        """Return the time after a task; a duty that is shared takes its time once."""
        if leg is None:
            return self
        shared = leg.limit.shared
        spent = shared and any(one.limit.shared == shared for one in self.legs)
        cost = 0.0 if spent else leg.limit.amount * _IN_DAYS[leg.limit.unit]
        return _Time(self.cost + cost, (*self.legs, leg))


_Times = Mapping[int, _Time]


@dataclass(frozen=True, slots=True)
class Way:
    """What is looked for: from where to where, and what a task takes."""

    begin: tuple[Event, ...]
    goal: tuple[Event, ...]
    limit: Callable[[Node], Limit | None]
    facts: Sequence[Fact] = ()
    never: Sequence[Monitor] = ()


@dataclass(frozen=True, slots=True)
class Shortest:
    """A way by its tasks that take the time; it is the shortest unless others were left out.

    `there` is false where every state was seen and no way leads there: each hangs on a date.
    """

    legs: tuple[Leg, ...]
    surely: bool
    there: bool = True


def shortest(steps: Steps, way: Way, budget: int, until: float = inf) -> Shortest | None:
    """Return the shortest way; None if it is not known."""
    return _Search(steps, way).run(budget, until)


_Key = tuple[int, int, bool]
"""A state, the control of the product, and whether the beginning has happened."""

_Queued = tuple[float, int, _Key, "_Times", "_Time | None"]
"""What a way has cost, its turn, where it is, and its end if it has come to the goal."""


class _Search:
    def __init__(self, steps: Steps, way: Way) -> None:
        self._steps = steps
        self._way = way
        self._product = Product(steps, Absence(()), never=way.never, facts=way.facts)
        self._begins = [any_may(way.begin, labels) for labels in steps.labels]
        self._ends = [any_may(way.goal, labels) for labels in steps.labels]
        self._kept: dict[_Key, list[_Times]] = {}
        self._ticket = count()
        self._queue: list[_Queued] = []
        self._left_out = False

    def run(self, budget: int, until: float) -> Shortest | None:
        """Follow the quickest first; a way counts once nothing quicker is left to follow."""
        first: _Key = (self._steps.machine.initial, 0, False)
        heappush(self._queue, (0.0, next(self._ticket), first, {}, None))
        while self._queue:
            _, ticket, key, times, goal = heappop(self._queue)
            if goal is not None:
                return Shortest(goal.legs, not self._left_out)
            if ticket >= budget or thread_time() > until:
                return self._best()
            try:
                followers = self._steps.after(key[0])
            except FieldFull:
                return None
            for turn, after in followers:
                self._follow(key, times, turn, after)
        return Shortest((), surely=True, there=False) if self._steps.whole else None

    def _best(self) -> Shortest | None:
        """Return the quickest way that is known where there was no time for all."""
        known = [one for one in self._queue if one[4] is not None]
        goal = min(known)[4] if known else None
        return Shortest(goal.legs, surely=False) if goal is not None else None

    def _follow(self, key: _Key, times: _Times, turn: int, after: int) -> None:
        _, control, begun = key
        moved = self._product.moved(control, turn)
        if moved == PRUNED or (begun and self._is_from_outside(turn)):
            return
        at = self._at(turn, times) if begun else _Time()
        begins = self._begins[turn]
        further: _Key = (after, moved, begun or begins)
        if begun and self._ends[turn]:
            heappush(self._queue, (at.cost, next(self._ticket), further, {}, at))
            return
        later = self._later(turn, times, at) if further[2] and not begins else {}
        if self._is_new(further, later):
            cost = max((time.cost for time in later.values()), default=0.0)
            heappush(self._queue, (cost, next(self._ticket), further, later, None))

    def _is_from_outside(self, turn: int) -> bool:
        return any(label.kind in ("timer", "received") for label in self._steps.labels[turn])

    def _at(self, turn: int, times: _Times) -> _Time:
        """Return when a step is done: after the latest that it takes, and the task that it ends."""
        step = self._steps.machine.net.transitions[turn]
        arrived = [times[place] for place in _taken(step) if place in times]
        latest = max(arrived, key=lambda time: time.cost, default=_Time())
        if not any(label.kind == "act" for label in self._steps.labels[turn]):
            return latest
        node = self._steps.diagram.by_id[step.elements[0]]
        limit = self._way.limit(node)
        return latest.with_leg(Leg(node.id, limit) if limit is not None else None)

    def _later(self, turn: int, times: _Times, at: _Time) -> _Times:
        step = self._steps.machine.net.transitions[turn]
        gone = {*step.clear, *_taken(step)}
        kept = {place: time for place, time in times.items() if place not in gone}
        places = self._steps.machine.net.places
        put = (place for place in step.produce if places[place].kind is not Kind.VALUE)
        return {**kept, **dict.fromkeys(put, at)} if at.cost else kept

    def _is_new(self, key: tuple[int, int, bool], times: _Times) -> bool:
        """Tell whether no way kept is as quick everywhere."""
        kept = self._kept.setdefault(key, [])
        if any(_as_quick(one, times) for one in kept):
            return False
        if len(kept) >= _KEPT:
            self._left_out = True
            return False
        kept.append(times)
        return True


def _taken(step: Transition) -> Sequence[int]:
    """Return the places whose tokens a step goes on from; an ended scope from what ended in it."""
    if step.action == "complete":
        return (*step.consume, *step.clear)
    return step.join.incoming if step.join is not None else step.consume


def _as_quick(one: _Times, other: _Times) -> bool:
    """Tell whether a way is as quick everywhere, and has begun every shared duty of the other."""
    return all(
        place in other and time.cost <= other[place].cost and time.shared >= other[place].shared
        for place, time in one.items()
    )
