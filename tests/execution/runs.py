"""Drives one instance in a test, saving and loading it after every step.

A run that migrates is carried over to another reading of its diagram at each step as well.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.execution.compiled import CompiledProcess, compile_process
from engine.execution.instance import ProcessInstance
from engine.execution.migration import carry_over
from engine.execution.model import OpenTask, Step, Visit, Waits
from tests.execution.hosts import FakeHost


class Run:
    """An instance that lives only as bytes between its steps."""

    def __init__(
        self,
        source: bytes,
        process: str = "p",
        host: FakeHost | None = None,
        token: Mapping[str, object] | None = None,
        *,
        migrating: bool = False,
    ) -> None:
        self.host = host or FakeHost()
        self.compiled: CompiledProcess = compile_process(source, process)
        self.twin = compile_process(source, process) if migrating else None
        self.instance = ProcessInstance.start(self.compiled, self.host, token)
        self.step: Step = Step()
        self.blob = b""
        self.settle()

    @property
    def waits(self) -> Waits:
        return self.instance.waits()

    @property
    def names(self) -> list[str]:
        """Elements of the open tasks."""
        return sorted(task.element for task in self.waits.tasks)

    @property
    def ended(self) -> bool:
        return self.instance.ended

    @property
    def visited(self) -> tuple[Visit, ...]:
        return self.step.visited

    @property
    def completed(self) -> tuple[str, ...]:
        return self.step.completed

    def task(self, element: str) -> OpenTask:
        return next(task for task in self.waits.tasks if task.element == element)

    def complete(self, element: str, **values: object) -> Step:
        self.instance.complete(self.task(element).task_id, values)
        return self.settle()

    def message(self, name: str) -> Step:
        self.instance.deliver_message(name)
        return self.settle()

    def signal(self, name: str) -> Step:
        self.instance.deliver_signal(name)
        return self.settle()

    def settle(self) -> Step:
        self.step = self.instance.settle()
        self.blob = self.instance.dump()
        if self.twin is not None:
            self._migrate(self.twin)
        self.instance = ProcessInstance.load(self.compiled, self.host, self.blob)
        return self.step

    def _migrate(self, twin: CompiledProcess) -> None:
        carried = carry_over(self.compiled, twin, self.blob)
        assert carried.possible, carried.obstacles
        self.compiled, self.twin, self.blob = twin, self.compiled, carried.blob
