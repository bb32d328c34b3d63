# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""Timers under our clock, and dates that are read again at every check.

The library takes a timer's date once, when it is armed. A statutory date lives in a row that may
be moved, held or replaced, so `LiveDate` asks for it at every check: a later date re-arms the
timer, an earlier one fires at once, and None means that there is no date now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions import timer as library
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    DurationTimerEventDefinition,
    TimeDateEventDefinition,
)
from SpiffWorkflow.task import Task

from engine import clock, errors
from engine.execution.catching import scope_errors
from engine.execution.instants import instant_of, length_of
from engine.execution.model import ArmedTimer
from engine.execution.races import kept_date, timers_of
from engine.execution.repeats import follows_its_row, last_date, repeats


class _ClockedDatetime(datetime):
    """The library's `datetime`: the same, but `now` asks our clock."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _ClockedDatetime:
        """Return the present instant of the clock in force."""
        return cls.fromtimestamp(clock.now().timestamp(), tz or UTC)


library.datetime = _ClockedDatetime


class LiveDate(TimeDateEventDefinition):
    """A date that is read again at every check, so that it follows its row."""

    def instant(self, my_task: Task, key: str) -> datetime | None:
        """Return the date as it is now, and keep it."""
        due = instant_of(my_task, my_task.workflow.script_engine.read(my_task, self.expression))
        my_task._set_internal_data(**{key: due.isoformat() if due else None})
        return due

    def has_fired(self, my_task: Task) -> bool:
        """Return whether the date has come; once fired it stays so."""
        return _fired(self, my_task)


class ArmedDuration(DurationTimerEventDefinition):
    """A duration, counted from the instant at which the timer was armed."""

    def instant(self, my_task: Task, key: str) -> datetime:
        """Return when the time will have passed, counted at the first call."""
        value = my_task._get_internal_data(key)
        if value is None:
            length = my_task.workflow.script_engine.read(my_task, self.expression)
            value = (clock.now() + length_of(my_task, length)).isoformat()
            my_task._set_internal_data(**{key: value})
        return datetime.fromisoformat(value)

    def has_fired(self, my_task: Task) -> bool:
        """Return whether the time has passed; once fired it stays so."""
        return _fired(self, my_task)


def _fired(definition: LiveDate | ArmedDuration, my_task: Task) -> bool:
    if not my_task._get_internal_data("event_fired", False):
        due = definition.instant(my_task, "event_value")
        if due is not None and due <= clock.now():
            my_task._set_internal_data(event_fired=True)
    return bool(my_task._get_internal_data("event_fired", False))


def definitions(task_spec: Any) -> list[Any]:  # noqa: ANN401 the library ships no types
    """Return the event definitions of an element: several behind an event gateway."""
    definition = getattr(task_spec, "event_definition", None)
    if definition is None:
        return []
    if isinstance(definition, MultipleEventDefinition):
        return list(definition.event_definitions)
    return [definition]


def bring_to_life(task_spec: Any) -> None:  # noqa: ANN401
    """Exchange the library's timers of an element for ours."""
    for definition in definitions(task_spec):
        scope_errors(definition)
        if isinstance(definition, CycleTimerEventDefinition) and not repeats(task_spec):
            raise errors.Invalid(
                f"Expected a date or a duration at {task_spec.name}, but it has a cycle timer; "
                "draw the loop, or a boundary that does not interrupt",
                f"节点 {task_spec.name} 使用了循环定时器，请改为画出循环，或用非中断边界",
                element=task_spec.name,
            )
        if type(definition) is TimeDateEventDefinition:
            definition.__class__ = LiveDate
        elif type(definition) is DurationTimerEventDefinition:
            definition.__class__ = ArmedDuration


def armed(task: Task, element: str) -> Iterator[ArmedTimer]:
    """Yield the timers that a waiting task is armed with."""
    for definition, key in timers_of(getattr(task.task_spec, "event_definition", None)):
        value = kept_date(task, key)
        yield ArmedTimer(
            element=element,
            expression=str(definition.expression),
            token=dict(task.data),
            value=value.astimezone(UTC) if value else None,
            live=isinstance(definition, LiveDate) or follows_its_row(definition, task),
            after=last_date(task),
        )
