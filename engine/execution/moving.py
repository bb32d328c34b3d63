# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""Moving a token from one person's task to another of its scope, without doing either.

What is armed at the task that it leaves is disarmed, what is drawn at the task that it comes to
is armed anew. It stays in the parallel blocks in which it stands: a token that left one would let
its join wait for ever, one that came into another would fire it.
"""

from __future__ import annotations

from typing import Final

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.errors import Conflict
from engine.execution.parallel_blocks import inputs_ahead

_SPLIT: Final = ".BoundaryEventSplit"


def check_place(task: Task, element: str) -> None:
    """Refuse an element at which the token of a waiting task cannot stand.

    Raises:
        Conflict: there is no task of a person there, or it lies in other parallel blocks.
    """
    spec = task.workflow.spec.task_specs
    goal = spec.get(element)
    if goal is None or not goal.manual or isinstance(goal, LoopTask) or goal is task.task_spec:
        raise _refused(element, "there is no other task of a person there", "那里没有可停的步骤")
    holder = _holder(task)
    if holder.parent is None or isinstance(holder.parent.task_spec, LoopTask):
        raise _refused(element, "it is one of several at once", "该步骤是多实例中的一个")
    here = inputs_ahead(task.workflow.spec, task.task_spec.name)
    if here != inputs_ahead(task.workflow.spec, element):
        raise _refused(element, "it lies between other branches", "两处不在同一并行分支")


def move(task: Task, element: str) -> None:
    """Move a token to an element that was found to be a place for it."""
    spec, holder = task.workflow.spec.task_specs, _holder(task)
    place, parent = spec.get(element + _SPLIT, spec[element]), holder.parent
    for child in [*holder.children, holder]:
        if not child._state & TaskState.FINISHED_MASK:
            child.cancel()
    arrived = parent._add_child(place, TaskState.FUTURE)
    arrived.triggered = True
    place._predict(arrived, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)
    place._update(arrived)


def _holder(task: Task) -> Task:
    """Return what stands for a token: its task, or the split that the task hangs on."""
    parent = task.parent
    if parent is not None and parent.task_spec.name == task.task_spec.name + _SPLIT:
        return parent
    return task


def _refused(element: str, why: str, why_zh: str) -> Conflict:
    return Conflict(
        f"Expected {element} to be where a token may be moved, but {why}",
        f"不能移动到 {element}：{why_zh}",
        element=element,
    )
