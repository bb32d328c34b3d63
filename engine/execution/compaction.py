# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""Drop what a saved instance does not need, so that the tenth round costs what the first did.

Of a scope stays: the root, everything reached and not finished, the parents of that (data is
inherited from them), and the ends that a scope's last join will still merge. The children of a
boundary split whose activity is open are all among these: the activity and its events wait, and an
event that has happened is the parent of the join that waits for the activity. What the library
merely predicted is dropped as well and predicted again when its task runs. Our gateways look at
waiting tokens only (`joins`), and at the flags with which these once parted (`merging`), so a split
stays while it has two branches.
"""

from __future__ import annotations

from typing import Any, Final

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution.workflow import FlatWorkflow

FINISHED: Final[int] = TaskState.FINISHED_MASK
FORETOLD: Final[int] = TaskState.PREDICTED_MASK | TaskState.FUTURE
REACHED: Final[int] = TaskState.WAITING | TaskState.READY | TaskState.STARTED


def compact(workflow: FlatWorkflow) -> None:
    """Drop finished and predicted tasks of an instance, in memory."""
    for key, scope in list(workflow.subprocesses.items()):
        if scope.completed:
            del workflow.subprocesses[key]
    for scope in (workflow, *workflow.subprocesses.values()):
        if not scope.completed:
            _compact_scope(scope)


def _compact_scope(scope: Any) -> None:  # noqa: ANN401
    kept = _kept(scope)
    if len(kept) == len(scope.tasks):
        return
    order = _reattach(scope.task_tree, kept)
    for task in order:
        if task._state & REACHED:
            task.pruned = True
    scope.tasks = {task.id: task for task in order}


def _kept(scope: Any) -> set[int]:  # noqa: ANN401
    tasks: dict[int, Task] = scope.tasks
    kept = {scope.task_tree.id}
    ends = scope.spec.end
    for task in tasks.values():
        if task._state & REACHED or (task.task_spec is ends and task._state & FINISHED):
            kept.add(task.id)
            if task._parent is not None:
                kept.add(task._parent)
    return kept | _splits(tasks, kept)


def _splits(tasks: dict[int, Task], kept: set[int]) -> set[int]:
    """Return the tasks below which two branches hold something that is kept."""
    found: set[int] = set()
    below: dict[int, int] = {}
    for task_id in kept:
        child, above = task_id, tasks[task_id]._parent
        while above is not None:
            known = below.setdefault(above, child)
            if known != child:
                found.add(above)
                break
            child, above = above, tasks[above]._parent
    return found


def _reattach(root: Task, kept: set[int]) -> list[Task]:
    """Hang every kept task on its nearest kept ancestor, in the order of a walk."""
    tasks = root.workflow.tasks
    order: list[Task] = []
    stack: list[tuple[int, Task | None]] = [(root.id, None)]
    while stack:
        task_id, above = stack.pop()
        task = tasks[task_id]
        children = task._children
        if task_id in kept:
            order.append(task)
            if above is not None:
                task._parent = above.id
                above._children.append(task_id)
            task._children = []
            above = task
        stack.extend((child, above) for child in reversed(children))
    return order
