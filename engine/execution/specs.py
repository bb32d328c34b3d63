# ruff: noqa: SLF001 - the library's extension points are its underscored methods
"""Element kinds of our own, where the library's stop short or run Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from SpiffWorkflow.bpmn.parser.BpmnParser import full_tag
from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser, SpiffProcessParser
from SpiffWorkflow.spiff.parser.task_spec import BusinessRuleTaskParser, SpiffTaskParser
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.execution import xml
from engine.execution.merging import meet
from engine.execution.tokens import plain

ASSIGNMENT_PREFIX: Final = "set."
"""A property `set.NAME` holds the expression written to the flag NAME on completion."""


class OperationTask(SpiffBpmnTask):
    """A service task: parameters are expressions, the result may become a token flag."""

    def __init__(
        self,
        wf_spec: Any,  # noqa: ANN401 the library ships no types
        bpmn_id: str,
        *,
        operation: str,
        parameters: Mapping[str, str],
        result: str | None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Keep what to call and where the result goes."""
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.operation = operation
        self.parameters = parameters
        self.result = result

    def _run_hook(self, my_task: Task) -> bool:
        scripts = my_task.workflow.script_engine
        values = {
            name: scripts.evaluate(my_task, source) for name, source in self.parameters.items()
        }
        value = scripts.operate(my_task, self.operation, values)
        if self.result:
            my_task.data[self.result] = plain(value)
        return True


class DecisionTask(SpiffBpmnTask):
    """A business rule task: the table is decided by the host."""

    def __init__(
        self,
        wf_spec: Any,  # noqa: ANN401
        bpmn_id: str,
        *,
        decision: str,
        result: str | None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Keep which table and where its value goes."""
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.decision = decision
        self.result = result

    def _run_hook(self, my_task: Task) -> bool:
        value = my_task.workflow.script_engine.decide(my_task, self.decision)
        if self.result:
            my_task.data[self.result] = plain(value)
        return True


class FlatEndJoin(_EndJoin):
    """Waits for every branch of its scope, however deep: the library looks 1,000 levels down."""

    def _check_threshold_unstructured(self, my_task: Task) -> bool:
        # "End" is the predicted child of the join itself.
        return not any(
            task._state & TaskState.NOT_FINISHED_MASK
            and task is not my_task
            and task.task_spec.name != "End"
            for task in my_task.workflow.tasks.values()
        )

    def _run_hook(self, my_task: Task) -> bool:
        ends = [
            task
            for task in my_task.workflow.tasks.values()
            if task.task_spec is self and task._state & TaskState.FINISHED_MASK
        ]
        my_task.data = meet([*sorted(ends, key=lambda task: task.last_state_change), my_task])
        my_task.workflow.data.update(my_task.data)
        return True


class Assignments:
    """The expressions of an element that become token flags when it completes."""

    def __init__(self, expressions: Mapping[str, str]) -> None:
        """Keep expression by flag."""
        self.expressions = expressions

    def __call__(self, workflow: BpmnWorkflow, task: Task) -> None:
        """Write the flags: connected to the element's completion."""
        scripts = workflow.script_engine
        task.data.update(
            {name: scripts.evaluate(task, source) for name, source in self.expressions.items()}
        )


class ItemRemoval:
    """Takes the item of a multi-instance task from the token of an instance that is done."""

    def __init__(self, item: str) -> None:
        """Keep the name of the flag that holds the item."""
        self.item = item

    def __call__(self, workflow: BpmnWorkflow, task: Task) -> None:
        """Remove it: connected to the instance's completion."""
        task.data.pop(self.item, None)


class _OperationParser(SpiffTaskParser):
    def create_task(self) -> OperationTask:
        operator: Any = next(self.node.iter(xml.tag(xml.SPIFF, "serviceTaskOperator")), None)
        if operator is None or not operator.get("id"):
            self.raise_validation_exception("Expected a serviceTaskOperator with an id")
        parameters = {
            node.get("id"): node.get("value")
            for node in operator.iter(xml.tag(xml.SPIFF, "parameter"))
            if (node.get("value") or "").strip()
        }
        return OperationTask(
            self.spec,
            self.bpmn_id,
            operation=operator.get("id"),
            parameters=parameters,
            result=operator.get("resultVariable") or None,
            **self.bpmn_attributes,
        )


class _DecisionParser(BusinessRuleTaskParser):
    def create_task(self) -> DecisionTask:
        extensions = self.parse_extensions()
        decision = (extensions.get("calledDecisionId") or "").strip()
        if not decision:
            self.raise_validation_exception("Expected a calledDecisionId")
        return DecisionTask(
            self.spec,
            self.bpmn_id,
            decision=decision,
            result=extensions.get("properties", {}).get("result") or None,
            **self.bpmn_attributes,
        )


class _ProcessParser(SpiffProcessParser):
    def _index_process_nodes(self) -> None:
        super()._index_process_nodes()
        # The id of an extension, such as an operation's, would hide the element of that name.
        self.nodes_by_id = {node.get("id"): node for node in self.xpath(".//bpmn:*[@id]")}


class DiagramParser(SpiffBpmnParser):
    """The library's parser with our kinds of service and business rule task."""

    PROCESS_PARSER_CLASS: Final = _ProcessParser
    OVERRIDE_PARSER_CLASSES: Final = {
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        full_tag("serviceTask"): (_OperationParser, OperationTask),
        full_tag("businessRuleTask"): (_DecisionParser, DecisionTask),
    }
