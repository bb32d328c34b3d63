"""The silent human: whoever keeps silent for ever, somebody above hears of it.

A task whose ladder ends at a body that is final in the rule set is seen. So is one with a date
that leaves it open and surely tells. For any other, time alone must bring about an alarm: from
every state in which the task waits, an alarm stays in reach whatever dates and the machine do.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.execution.bpmn_model import Diagram, Node
from engine.verification.components import leads_to
from engine.verification.paths import Path
from engine.verification.statutes.application import Application
from engine.verification.statutes.events import Event, any_must
from engine.verification.statutes.space import Space
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
    steps: Steps, space: Space | None, tasks: Sequence[Node], alarms: Sequence[Event]
) -> list[Unseen]:
    """Return the tasks whose silence is seen by nobody.

    Args:
        steps: the process.
        space: all its states; None where they are not known.
        tasks: its tasks without a ladder that ends at somebody final.
        alarms: what records that a date has passed and tells a named higher body.
    """
    if space is None:
        return [Unseen(node, None, decided=False) for node in tasks]
    alarmed = _alarmed(space, steps, alarms)
    heard = leads_to(space.by_time, alarmed)
    at_once = _surely(space, steps, alarms)
    found = []
    for node in tasks:
        if any(_alarms(space, steps, one, at_once) for one in _watching(steps, node)):
            continue
        way = _unheard(space, steps, space.holding(steps, node.id), alarms, heard)
        if way is not None:
            found.append(Unseen(node, steps.path(way)))
    return found


def _unheard(
    space: Space,
    steps: Steps,
    begin: Sequence[int],
    alarms: Sequence[Event],
    heard: Sequence[bool],
) -> list[int] | None:
    """Return a way on which time alone passes by every alarm, to where none can come any more."""
    alarm = [any_must(alarms, labels) for labels in steps.labels]
    came: dict[int, tuple[int, int]] = dict.fromkeys(begin, (-1, -1))
    waiting = deque(begin)
    while waiting:
        number = waiting.popleft()
        if not heard[number]:
            return _way(space, came, number)
        for turn, after in space.edges[number]:
            if after not in came and after in space.by_time[number] and not alarm[turn]:
                came[after] = (number, turn)
                waiting.append(after)
    return None


def _way(space: Space, came: Mapping[int, tuple[int, int]], number: int) -> list[int]:
    found: list[int] = []
    while came[number][0] >= 0:
        number, turn = came[number]
        found.append(turn)
    return [*space.path(number), *found[::-1]]


def _watching(steps: Steps, task: Node) -> Iterator[str]:
    """Yield the dates on a task, or on what it lies in, that leave it open when they pass."""
    node: Node | None = task
    while node is not None:
        for boundary in steps.diagram.boundaries.get(node.id, ()):
            if not boundary.interrupting and boundary.has_event("timer"):
                yield boundary.id
        node = steps.diagram.by_id.get(node.scope)


def _alarms(space: Space, steps: Steps, boundary: str, at_once: Sequence[bool]) -> bool:
    """Tell whether an alarm follows by itself wherever a date passes, and it does somewhere."""
    passed = {
        number
        for edges in space.edges
        for turn, number in edges
        if boundary in steps.machine.net.transitions[turn].elements
    }
    return bool(passed) and all(at_once[number] for number in passed)


def _surely(space: Space, steps: Steps, alarms: Sequence[Event]) -> list[bool]:
    """Tell of each state whether every way that goes on from it by itself comes to an alarm."""
    alarm = [any_must(alarms, labels) for labels in steps.labels]
    left: list[set[int]] = []
    before: dict[int, list[int]] = {}
    ready: list[int] = []
    for number, edges in enumerate(space.edges):
        own = [(turn, after) for turn, after in edges if not steps.waits[turn]]
        left.append({after for turn, after in own if not alarm[turn]})
        for after in left[number]:
            before.setdefault(after, []).append(number)
        if own and not left[number]:
            ready.append(number)
    found = [False] * len(space.edges)
    while ready:
        number = ready.pop()
        found[number] = True
        for earlier in before.get(number, ()):
            left[earlier].discard(number)
            if not left[earlier] and not found[earlier]:
                ready.append(earlier)
    return found


def _alarmed(space: Space, steps: Steps, alarms: Sequence[Event]) -> list[int]:
    """Return the states in which an alarm is the next thing that happens."""
    return [
        number
        for number, edges in enumerate(space.edges)
        if any(any_must(alarms, steps.labels[turn]) for turn, _ in edges)
    ]
