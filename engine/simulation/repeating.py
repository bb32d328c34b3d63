"""Boundary events that leave their activity open come again, as they do in the engine.

A cycle such as `"R3/P1D"` comes so often, so far apart; a date comes once for each value that its
row has. A message or signal comes as often as it is sent.
"""

from __future__ import annotations

import re
from typing import Final

from engine.simulation.answers import Answers, Asking
from engine.simulation.plan import Step, Trigger
from engine.simulation.tokens import Cycle, Wait

_CYCLE: Final = re.compile(r"\s*R(\d{0,3})/(P[0-9A-Z.]+)\s*")
_AGAIN: Final = frozenset({"message", "signal"})


def repeats(step: Step) -> bool:
    """Return whether what waits there stays armed when its event has come."""
    trigger = step.trigger
    if trigger is None or step.kind != "boundaryEvent" or step.node.interrupting:
        return False
    return trigger.kind in _AGAIN or trigger.timer == "timeCycle"


def next_date(wait: Wait, trigger: Trigger, life: Asking, answers: Answers) -> int | None:
    """Return the moment that a repeated timer waits for; None while there is none."""
    expression = trigger.expression
    if wait.cycle is not None or expression is None:
        return wait.due
    value = answers.value(expression, life, wait.marks)
    found = _CYCLE.fullmatch(value) if isinstance(value, str) else None
    if found is not None:
        every = max(1, answers.length(expression, found[2]))
        wait.cycle = Cycle(every, int(found[1]) if found[1] else None)
        return life.now + every
    due = answers.moment(expression, value)
    return None if due is None or (wait.last is not None and due <= wait.last) else due


def go_on(wait: Wait, now: int) -> None:
    """Let a repeated timer wait for what comes after the date that has come; missed ones do not."""
    cycle, due = wait.cycle, wait.due
    if due is None:
        return
    wait.last, wait.due = due, None
    if cycle is not None:
        passed = (now - due) // cycle.every + 1
        cycle.left = None if cycle.left is None else cycle.left - passed
        over = cycle.left is not None and cycle.left <= 0
        wait.due = None if over else due + passed * cycle.every
