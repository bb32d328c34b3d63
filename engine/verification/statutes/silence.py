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
from engine.verification.paths import Path
from engine.verification.statutes.application import Application
from engine.verification.statutes.events import Event, any_must
from engine.verification.statutes.space import Space, explored
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
    space = explored(steps, budget)
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


def _watching(steps: Steps, task: Node) -> Iterator[str]:
    """Yield the dates on a task, or on what it lies in, that leave it open when they pass."""
    node: Node | None = task
    while node is not None:
        for boundary in steps.diagram.boundaries.get(node.id, ()):
            if not boundary.interrupting and boundary.has_event("timer"):
                yield boundary.id
        node = steps.diagram.by_id.get(node.scope)


def _alarms(space: Space, steps: Steps, boundary: str, at_once: Sequence[bool]) -> bool:
    """Tell whether an alarm follows by itself wherever a date passes."""
    return all(
        at_once[number]
        for edges in space.edges
        for turn, number in edges
        if boundary in steps.machine.net.transitions[turn].elements
    )


def _alarmed(space: Space, steps: Steps, alarms: Sequence[Event]) -> list[int]:
    """Return the states in which an alarm is the next thing that happens."""
    return [
        number
        for number, edges in enumerate(space.edges)
        if any(any_must(alarms, steps.labels[turn]) for turn, _ in edges)
    ]
