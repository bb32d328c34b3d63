"""What a timer is given, read: a date, a duration, a cycle."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.task import Task

from engine import clock, errors

_CYCLE: Final = re.compile(r"R(\d{0,3})/(P[0-9A-Z.]+)")


def instant_of(task: Task, value: object) -> datetime | None:
    """Return a date that a timer was given, None if there is none.

    Raises:
        Incident: it is no date, or has no zone.
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise wrong(task, "a date with time and zone", value) from None
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise wrong(task, "a date with time and zone", value)
    return value.astimezone(UTC)


def length_of(task: Task, value: object) -> timedelta:
    """Return a duration that a timer was given.

    Raises:
        Incident: it is none.
    """
    if isinstance(value, str):
        try:
            parsed = TimerEventDefinition.parse_iso_duration(value)
            value = TimerEventDefinition.get_timedelta_from_start(parsed, clock.now())
        except Exception:  # noqa: BLE001 the library raises the bare class
            raise wrong(task, "a duration", value) from None
    if not isinstance(value, timedelta):
        raise wrong(task, "a duration", value)
    return value


def cycle_of(task: Task, text: str) -> tuple[int | None, timedelta] | None:
    """Return how often `R3/P1D` or `R/PT12H` comes and how far apart; None if it is no cycle.

    Raises:
        Incident: the duration is none, or of no length.
    """
    found = _CYCLE.fullmatch(text.strip())
    if found is None:
        return None
    every = length_of(task, found[2])
    if every <= timedelta():
        raise wrong(task, "a cycle with a length", text)
    return (int(found[1]) if found[1] else None), every


def wrong(task: Task, expected: str, value: object) -> errors.Incident:
    """Return the incident of a timer whose value is of another kind."""
    element = task.task_spec.bpmn_id or task.task_spec.name
    return errors.Incident(
        f"Expected {expected} from the timer {element}, but it answered {value!r}",
        f"定时器 {element} 的值无效：{value!r}",
        element=element,
    )
