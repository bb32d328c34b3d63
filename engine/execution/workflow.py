# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""The library's workflow without its tree walks.

Finding what is READY or WAITING is a scan of the tasks, not a walk of the tree, so a loop of any
length neither slows down nor stalls silently at the library's depth of 1,000. Tasks are numbered
within their instance, small and for ever.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow, BpmnSubWorkflow
from SpiffWorkflow.bpmn.util.task import BpmnTaskFilter, BpmnTaskIterator
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskIterator, TaskState

from engine import errors
from engine.execution.catching import ScopedEvents

# Below this level the library collects the whole tree for every record, heard or not.
for _name in ("spiff", "spiff.task", "spiff.workflow", "spiff.data"):
    logging.getLogger(_name).setLevel(logging.WARNING)

ACTIVE: Final = TaskState.READY | TaskState.WAITING | TaskState.STARTED
TASK_LIMIT: Final = 20_000
"""Tasks that one load of an instance may create; a diagram that needs more runs away."""

_FLAT_FILTERS: Final = frozenset({"state", "manual", "spec_name", "task_filter"})


class LeanTask(Task):
    """A numbered task that writes no log records and may forget what it predicted.

    `pruned` says that the predicted tasks below were dropped; they are predicted again in the
    moment in which the task runs, which is the first in which anybody asks for them.
    """

    _state: int

    def __init__(self, workflow: Any, task_spec: Any, parent: Any, state: int) -> None:  # noqa: ANN401
        """Number the task within its instance."""
        super().__init__(workflow, task_spec, parent, state, workflow.top_workflow.next_id())
        self.pruned = False
        self.last_state_change = workflow.top_workflow.tick()

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> LeanTask:  # noqa: ANN401
        if self._state & TaskState.PREDICTED_MASK and not state & TaskState.PREDICTED_MASK:
            raise WorkflowException(
                "Attempt to add non-predicted child to predicted task", task_spec=self.task_spec
            )
        child = LeanTask(self.workflow, task_spec, self, state)
        if state == TaskState.READY:
            child._ready()
        return child

    def _set_state(self, value: int) -> None:
        if value != self._state:
            self._state = value
            self.last_state_change = self.workflow.top_workflow.tick()

    def run(self) -> bool | None:
        """Run the task, after predicting again what a saved state had dropped."""
        if self.pruned:
            self.pruned = False
            self.task_spec._predict(self, mask=TaskState.NOT_FINISHED_MASK)
        result: bool | None = super().run()
        return result

    def is_descendant_of(self, task: Task) -> bool:
        """Return whether a task is an ancestor; a loop, where the library recurses."""
        parent = self.parent
        while parent is not None and parent is not task:
            parent = parent.parent
        return parent is not None

    def find_ancestor(self, spec_name: str) -> Task | None:
        """Return the nearest ancestor of an element; a loop, where the library recurses."""
        parent = self.parent
        while parent is not None and parent.task_spec.name != spec_name:
            parent = parent.parent
        return parent


class _Flat(BpmnBaseWorkflow):
    """What the workflow and its sub-workflows share."""

    completed: bool

    def plant(self) -> None:
        """Grow the first tasks, as the library's constructor would."""
        self.task_tree = LeanTask(self, self.spec.start, None, TaskState.FUTURE)
        self.task_tree.task_spec._predict(self.task_tree, mask=TaskState.NOT_FINISHED_MASK)
        self.task_tree._ready()

    def scopes(self) -> Iterator[BpmnBaseWorkflow]:
        """Yield this workflow and every sub-workflow within it."""
        yield self
        if self is self.top_workflow:
            yield from self.subprocesses.values()
            return
        inside = {id(self)}
        for scope in self.top_workflow.subprocesses.values():
            if scope is not self and id(scope.parent_workflow) in inside:
                inside.add(id(scope))
                yield scope

    def get_tasks_iterator(self, first_task: Task | None = None, **kwargs: Any) -> Iterator[Task]:  # noqa: ANN401
        """Find tasks by a scan where that gives the order of a walk: up to one hit."""
        if first_task is None and kwargs.keys() <= _FLAT_FILTERS:
            wanted = kwargs.get("task_filter") or BpmnTaskFilter(**kwargs)
            if not wanted.state & ~ACTIVE:
                hits = [
                    task
                    for scope in self.scopes()
                    for task in scope.tasks.values()
                    if task._state & wanted.state and wanted.matches(task)
                ]
                if len(hits) < 2:  # noqa: PLR2004
                    return iter(hits)
        kwargs.setdefault("max_depth", sys.maxsize)
        walk: Iterator[Task] = BpmnTaskIterator(first_task or self.task_tree, **kwargs)
        return walk

    def update_waiting_tasks(self) -> None:
        """Update every waiting task, in the order of a walk."""
        waiting = [task for task in self.tasks.values() if task._state == TaskState.WAITING]
        if len(waiting) > 1:
            waiting = TaskIterator(self.task_tree, state=TaskState.WAITING, max_depth=sys.maxsize)
        for task in waiting:
            task.task_spec._update(task)

    def is_completed(self) -> bool:
        """Return whether nothing is unfinished, however deep."""
        if not self.completed:
            unfinished = TaskState.NOT_FINISHED_MASK
            self.completed = not any(task._state & unfinished for task in self.tasks.values())
        return self.completed

    def cancel_tasks(self) -> list[Task]:
        """Cancel every unfinished task of this scope, however deep."""
        self.success = False
        self.completed = True
        unfinished = TaskState.NOT_FINISHED_MASK
        cancelled = [task for task in self.tasks.values() if task._state & unfinished]
        for task in cancelled:
            task.cancel()
        return cancelled


class FlatSubWorkflow(_Flat, BpmnSubWorkflow):
    """A sub-process or called process."""

    def cancel(self, success: bool = False) -> list[Task]:  # noqa: FBT001, FBT002 as the library's
        """Cancel the sub-process; those inside go with their tasks."""
        return self.cancel_tasks()


class FlatWorkflow(_Flat, BpmnWorkflow):
    """A process instance's workflow."""

    def __init__(self, spec: Any, subprocess_specs: Any, script_engine: Any) -> None:  # noqa: ANN401
        """Build without tasks: `plant` or the codec brings them."""
        self.last_id = 0
        self.ticks = 0
        self.id_limit = TASK_LIMIT
        super().__init__(spec, subprocess_specs, script_engine, deserializing=True)
        self.event_manager = ScopedEvents(self)
        self.task_removed_event.connect(self._forget)

    def next_id(self) -> int:
        """Return the next number of a task, never given before in this instance."""
        self.last_id += 1
        if self.last_id > self.id_limit:
            raise errors.Incident(
                f"Expected at most {TASK_LIMIT} new tasks at once, but the diagram makes more",
                f"流程一次生成的任务超过 {TASK_LIMIT} 个",
            )
        return self.last_id

    def tick(self) -> int:
        """Return a number that orders changes of state; the library compares times."""
        self.ticks += 1
        return self.ticks

    def create_subprocess(self, my_task: Task, spec_name: str) -> FlatSubWorkflow:
        """Begin a sub-process."""
        scope = FlatSubWorkflow(
            self.subprocess_specs[spec_name], my_task.id, self, deserializing=True
        )
        self.subprocesses[my_task.id] = scope
        scope.plant()
        return scope

    def refresh_timers(self) -> None:
        """Check every armed timer."""
        if not self.event_manager.tasks:
            return
        for task in list(self.event_manager.tasks.values()):
            kinds = (TimerEventDefinition, MultipleEventDefinition)
            if isinstance(task.task_spec.event_definition, kinds):
                task.task_spec._update(task)

    def cancel(self, workflow: object = None) -> list[Task]:
        """Cancel the whole instance; sub-processes go with their tasks."""
        return self.cancel_tasks()

    def _forget(self, workflow: BpmnBaseWorkflow, task: Task) -> None:
        # The library leaves a removed task armed, and a sub-process below it running.
        self.event_manager.remove_task(task)
        scope = self.subprocesses.pop(task.id, None)
        if scope is not None:
            for inner in list(scope.tasks.values()):
                self._forget(scope, inner)
