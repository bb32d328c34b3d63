# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""The saved state of an instance: one format byte, then compressed rows of integers.

Format 1 is a zlib stream of JSON:

    [names, last_id, ticks, scope, [[parent, scope], …]]     parent: row number over all scopes
    scope = [finished, data_objects, row, …]                 finished: 1 completed, 2 failed
    row   = [name, back, state, id, data, internal, triggered, changed]   trailing zeros dropped

`name` is an index into `names`, which lists the tasks of the library that occur, so that a later
version of the library or of this room may number its own as it likes. `back` is how many rows
above the parent stands (0 for the root), `state` the exponent of the library's power of two.
`data` is 0 for none, 1 for the parent's, else the flags. Nothing in it is the name of a class:
data cannot name what is built from it.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any, Final

import orjson
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import errors
from engine.execution.races import SEEN, place_of
from engine.execution.workflow import TASK_LIMIT, FlatSubWorkflow, FlatWorkflow, LeanTask

FORMAT: Final = 1

_DONE: Final[int] = TaskState.COMPLETED | TaskState.ERROR
_FINISHED: Final[int] = TaskState.FINISHED_MASK
_REACHED: Final[int] = TaskState.WAITING | TaskState.READY | TaskState.STARTED
_MET: Final[int] = _FINISHED | TaskState.WAITING
_NONE, _AS_PARENT = 0, 1
_FIELDS: Final = 8
_ZEROS: Final = (0,) * _FIELDS


def encode(workflow: FlatWorkflow) -> bytes:
    """Return the state of an instance that has been settled and compacted."""
    writer = _Writer()
    top = writer.scope(workflow)
    inner = [
        [writer.positions[scope.parent_task_id], writer.scope(scope)]
        for scope in workflow.subprocesses.values()
        if not scope.completed
    ]
    state = [list(writer.names), workflow.last_id, workflow.ticks, top, inner]
    return bytes((FORMAT,)) + zlib.compress(orjson.dumps(state), 1)


def decode(blob: bytes, workflow: FlatWorkflow) -> None:
    """Fill a workflow without tasks from a saved state.

    Raises:
        Incident: the state is of another format, damaged, or of another diagram.
    """
    if not blob or blob[0] != FORMAT:
        found = blob[0] if blob else "nothing"
        raise _unreadable(f"format {FORMAT}, but found {found}")
    try:
        names, workflow.last_id, workflow.ticks, top, inner = orjson.loads(
            zlib.decompress(blob[1:])
        )
        workflow.id_limit = workflow.last_id + TASK_LIMIT
        reader = _Reader(names)
        reader.scope(workflow, top)
        for position, rows in inner:
            reader.scope(_open_scope(workflow, reader.tasks[position]), rows)
    except (zlib.error, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise _unreadable(
            f"a state of this diagram, but {type(error).__name__}: {error}"
        ) from error


class _Writer:
    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.positions: dict[int, int] = {}

    def scope(self, scope: Any) -> list[Any]:  # noqa: ANN401 the library ships no types
        data = scope.data.get("data_objects", 0)
        rows: list[Any] = [int(scope.completed) + 2 * int(not scope.success), data or 0]
        stack = [scope.task_tree]
        tasks = scope.tasks
        while stack:
            task = stack.pop()
            rows.append(self.row(task, tasks))
            stack.extend(tasks[child] for child in reversed(task._children))
        return rows

    def row(self, task: Task, tasks: Mapping[int, Task]) -> list[Any]:
        position = len(self.positions)
        self.positions[task.id] = position
        spec, state = task.task_spec, task._state
        above = task._parent
        finished = state & _FINISHED
        row = [
            self.names.setdefault(spec.name, len(self.names)),
            0 if above is None else position - self.positions[above],
            state.bit_length() - 1,
            task.id,
            _data(task, tasks),
            0 if finished else _internal(task),
            int(task.triggered),
            task.last_state_change if state & _MET and isinstance(spec, UnstructuredJoin) else 0,
        ]
        while not row[-1]:
            row.pop()
        return row


class _Reader:
    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.tasks: list[LeanTask] = []

    def scope(self, scope: Any, rows: list[Any]) -> None:  # noqa: ANN401
        finished, data = rows[:2]
        scope.completed, scope.success = bool(finished & 1), not finished & 2
        if data:
            scope.data["data_objects"] = data
        first = len(self.tasks)
        arm = scope.top_workflow.event_manager.add_task
        for row in rows[2:]:
            task = self.task(scope, [*row, *_ZEROS[len(row) :]])
            task.pruned = bool(task._state & _REACHED)
            if task._state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
                arm(task)
        scope.task_tree = self.tasks[first]

    def task(self, scope: Any, row: list[Any]) -> LeanTask:  # noqa: ANN401
        name, back, state, task_id, data, internal, triggered, changed = row
        task = LeanTask.__new__(LeanTask)
        task.id, task.workflow = task_id, scope
        task.task_spec = scope.spec.task_specs[self.names[name]]
        task._state, task._children, task._parent = 1 << state, [], None
        task.triggered, task.thread_id, task.last_state_change = bool(triggered), 0, changed
        parent = self.tasks[-back] if back else None
        if parent is not None:
            task._parent = parent.id
            parent._children.append(task_id)
        task.data = _restored(data, parent)
        task.internal_data = _restored_internal(internal, task.task_spec)
        scope.tasks[task_id] = task
        self.tasks.append(task)
        return task


def _data(task: Task, tasks: Mapping[int, Task]) -> Any:  # noqa: ANN401
    data = task.data
    if not data or not _needed(task, tasks):
        return _NONE
    parent = tasks.get(task._parent) if task._parent is not None else None
    if parent is not None and data == parent.data and _needed(parent, tasks):
        return _AS_PARENT
    return data


def _needed(task: Task, tasks: Mapping[int, Task]) -> bool:
    """Return whether anybody will still read a task's data: it, its children or a join below.

    A join reads the flags of the split at which its tokens parted.
    """
    if not task._state & _DONE or len(task._children) > 1:
        return True
    return any(not tasks[child]._state & _DONE for child in task._children)


def _restored(data: Any, parent: Task | None) -> dict[str, Any]:  # noqa: ANN401
    if data == _NONE:
        return {}
    if data == _AS_PARENT and parent is not None:
        return {
            key: value.copy() if type(value) in {dict, list} else value
            for key, value in parent.data.items()
        }
    return dict(data)


def _internal(task: Task) -> dict[str, Any] | int:
    kept = {
        key: value
        for key, value in task.internal_data.items()
        if value is not None and value is not False and value != {}
    }
    seen = kept.pop(SEEN, None)
    if seen:
        definitions = task.task_spec.event_definition.event_definitions
        kept[SEEN] = [place_of(definitions, event.event_definition) for event in seen]
    return kept or 0


def _restored_internal(internal: Any, spec: Any) -> dict[str, Any]:  # noqa: ANN401
    if not internal:
        return {}
    if SEEN in internal:
        definitions = spec.event_definition.event_definitions
        internal[SEEN] = [BpmnEvent(definitions[number], {}) for number in internal[SEEN]]
    return dict(internal)


def _open_scope(workflow: FlatWorkflow, parent: LeanTask) -> FlatSubWorkflow:
    spec = parent.task_spec
    if not isinstance(spec, SubWorkflowTask):
        raise TypeError(f"{spec.name} holds no sub-process")
    scope = FlatSubWorkflow(
        workflow.subprocess_specs[spec.spec], parent.id, workflow, deserializing=True
    )
    workflow.subprocesses[parent.id] = scope
    scope.completed_event.connect(spec._on_subworkflow_completed, parent)
    return scope


def _unreadable(what: str) -> errors.Incident:
    return errors.Incident(
        f"Expected a saved state to be of {what}",
        f"流程实例的存档无法读取({what})",
    )
