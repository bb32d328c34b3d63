"""The shortest lawful way from one event to another, by the service limits of the tasks on it.

Every token carries the time at which it is where it is: a task adds its limit, a join waits for
the latest, a choice is free. Dates that pass and messages from outside are not part of such a way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
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


def shortest(steps: Steps, way: Way, budget: int) -> tuple[Leg, ...] | None:
    """Return the tasks that take the time on the shortest way; None if none was found."""
    return _Search(steps, way).run(budget)


class _Search:
    def __init__(self, steps: Steps, way: Way) -> None:
        self._steps = steps
        self._way = way
        self._product = Product(steps, Absence(()), never=way.never, facts=way.facts)
        self._begins = [any_may(way.begin, labels) for labels in steps.labels]
        self._ends = [any_may(way.goal, labels) for labels in steps.labels]
        self._kept: dict[tuple[int, int, bool], list[_Times]] = {}

    def run(self, budget: int) -> tuple[Leg, ...] | None:
        """Follow the quickest first."""
        ticket = count()
        first: tuple[int, int, bool] = (self._steps.machine.initial, 0, False)
        queue: list[tuple[float, int, tuple[int, int, bool], _Times]] = []
        heappush(queue, (0.0, next(ticket), first, {}))
        while queue and next(ticket) < budget:
            _, _, (state, control, begun), times = heappop(queue)
            try:
                followers = self._steps.after(state)
            except FieldFull:
                return None
            for turn, after in followers:
                moved = self._product.moved(control, turn)
                if moved == PRUNED or (begun and self._is_from_outside(turn)):
                    continue
                at = self._at(turn, times) if begun else _Time()
                if begun and self._ends[turn]:
                    return at.legs
                key = (after, moved, begun or self._begins[turn])
                later = self._later(turn, times, at) if key[2] and not self._begins[turn] else {}
                if self._is_new(key, later):
                    cost = max((time.cost for time in later.values()), default=0.0)
                    heappush(queue, (cost, next(ticket), key, later))
        return None

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
        if len(kept) >= _KEPT or any(_as_quick(one, times) for one in kept):
            return False
        kept.append(times)
        return True


def _taken(step: Transition) -> Sequence[int]:
    """Return the places whose tokens a step goes on from; an ended scope from what ended in it."""
    if step.action == "complete":
        return (*step.consume, *step.clear)
    return step.join.incoming if step.join is not None else step.consume


def _as_quick(one: _Times, other: _Times) -> bool:
    return all(place in other and time.cost <= other[place].cost for place, time in one.items())
