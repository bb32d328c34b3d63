# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""Boundary events that leave their activity open and come as often as their event does.

The library lets such a message or signal come once, and hangs what a cycle timer starts on the
timer itself, so that it is lost when the activity ends. Here the boundary stays armed, and each
time its event comes a task of its own, a shot, goes the way behind it. A shot belongs to nobody:
what it started goes on when the activity is done.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    TimerEventDefinition,
)
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import clock
from engine.execution.instants import cycle_of, instant_of

_SHOT: Final = "shot"
LAST: Final = "event_last"
_VALUE, _EVERY, _LEFT = "event_value", "event_every", "event_left"


class RepeatedBoundary(BoundaryEvent):
    """A boundary that fires again and again while its activity is open."""

    def _update_hook(self, my_task: Task) -> bool:
        if not super()._update_hook(my_task):
            return False
        self.event_definition.reset(my_task)
        my_task.workflow.top_workflow.event_manager.add_task(my_task)
        shot = my_task.parent._add_child(self, TaskState.FUTURE)
        shot._set_internal_data(**{_SHOT: True})
        shot.data = deepcopy(my_task.data)
        shot.pruned = True
        shot._ready()
        return False

    def _predict_hook(self, my_task: Task) -> None:
        if my_task._get_internal_data(_SHOT):
            onward = [spec for spec in self.outputs if not isinstance(spec, BoundaryEventJoin)]
            my_task._sync_children(onward, TaskState.FUTURE)
        else:
            super()._predict_hook(my_task)


class OpenJoin(BoundaryEventJoin):
    """Knows the activity by its element: of what shots started, anything may hang beside it."""

    def _check_threshold_structured(self, my_task: Task) -> tuple[bool, list[Task]]:
        split = my_task.find_ancestor(self.split_task)
        if split is None:
            raise WorkflowException(f"Split at {self.split_task} was not reached", task_spec=self)
        activity = split.task_spec.outputs[0]
        beside = [task for task in split.children if isinstance(task.task_spec, BoundaryEvent)]
        main = [task for task in split.children if task.task_spec is activity]
        came = TaskState.READY | TaskState.COMPLETED
        interrupted = any(t.task_spec.cancel_activity and t.has_state(came) for t in beside)
        if not interrupted and not any(task.has_state(TaskState.FINISHED_MASK) for task in main):
            return False, []
        waiting = [task for task in beside if task.state == TaskState.WAITING]
        return True, [*waiting, *(main if interrupted else [])]


class RepeatedDate(TimerEventDefinition):
    """A timer that comes again: at each new date of a row, or every so often.

    Whatever was missed while nobody looked comes once. A date comes once for each value that it
    has; when its row names a later one, it waits for that.
    """

    def instant(self, my_task: Task, key: str) -> datetime | None:
        """Return the next date, None if there is none now."""
        if my_task._get_internal_data(_EVERY) is None:
            self._look(my_task)
        value = my_task._get_internal_data(key)
        return datetime.fromisoformat(value) if value else None

    def has_fired(self, my_task: Task) -> bool:
        """Return whether the date has come, and go on to the next."""
        due = self.instant(my_task, _VALUE)
        if due is None or due > clock.now():
            return False
        self._go_on(my_task, due)
        return True

    def _look(self, my_task: Task) -> None:
        value = my_task.workflow.script_engine.read(my_task, self.expression)
        cycle = cycle_of(my_task, value) if isinstance(value, str) else None
        if cycle is not None:
            count, every = cycle
            kept = {_LEFT: count, _EVERY: every.total_seconds()}
            my_task._set_internal_data(**kept, **{_VALUE: (clock.now() + every).isoformat()})
            return
        due = instant_of(my_task, value)
        last = my_task._get_internal_data(LAST)
        over = due is None or (last is not None and due <= datetime.fromisoformat(last))
        my_task._set_internal_data(**{_VALUE: None if over or due is None else due.isoformat()})

    def _go_on(self, my_task: Task, due: datetime) -> None:
        seconds = my_task._get_internal_data(_EVERY)
        if seconds is None:
            my_task._set_internal_data(**{LAST: due.isoformat(), _VALUE: None})
            return
        every = timedelta(seconds=seconds)
        passed = (clock.now() - due) // every + 1
        left = my_task._get_internal_data(_LEFT)
        left = left if left is None else left - passed
        over = left is not None and left <= 0
        value = None if over else (due + passed * every).isoformat()
        my_task._set_internal_data(**{_LEFT: left, _VALUE: value})


def repeat(spec: Any) -> None:  # noqa: ANN401 untyped library
    """Exchange a boundary that may come again, and every join behind boundaries, for ours."""
    if type(spec) is BoundaryEventJoin:
        spec.__class__ = OpenJoin
    if not repeats(spec):
        return
    definition = spec.event_definition
    if isinstance(definition, CycleTimerEventDefinition):
        definition.__class__ = RepeatedDate
    if isinstance(definition, RepeatedDate | MessageEventDefinition | SignalEventDefinition):
        spec.__class__ = RepeatedBoundary


def repeats(spec: Any) -> bool:  # noqa: ANN401
    """Return whether an element is a boundary that leaves its activity open."""
    return isinstance(spec, BoundaryEvent) and not spec.cancel_activity


def follows_its_row(definition: Any, task: Task) -> bool:  # noqa: ANN401
    """Return whether a repeated timer reads a date, not a cycle."""
    return isinstance(definition, RepeatedDate) and task._get_internal_data(_EVERY) is None


def last_date(task: Task) -> datetime | None:
    """Return the date at which a repeated timer came last."""
    value = task._get_internal_data(LAST)
    return datetime.fromisoformat(value) if value else None
