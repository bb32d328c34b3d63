# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""Parallel and inclusive gateways that count tokens, so that they also join inside a loop.

The library asks which inputs of a join were ever completed. On the second turn of a loop the
first turn's inputs still count, and the join fires on one branch alone: a second round of
signatures would be decided by the first body to sign. Here a join looks at the tokens that wait
at it now, consumes one of each input when it fires, and never looks back. What the tokens carry is
merged so that nothing written on any branch is lost (`merging`).
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution.merging import meet

_ACTIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


class ParallelJoin(ParallelGateway):
    """Fires when a token waits at every input."""

    def _update_hook(self, my_task: Task) -> bool:
        tokens = _waiting(self, my_task)
        return _fire(tokens, my_task) if len(tokens) == len(set(self._inputs)) else _wait(my_task)

    def _run_hook(self, my_task: Task) -> bool:
        return True


class InclusiveJoin(InclusiveGateway):
    """Fires when no token of its scope can still reach an empty input.

    As BPMN 2.0 has it, a token that can reach an occupied input as well is not waited for.
    """

    reach: dict[str, frozenset[str]]
    """Inputs of this gateway that each element can reach without passing through it."""

    def _update_hook(self, my_task: Task) -> bool:
        tokens = _waiting(self, my_task)
        for task in my_task.workflow.tasks.values():
            if task._state & _ACTIVE and task.task_spec is not self:
                reached = self.reach.get(task.task_spec.name)
                if reached and reached.isdisjoint(tokens):
                    return _wait(my_task)
        return _fire(tokens, my_task)

    def _run_hook(self, my_task: Task) -> bool:
        matches, defaults = self._get_matching_outputs(my_task)
        if not matches and not defaults:
            raise WorkflowTaskException("No conditions satisfied on gateway", task=my_task)
        my_task._sync_children(matches or defaults, TaskState.FUTURE)
        for child in my_task.children:
            mask = TaskState.FUTURE | TaskState.PREDICTED_MASK
            child.task_spec._predict(child, mask=mask)
        return True


def count_tokens(spec: Any) -> None:  # noqa: ANN401 the library ships no types
    """Exchange a parallel or inclusive gateway of the library for ours."""
    if type(spec) is ParallelGateway:
        spec.__class__ = ParallelJoin
    elif type(spec) is InclusiveGateway:
        spec.__class__ = InclusiveJoin
        spec.reach = _reach(spec)


def _waiting(spec: Any, my_task: Task) -> dict[str, Task]:  # noqa: ANN401
    """Return the oldest waiting token of each input; the one asked about is the newest."""
    tokens = sorted(
        (
            task
            for task in my_task.workflow.tasks.values()
            if task.task_spec is spec and task._state == TaskState.WAITING and task is not my_task
        ),
        key=lambda task: task.last_state_change,
    )
    found: dict[str, Task] = {}
    for task in (*tokens, my_task):
        found.setdefault(task.parent.task_spec.name, task)
    return found


def _wait(my_task: Task) -> bool:
    my_task._set_state(TaskState.WAITING)
    return False


def _fire(tokens: dict[str, Task], my_task: Task) -> bool:
    if all(task is not my_task for task in tokens.values()):
        return _wait(my_task)
    others = [task for task in tokens.values() if task is not my_task]
    my_task.data = meet([*sorted(others, key=lambda task: task.last_state_change), my_task])
    for task in others:
        task.cancel()
    return True


def _reach(spec: Any) -> dict[str, frozenset[str]]:  # noqa: ANN401
    reach: dict[str, set[str]] = {}
    nodes = spec._wf_spec.task_specs
    for entry in spec._inputs:
        seen = {spec.name}
        stack = [entry]
        while stack:
            name = stack.pop()
            if name not in seen:
                seen.add(name)
                reach.setdefault(name, set()).add(entry)
                stack.extend(nodes[name]._inputs)
    return {name: frozenset(entries) for name, entries in reach.items()}
