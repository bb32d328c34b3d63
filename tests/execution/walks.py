"""Random walks: our runner, saved and loaded at every step, beside the stock library in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from lxml import etree
from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.specs.event_definitions import (
    MessageEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.util.task import TaskState

from engine import clock
from engine.execution.compiled import CompiledProcess, compile_process
from engine.execution.instance import ProcessInstance
from engine.execution.merging import meet
from engine.execution.migration import Carried, carry_over
from tests.execution.hosts import FakeHost

START = datetime(2026, 3, 2, 1, 0, 0, tzinfo=UTC)
STEPS = 24


@dataclass(frozen=True)
class Seen:
    """What both must agree on after every step."""

    tasks: tuple[tuple[str, str], ...]
    messages: frozenset[str]
    signals: frozenset[str]
    timers: tuple[tuple[str, str], ...]
    ended: bool
    thrown: tuple[tuple[str, str], ...]


class _Scripts(PythonScriptEngine):
    def __init__(self, host: FakeHost) -> None:
        super().__init__()
        self.host = host

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        value = self.host.evaluate(expression, task.data)
        return value.isoformat() if isinstance(value, datetime) else value

    def call_service(self, task: Any, **kwargs: Any) -> str:
        values = {name: entry["value"] for name, entry in kwargs["operation_params"].items()}
        element = task.task_spec.name
        return json.dumps(self.host.operate(kwargs["operation_name"], values, task.data, element))


class Stock:
    """The library as it is."""

    def __init__(self, source: bytes, process: str, host: FakeHost, token: Mapping[str, Any]):
        parser = SpiffBpmnParser()
        parser.add_bpmn_xml(etree.fromstring(source))
        self.workflow = BpmnWorkflow(
            parser.get_spec(process), parser.get_subprocess_specs(process), _Scripts(host)
        )
        self.workflow.task_tree.data.update(token)

    def complete(self, element: str, token: str, values: Mapping[str, Any]) -> None:
        task = next(t for t in self._open() if (_name(t), _text(t.data)) == (element, token))
        task.data.update(values)
        task.run()

    def deliver(self, kind: str, name: str) -> None:
        definition = {"message": MessageEventDefinition, "signal": SignalEventDefinition}[kind]
        self.workflow.send_event(BpmnEvent(definition(name), payload={}))

    def settle(self) -> Seen:
        while True:
            self.workflow.refresh_timers()
            self.workflow.do_engine_steps()
            if not self.workflow.get_tasks(state=TaskState.READY, manual=False):
                break
        return self._seen()

    def _open(self) -> list[Any]:
        return list(self.workflow.get_tasks(state=TaskState.READY, manual=True))

    def _seen(self) -> Seen:
        names: dict[type, set[str]] = {MessageEventDefinition: set(), SignalEventDefinition: set()}
        timers = []
        done = self.workflow.completed
        for task in [] if done else self.workflow.event_manager.tasks.values():
            definition = task.task_spec.event_definition
            several = isinstance(definition, MultipleEventDefinition)
            for one in definition.event_definitions if several else [definition]:
                if type(one) in names:
                    names[type(one)].add(one.name)
                elif isinstance(one, TimerEventDefinition):
                    value = datetime.fromisoformat(task.internal_data["event_value"])
                    timers.append((_name(task), value.astimezone(UTC).isoformat()))
        return Seen(
            tasks=tuple(sorted((_name(t), _text(t.data)) for t in self._open())),
            messages=frozenset(names[MessageEventDefinition]),
            signals=frozenset(names[SignalEventDefinition]),
            timers=tuple(sorted(timers)),
            ended=done,
            thrown=tuple(
                (KINDS[type(e.event_definition)], e.event_definition.name)
                for e in self.workflow.get_events()
                if type(e.event_definition) in KINDS
            ),
        )


KINDS = {MessageEventDefinition: "message", SignalEventDefinition: "signal"}


class Ours:
    """Our runner; with `reload` it lives only as bytes between the steps."""

    def __init__(
        self, compiled: CompiledProcess, host: FakeHost, token: Mapping[str, Any], *, reload: bool
    ) -> None:
        self.compiled, self.host, self.reload = compiled, host, reload
        self.instance = ProcessInstance.start(compiled, host, token)

    def complete(self, element: str, token: str, values: Mapping[str, Any]) -> str:
        task = next(
            t
            for t in self.instance.waits().tasks
            if (t.element, _text(t.token)) == (element, token)
        )
        self.instance.complete(task.task_id, values)
        return task.task_id

    def deliver(self, kind: str, name: str) -> None:
        getattr(self.instance, f"deliver_{kind}")(name)

    def settle(self) -> Seen:
        step = self.instance.settle()
        if self.reload:
            blob = self.instance.dump()
            # The version that an instance is under is one that it could go on under.
            assert self.instance.ended or carry_over(self.compiled, self.compiled, blob) == Carried(
                blob
            )
            self.instance = ProcessInstance.load(self.compiled, self.host, blob)
        waits = self.instance.waits()
        return Seen(
            tasks=tuple(sorted((t.element, _text(t.token)) for t in waits.tasks)),
            messages=waits.messages,
            signals=waits.signals,
            timers=tuple(sorted((t.element, t.value.isoformat()) for t in waits.timers if t.value)),
            ended=self.instance.ended,
            thrown=tuple((t.kind, t.name) for t in step.thrown),
        )


def _meet(join: Any, my_task: Any) -> bool:
    others = [
        task
        for task in my_task.workflow.tasks.values()
        if task.task_spec is join and task.has_state(TaskState.FINISHED_MASK)
        if not my_task.is_descendant_of(task)
    ]
    my_task.data = meet([*sorted(others, key=lambda task: task.last_state_change), my_task])
    return True


def walk(source: bytes, process: str, seed: int, token: Mapping[str, Any]) -> int:
    """Walk both side by side, compare after every step, and return the number of steps.

    The library's joins lose flags. Here they merge as ours do, but over the whole tree of tasks,
    of which our instance keeps next to nothing.
    """
    with patch.object(UnstructuredJoin, "_run_hook", _meet):
        return _walk(source, process, seed, token)


def _walk(source: bytes, process: str, seed: int, token: Mapping[str, Any]) -> int:
    random = Random(seed)  # noqa: S311 a walk, not a secret
    hosts = [_host(), _host()]
    time = clock.VirtualClock(START)
    with clock.use(time):
        ours = Ours(compile_process(source, process), hosts[0], token, reload=seed % 4 != 0)
        stock = Stock(source, process, hosts[1], token)
        for step in range(STEPS):
            mine, theirs = ours.settle(), stock.settle()
            assert mine == theirs, f"{process}, seed {seed}, step {step}: {mine} != {theirs}"
            if mine.ended:
                return step
            _act(random, mine, ours, stock, time)
    return STEPS


def _act(random: Random, seen: Seen, ours: Ours, stock: Stock, time: clock.VirtualClock) -> None:
    kinds = ["task"] * 6 * bool(seen.tasks) + ["message"] * bool(seen.messages)
    kinds += ["signal"] * bool(seen.signals) + ["time"] * bool(seen.timers) + ["idle"]
    kind = random.choice(kinds)
    if kind == "task":
        element, token = random.choice(seen.tasks)
        values: dict[str, Any] = {random.choice(("a", "b", "n")): random.randint(0, 3)}
        values[f"{element}_result"] = random.randint(0, 3)
        ours.complete(element, token, values)
        stock.complete(element, token, values)
    elif kind in {"message", "signal"}:
        name = random.choice(sorted(seen.messages if kind == "message" else seen.signals))
        ours.deliver(kind, name)
        stock.deliver(kind, name)
    else:
        time.advance(timedelta(minutes=random.choice((1, 61, 60 * 24 * 3 + 1))))


def _host() -> FakeHost:
    host = FakeHost()
    host.dates["soon"] = START + timedelta(hours=5)
    host.dates["late"] = START + timedelta(days=5)
    host.operations["count"] = lambda _parameters, _token: int(_token.get("c") or 0) + 1
    return host


def _name(task: Any) -> str:
    return str(task.task_spec.name).removesuffix(" [child]")


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, sort_keys=True)
