"""What no duty of an authority may hang on: a date, and a task of whoever need not act.

A date may be any number of days away, and whoever is outside may do nothing for ever. Where such a
step is the only way to what is owed, it may never come about, though it can.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from engine.verification.statutes.events import Event, any_may
from engine.verification.statutes.steps import Steps

HELD_UP: Final = (
    "途中要等一个日期，或者等不一定会办理的人，可能永远等不到",
    "the way there waits for a date, or for somebody who need not act, and may never be gone",
)
"""What is told of a duty that could be discharged, but hangs on such a step."""


def idle(steps: Steps, outside: Collection[str], through: Iterable[Event]) -> list[bool]:
    """Tell of every step whether it is one, save those that a declaration names.

    Args:
        steps: the process.
        outside: the candidate rules of those who need not act.
        through: what may be waited for all the same, as something else bounds it.
    """
    named = tuple(through)
    found = []
    for turn, labels in enumerate(steps.labels):
        waits = any(label.kind == "timer" for label in labels) or (
            any(label.kind == "act" for label in labels) and _body(steps, turn) in outside
        )
        found.append(waits and not any_may(named, labels))
    return found


def _body(steps: Steps, turn: int) -> str:
    node = steps.diagram.by_id.get(steps.machine.net.transitions[turn].elements[0])
    return node.properties.get("body", "") if node is not None else ""
