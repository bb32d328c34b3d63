# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""Carrying a saved instance over to another version of its diagram.

A saved state names elements only. It reads under the other version as it does under its own if
every token stands at an element that is there as well, of the same kind, with the same events at
it and in the same parallel blocks. Then nothing is armed anew and nothing runs: a duration goes
on counting from where it was armed, a date is read again from its row, a person's task stays the
same task. Whatever else the other version changes lies ahead of the tokens or behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import errors
from engine.execution import codec, timers
from engine.execution.compiled import CompiledProcess
from engine.execution.joins import InclusiveJoin, ParallelJoin
from engine.execution.parallel_blocks import joins_ahead
from engine.execution.workflow import FlatWorkflow

_REACHED: Final[int] = TaskState.WAITING | TaskState.READY | TaskState.STARTED
_FINISHED: Final[int] = TaskState.FINISHED_MASK
_BOUNDARY: Final = ".BoundaryEvent"

Code = Literal["gone", "kind", "boundary", "event", "parallel", "unreadable"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an instance cannot be carried over: which element is in the way, and how."""

    code: Code
    element: str


@dataclass(frozen=True, slots=True)
class Carried:
    """An instance under the other version, or what is in the way."""

    blob: bytes = b""
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether the instance reads under the other version."""
        return not self.obstacles


def carry_over(old: CompiledProcess, new: CompiledProcess, blob: bytes) -> Carried:
    """Return a saved instance as it is to be saved under another version of its process.

    Args:
        old: the version under which it was saved.
        new: the version under which it is to go on.
        blob: the state as `ProcessInstance.dump` left it; it is not changed.
    """
    workflow = FlatWorkflow(old.spec, old.subprocess_specs, None)
    try:
        codec.decode(blob, workflow)
    except errors.Incident:
        return Carried(obstacles=(Obstacle("unreadable", old.process_id),))
    scopes = [(scope, _twin(scope, workflow, new)) for scope in workflow.scopes()]
    found = [one for scope, twin in scopes for one in _obstacles(scope, twin, old, new)]
    if found:
        return Carried(obstacles=tuple(dict.fromkeys(found)))
    for scope, twin in scopes:
        _drop_behind(scope, twin)
    carried = codec.encode(workflow)
    try:
        codec.decode(carried, FlatWorkflow(new.spec, new.subprocess_specs, None))
    except errors.Incident:
        return Carried(obstacles=(Obstacle("unreadable", new.process_id),))
    return Carried(carried)


def _twin(scope: Any, workflow: FlatWorkflow, new: CompiledProcess) -> Any:  # noqa: ANN401
    """Return the scope of the other version, None where it has none of that name."""
    if scope is workflow:
        return new.spec
    return new.subprocess_specs.get(scope.spec.name)


def _obstacles(
    scope: Any, twin: Any, old: CompiledProcess, new: CompiledProcess
) -> Iterator[Obstacle]:  # noqa: ANN401
    if twin is None:
        yield Obstacle("gone", _shown(scope.spec.name, old))
        return
    reached = [task for task in scope.tasks.values() if task._state & _REACHED]
    found = [one for task in reached for one in _of_token(task, twin, old, new)]
    yield from found
    if not found:
        yield from _of_blocks(scope, reached, twin, old)


def _of_token(
    task: Task,
    twin: Any,  # noqa: ANN401
    old: CompiledProcess,
    new: CompiledProcess,
) -> Iterator[Obstacle]:
    """Yield what keeps one token from standing where it stands in the other version."""
    spec = task.task_spec
    element = _shown(spec.name, old)
    other = twin.task_specs.get(spec.name)
    if _attached(element, old) != _attached(element, new) and element in new.elements:
        yield Obstacle("boundary", element)
    elif other is None:
        yield Obstacle("gone", element)
    elif type(other) is not type(spec) or _inside(other) != _inside(spec):
        yield Obstacle("kind", element)
    elif _events(other) != _events(spec):
        yield Obstacle("event", element)


def _of_blocks(
    scope: Any,  # noqa: ANN401
    reached: Sequence[Task],
    twin: Any,  # noqa: ANN401
    old: CompiledProcess,
) -> Iterator[Obstacle]:
    """Yield the joins that would wait for other tokens than they do."""
    standing = [(task.task_spec.name, _came_from(task)) for task in reached]
    before, after = joins_ahead(scope.spec, standing), joins_ahead(twin, standing)
    for join in sorted(before.keys() | after.keys()):
        if before.get(join) != after.get(join):
            yield Obstacle("parallel", _shown(join, old))
    for task in scope.tasks.values():
        # What tokens carry when they meet is held against the flags where they parted.
        if _is_behind(task, twin) and len(task._children) > 1:
            yield Obstacle("parallel", _shown(task.task_spec.name, old))
    for task in reached:
        # A token that waits at a join is known to it by the input on which it came.
        waits = isinstance(task.task_spec, ParallelJoin | InclusiveJoin)
        if waits and _came_from(task) not in twin.task_specs[task.task_spec.name]._inputs:
            yield Obstacle("parallel", _shown(task.task_spec.name, old))


def _came_from(task: Task) -> str:
    return str(task.parent.task_spec.name) if task.parent is not None else ""


def _attached(element: str, compiled: CompiledProcess) -> set[str]:
    return {info.id for info in compiled.elements.values() if info.attached_to == element}


def _inside(spec: Any) -> str | None:  # noqa: ANN401
    """Return which sub-process or called process an element opens."""
    return str(spec.spec) if isinstance(spec, SubWorkflowTask) else None


def _events(spec: Any) -> list[tuple[str, bool]]:  # noqa: ANN401
    """Return what an event waits for, kind by kind, and whether it interrupts."""
    interrupting = bool(getattr(spec, "cancel_activity", False))
    return [(type(one).__name__, interrupting) for one in timers.definitions(spec)]


def _shown(name: str, compiled: CompiledProcess) -> str:
    return compiled.element_of(name) or name.partition(_BOUNDARY)[0]


def _drop_behind(scope: Any, twin: Any) -> None:  # noqa: ANN401
    """Take out what is finished and not in the other version; what hung on it moves up."""
    for task in list(scope.tasks.values()):
        if _is_behind(task, twin):
            _take_out(scope, task)


def _is_behind(task: Task, twin: Any) -> bool:  # noqa: ANN401
    """Return whether a task is finished and not in the other version."""
    other = twin.task_specs.get(task.task_spec.name)
    return bool(task._state & _FINISHED) and type(other) is not type(task.task_spec)


def _take_out(scope: Any, task: Task) -> None:  # noqa: ANN401
    above = scope.tasks[task._parent]
    place = above._children.index(task.id)
    above._children[place : place + 1] = task._children
    for child in task._children:
        scope.tasks[child]._parent = above.id
    del scope.tasks[task.id]
