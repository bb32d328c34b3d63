# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""One process instance in memory: start or load it, act, settle, ask what it waits for, save it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Final

from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.spiff.specs.event_definitions import (
    MessageEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine import errors
from engine.execution import codec, moving, timers
from engine.execution.compaction import compact
from engine.execution.compiled import CompiledProcess
from engine.execution.host import Host
from engine.execution.model import ArmedTimer, EventKind, OpenTask, Step, Thrown, Visit, Waits
from engine.execution.scripts import HostScripts
from engine.execution.tokens import plain_flags
from engine.execution.workflow import TASK_LIMIT, FlatWorkflow

STEP_LIMIT: Final = 2_000
"""Engine tasks that one settling may run; more means a loop in which nobody ever waits."""

_NOT_REACHED: Final[int] = TaskState.PREDICTED_MASK | TaskState.CANCELLED
_KINDS: Final[Mapping[type, EventKind]] = {
    MessageEventDefinition: "message",
    SignalEventDefinition: "signal",
}


class ProcessInstance:
    """An instance while a command holds it; not for more than one thread at a time.

    After an exception from any method but a `Conflict` the instance is spoiled: it answers only
    with incidents, so that a half-done step cannot be saved.
    """

    def __init__(self, compiled: CompiledProcess, host: Host) -> None:
        """Prepare an instance without tasks; use `start` or `load`."""
        self.compiled = compiled
        self._workflow = FlatWorkflow(compiled.spec, compiled.subprocess_specs, HostScripts(host))
        self._visited: list[Visit] = []
        self._completed: list[str] = []
        self._thrown: list[Thrown] = []
        self._running: Task | None = None
        self._budget = STEP_LIMIT
        self._spoiled = False

    @classmethod
    def start(
        cls, compiled: CompiledProcess, host: Host, token: Mapping[str, object] | None = None
    ) -> ProcessInstance:
        """Begin an instance with the flags of its token; `settle` moves it to its first wait."""
        instance = cls(compiled, host)
        with instance._guarded():
            instance._workflow.plant()
            instance._workflow.task_tree.data.update(plain_flags(token or {}))
        return instance

    @classmethod
    def load(cls, compiled: CompiledProcess, host: Host, blob: bytes) -> ProcessInstance:
        """Read an instance as `dump` left it.

        Raises:
            Incident: the state cannot be read or belongs to another diagram.
        """
        instance = cls(compiled, host)
        codec.decode(blob, instance._workflow)
        return instance

    @property
    def ended(self) -> bool:
        """Whether the instance has come to an end or was cancelled."""
        return bool(self._workflow.completed)

    def complete(self, task_id: str, values: Mapping[str, object]) -> None:
        """Complete a person's task, leaving flags on the token.

        Raises:
            Conflict: the task is not open (any more).
        """
        task = self._open_task(task_id)
        with self._guarded():
            task.data.update(plain_flags(values))
            self._before(task)
            task.run()
            self._after(task)

    def move(self, task_id: str, element: str) -> None:
        """Move the token of a person's open task to another task of its scope.

        Raises:
            Conflict: the task is not open (any more), or the token cannot stand there.
        """
        task = self._open_task(task_id)
        moving.check_place(task, element)
        with self._guarded():
            moving.move(task, element)

    def deliver_message(self, name: str) -> None:
        """Hand in a message.

        Raises:
            Conflict: nothing waits for it.
        """
        self._deliver(MessageEventDefinition(name))

    def deliver_signal(self, name: str) -> None:
        """Hand in a signal.

        Raises:
            Conflict: nothing waits for it.
        """
        self._deliver(SignalEventDefinition(name))

    def settle(self) -> Step:
        """Run until only people, dates and events are waited for; return what happened.

        Raises:
            Incident: an element failed, threw an error that nobody catches, or the instance did
                not come to rest.
        """
        self._budget = STEP_LIMIT
        self._workflow.id_limit = self._workflow.last_id + TASK_LIMIT
        with self._guarded():
            while True:
                self._workflow.refresh_timers()
                self._workflow.do_engine_steps(self._before, self._after)
                self._collect_events()
                if not self._may_run():
                    break
            compact(self._workflow)
        step = Step(tuple(self._thrown), tuple(self._visited), tuple(self._completed))
        self._thrown, self._visited, self._completed = [], [], []
        return step

    def cancel(self) -> None:
        """End the instance at once, with everything in it."""
        with self._guarded():
            self._workflow.cancel()

    def dump(self) -> bytes:
        """Return the state to be saved; call it when settled."""
        with self._guarded():
            return codec.encode(self._workflow)

    def waits(self) -> Waits:
        """Return everything that may move the instance on."""
        with self._guarded():
            if self.ended:
                return Waits()
            names: dict[EventKind, set[str]] = {"message": set(), "signal": set()}
            armed: list[ArmedTimer] = []
            elements: set[str] = set()
            for task in self._workflow.event_manager.tasks.values():
                element = self._element(task) or ""
                armed.extend(timers.armed(task, element))
                info = self.compiled.elements.get(element)
                if info is not None and info.attached_to is None:
                    elements.add(element)
                for definition in timers.definitions(task.task_spec):
                    kind = _KINDS.get(type(definition))
                    if kind is not None:
                        names[kind].add(definition.name)
            return Waits(
                tasks=tuple(self._open_tasks()),
                messages=frozenset(names["message"]),
                signals=frozenset(names["signal"]),
                timers=tuple(armed),
                elements=tuple(sorted(elements)),
            )

    def _open_tasks(self) -> Iterator[OpenTask]:
        for scope in self._workflow.scopes():
            for task in scope.tasks.values():
                if task._state == TaskState.READY and task.task_spec.manual:
                    element = self._element(task) or task.task_spec.name
                    info = self.compiled.elements.get(element)
                    yield OpenTask(
                        task_id=str(task.id),
                        element=element,
                        lane=info.lane if info else None,
                        properties=info.properties if info else {},
                        token=dict(task.data),
                    )

    def _open_task(self, task_id: str) -> Task:
        found = None
        if task_id.isdecimal():
            number = int(task_id)
            for scope in self._workflow.scopes():
                found = found or scope.tasks.get(number)
        if found is None or found._state != TaskState.READY or not found.task_spec.manual:
            raise errors.Conflict(
                f"Expected task {task_id} to be open, but it is not",
                "该任务已不在待办状态，可能已由他人办理",
                task=task_id,
            )
        return found

    def _deliver(self, definition: MessageEventDefinition | SignalEventDefinition) -> None:
        with self._guarded():
            event = BpmnEvent(definition, payload={})
            caught = self._workflow.event_manager.catch(event, internal=False)
        if not caught:
            raise errors.Conflict(
                f"Expected the process to wait for {definition.name}, but it does not",
                f"流程当前不接受 {definition.name}",
                event=definition.name,
            )

    def _may_run(self) -> bool:
        """Return whether a task of the engine is READY; refuse failed ones."""
        ready = False
        for scope in self._workflow.scopes():
            for task in scope.tasks.values():
                if task._state == TaskState.ERROR:
                    raise self._incident("an element failed", task)
                ready = ready or (task._state == TaskState.READY and not task.task_spec.manual)
        return ready

    def _collect_events(self) -> None:
        for event in self._workflow.get_events():
            definition = event.event_definition
            kind = _KINDS.get(type(definition))
            if kind is not None:
                self._thrown.append(Thrown(kind, definition.name))
            # Every terminate end leaves its definition here; it means nothing outside.
            elif not isinstance(definition, TerminateEventDefinition):
                raise self._incident(f"nothing catches {definition.name}", self._running)

    def _before(self, task: Task) -> None:
        self._running = task
        self._budget -= 1
        if self._budget < 0:
            raise self._incident(f"{STEP_LIMIT} steps led to no wait", task)

    def _after(self, task: Task) -> None:
        """Note by which flows the token left a completed element."""
        element = self._element(task)
        spec = task.task_spec
        # One instance of a multi-instance task is no visit of its own, nor is a joint of ours.
        inner = spec.bpmn_id is None or spec.name != spec.bpmn_id
        if element is None or inner or task._state != TaskState.COMPLETED:
            return
        self._completed.append(element)
        left = False
        for child in task._children:
            next_task = task.workflow.tasks[child]
            target = self._element(next_task)
            flow = self.compiled.flows.get((element, target)) if target else None
            if flow is not None and not next_task._state & _NOT_REACHED:
                self._visited.append(Visit(element, flow, target))
                left = True
        if not left:
            self._visited.append(Visit(element))

    def _element(self, task: Task) -> str | None:
        return self.compiled.element_of(task.task_spec.name)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn whatever goes wrong into an incident, and let nothing be done after it."""
        if self._spoiled:
            raise errors.Incident(
                "Expected an instance in order, but an earlier step of it failed",
                "流程实例的上一步执行失败，不能继续",
            )
        try:
            yield
        except errors.BihuanError:
            self._spoiled = True
            raise
        except Exception as error:
            self._spoiled = True
            what = f"{type(error).__name__}: {error}"
            raise self._incident(what, self._running) from error

    def _incident(self, what: str, task: Task | None) -> errors.Incident:
        element = (self._element(task) if task else None) or ""
        process = self.compiled.process_id
        return errors.Incident(
            f"Expected {process} to run, but {what}" + (f" at {element}" if element else ""),
            f"流程 {process} 执行失败" + (f"，节点 {element}" if element else "") + f":{what}",
            process=process,
            element=element,
        )
