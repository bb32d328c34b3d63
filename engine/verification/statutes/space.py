"""All states of one process at once, for questions about what is open and what may come."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import thread_time

from engine.verification.machine import FieldFull
from engine.verification.net import Kind
from engine.verification.statutes.steps import Steps


@dataclass
class Space:
    """Every state of a process, and what time and the machine alone make of it."""

    states: list[int]
    came_from: list[tuple[int, int]]
    edges: list[list[tuple[int, int]]]
    by_time: list[list[int]]

    def holding(self, steps: Steps, task: str) -> list[int]:
        """Return the states in which a task is open and the machine has nothing left to do."""
        mask = steps.machine.mask(
            place.id
            for place in steps.machine.net.places
            if place.kind is Kind.ACTIVITY and place.element == task
        )
        return [
            number
            for number, (state, edges) in enumerate(zip(self.states, self.edges, strict=True))
            if state & mask and (not steps.at_once or all(steps.waits[turn] for turn, _ in edges))
        ]

    def path(self, number: int) -> list[int]:
        """Return the transitions that lead to a state."""
        found: list[int] = []
        while number > 0:
            number, turn = self.came_from[number]
            found.append(turn)
        return found[::-1]


def space_of(steps: Steps, budget: int, until: float = inf) -> Space | None:
    """Return every state; None where the budget or the time does not do."""
    space = Space([steps.machine.initial], [(-1, -1)], [[]], [[]])
    numbers = {steps.machine.initial: 0}
    alone = [_is_of_time(steps, turn) for turn in range(len(steps.labels))]
    at = 0
    while at < len(space.states):
        if len(space.states) > budget or thread_time() > until:
            return None
        try:
            after = steps.after(space.states[at])
        except FieldFull:
            return None
        for turn, state in after:
            number = numbers.setdefault(state, len(space.states))
            if number == len(space.states):
                space.states.append(state)
                space.came_from.append((at, turn))
                space.edges.append([])
                space.by_time.append([])
            space.edges[at].append((turn, number))
            if alone[turn]:
                space.by_time[at].append(number)
        at += 1
    return space


def _is_of_time(steps: Steps, turn: int) -> bool:
    """Tell whether dates and the machine alone bring a step about."""
    labels = steps.labels[turn]
    if any(label.kind == "act" for label in labels):
        return False
    timed = any(label.kind == "timer" for label in labels)
    return timed or not any(label.kind == "received" for label in labels)
