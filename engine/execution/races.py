# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""Event gateways behind which several timers may wait, each with a date of its own.

The library keeps one date for all timers of a gateway, and takes two timers of the same text for
one. Here each timer has its own place. Of several that are due at one check, as after downtime,
the one with the earliest date wins; of equal dates, the one drawn first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import clock

SEEN: Final = "seen_events"
_VALUE: Final = "event_value"


class FirstEvent(MultipleEventDefinition):
    """The events behind a gateway; the first that comes decides."""

    def has_fired(self, my_task: Task) -> bool:
        """Return whether one of them has come."""
        if not my_task.internal_data.get(SEEN):
            due = [
                (instant, place)
                for place, (definition, key) in enumerate(timers_of(self))
                if (instant := definition.instant(my_task, key)) is not None
                and instant <= clock.now()
            ]
            if due:
                definition, _ = list(timers_of(self))[min(due)[1]]
                my_task._set_internal_data(**{SEEN: [BpmnEvent(definition)]})
        return bool(my_task.internal_data.get(SEEN))


class Race(EventBasedGateway):
    """An event gateway that goes the way of the very event that came."""

    def _run_hook(self, my_task: Task) -> bool:
        event = my_task.internal_data[SEEN][0]
        place = place_of(self.event_definition.event_definitions, event.event_definition)
        my_task._sync_children([self.outputs[place]], TaskState.FUTURE)
        for child in my_task.children:
            child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)
        return True


def timers_of(definition: Any) -> Iterator[tuple[Any, str]]:  # noqa: ANN401 untyped library
    """Yield the timers of an element, each with the key under which a task keeps its date."""
    several = isinstance(definition, MultipleEventDefinition)
    found = [
        one
        for one in (definition.event_definitions if several else [definition])
        if isinstance(one, TimerEventDefinition)
    ]
    for place, one in enumerate(found):
        yield one, f"{_VALUE}_{place}" if place else _VALUE


def kept_date(task: Task, key: str) -> datetime | None:
    """Return the date that a task keeps for one of its timers."""
    value = task._get_internal_data(key)
    return datetime.fromisoformat(value) if value else None


def place_of(definitions: list[Any], definition: Any) -> int:  # noqa: ANN401
    """Return which of some events one is: a timer is itself alone, a message goes by its name."""
    for place, one in enumerate(definitions):
        if one is definition:
            return place
    return definitions.index(definition)


def count_dates(spec: Any) -> None:  # noqa: ANN401
    """Exchange an event gateway of the library for ours."""
    if isinstance(spec, EventBasedGateway):
        spec.__class__ = Race
        spec.event_definition.__class__ = FirstEvent
