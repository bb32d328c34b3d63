"""The silent human: whoever keeps silent for ever, somebody above hears of it.

A task whose ladder ends at a body that is final in the rule set is seen. For any other, time alone
must bring about an alarm: from every state in which the task waits, and which dates and the
machine alone can go on from, an alarm stays in reach.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.execution.bpmn_model import Diagram, Node
from engine.verification.components import leads_to
from engine.verification.machine import FieldFull
from engine.verification.net import Kind
from engine.verification.paths import Path
from engine.verification.statutes.application import Application
from engine.verification.statutes.events import Event, any_must
from engine.verification.statutes.steps import Steps


@dataclass(frozen=True, slots=True)
class Unseen:
    """A task whose silence nobody hears of; `decided` is false where that is not known."""

    task: Node
    path: Path | None
    decided: bool = True


def waiting(diagram: Diagram, application: Application) -> list[Node]:
    """Return the tasks whose ladder ends at nobody final."""
    tasks = diagram.of_kind("userTask")
    return [node for node in tasks if not application.tells_a_final_body(node.properties)]


def unseen(
    steps: Steps, tasks: Sequence[Node], alarms: Sequence[Event], budget: int
) -> list[Unseen]:
    """Return the tasks whose silence is seen by nobody.

    Args:
        steps: the process.
        tasks: its tasks without a ladder that ends at somebody final.
        alarms: what records that a date has passed and tells a named higher body.
        budget: states that may be searched.
    """
    space = _explored(steps, budget)
    if space is None:
        return [Unseen(node, None, decided=False) for node in tasks]
    alarmed = _alarmed(space, steps, alarms)
    heard = leads_to(space.by_time, alarmed)
    at_once = leads_to(space.by_itself(steps), alarmed)
    found = []
    for node in tasks:
        if any(_alarms(space, steps, one, at_once) for one in _watching(steps, node)):
            continue
        stuck = next((n for n in space.holding(steps, node.id) if not heard[n]), None)
        if stuck is not None:
            found.append(Unseen(node, steps.path(space.path(stuck))))
    return found


@dataclass
class _Space:
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

    def by_itself(self, steps: Steps) -> list[list[int]]:
        """Return what follows each state without anybody and without a date."""
        return [[number for turn, number in edges if not steps.waits[turn]] for edges in self.edges]

    def path(self, number: int) -> list[int]:
        """Return the transitions that lead to a state."""
        found: list[int] = []
        while number > 0:
            number, turn = self.came_from[number]
            found.append(turn)
        return found[::-1]


def _watching(steps: Steps, task: Node) -> Iterator[str]:
    """Yield the dates on a task, or on what it lies in, that leave it open when they pass."""
    node: Node | None = task
    while node is not None:
        for boundary in steps.diagram.boundaries.get(node.id, ()):
            if not boundary.interrupting and boundary.has_event("timer"):
                yield boundary.id
        node = steps.diagram.by_id.get(node.scope)


def _alarms(space: _Space, steps: Steps, boundary: str, at_once: Sequence[bool]) -> bool:
    """Tell whether an alarm follows by itself wherever a date passes."""
    return all(
        at_once[number]
        for edges in space.edges
        for turn, number in edges
        if boundary in steps.machine.net.transitions[turn].elements
    )


def _explored(steps: Steps, budget: int) -> _Space | None:
    """Return every state; None where the budget does not do."""
    space = _Space([steps.machine.initial], [(-1, -1)], [[]], [[]])
    numbers = {steps.machine.initial: 0}
    alone = [_is_of_time(steps, turn) for turn in range(len(steps.labels))]
    at = 0
    while at < len(space.states):
        if len(space.states) > budget:
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


def _alarmed(space: _Space, steps: Steps, alarms: Sequence[Event]) -> list[int]:
    """Return the states in which an alarm is the next thing that happens."""
    return [
        number
        for number, edges in enumerate(space.edges)
        if any(any_must(alarms, steps.labels[turn]) for turn, _ in edges)
    ]
