"""A process as the library keeps it when nobody helps: whole, as JSON, with all its specs.

Nothing of the product uses it. The benchmark measures the product beside it, so that what its own
codec, cache and scopes are worth can be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.util.task import TaskState

from engine.execution import xml


@dataclass(frozen=True)
class StockStep:
    """What a step left: the state as text, the open tasks by id, the elements it passed."""

    state: str
    open: Mapping[str, str]
    visited: tuple[str, ...]
    ended: bool


class StockProcess:
    """One process and a serialiser; every step reads and writes the whole state."""

    def __init__(self, bpmn: bytes, process_id: str) -> None:
        """Parse the diagram."""
        parser = SpiffBpmnParser()
        parser.add_bpmn_xml(xml.safe_parse(bpmn), process_id)
        self._spec = parser.get_spec(process_id)
        self._inner = parser.get_subprocess_specs(process_id)
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))

    def start(self) -> StockStep:
        """Begin an instance and move it to its first wait."""
        workflow = BpmnWorkflow(self._spec, self._inner, script_engine=PythonScriptEngine())
        return self._settled(workflow, set())

    def complete(self, state: str, task_id: str, data: Mapping[str, Any]) -> StockStep:
        """Read an instance, complete a task of it, and move it on."""
        workflow = self._serializer.deserialize_json(state)
        workflow.script_engine = PythonScriptEngine()
        before = {task.id for task in workflow.get_tasks(state=TaskState.COMPLETED)}
        task = next(task for task in workflow.get_tasks() if str(task.id) == task_id)
        task.data.update(data)
        task.run()
        return self._settled(workflow, before)

    def _settled(self, workflow: BpmnWorkflow, before: Set[object]) -> StockStep:
        workflow.refresh_timers()
        workflow.do_engine_steps()
        ready = workflow.get_tasks(state=TaskState.READY, manual=True)
        done = [t for t in workflow.get_tasks(state=TaskState.COMPLETED) if t.id not in before]
        return StockStep(
            state=self._serializer.serialize_json(workflow),
            open={str(task.id): task.task_spec.name for task in ready},
            visited=tuple(t.task_spec.bpmn_id for t in done if t.task_spec.bpmn_id),
            ended=bool(workflow.completed),
        )
