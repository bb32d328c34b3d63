"""SpiffWorkflow's script engine, with the host behind it: no Python of a diagram ever runs."""

from __future__ import annotations

from types import MappingProxyType

from SpiffWorkflow.task import Task

from engine import errors
from engine.execution.host import Host
from engine.execution.tokens import plain


class Condition(str):
    """An expression that decides: only a plain `true` counts, null and text do not."""

    __slots__ = ()


class HostScripts:
    """Forwards every expression, operation and decision of one instance to its host."""

    def __init__(self, host: Host) -> None:
        """Bind the host."""
        self.host = host

    def evaluate(self, task: Task, expression: str, external_context: object = None) -> object:
        """Return the value of an expression as a token can carry it; True or False for conditions.

        The library hands its data objects as `external_context`; diagrams read `case` instead.
        """
        value = self.read(task, expression)
        return value is True if isinstance(expression, Condition) else plain(value)

    def read(self, task: Task, expression: str) -> object:
        """Return the value as the host gives it, for example a date."""
        try:
            return self.host.evaluate(str(expression), MappingProxyType(task.data))
        except (errors.Incident, errors.Unavailable):
            raise
        except Exception as error:
            raise _incident(task, f"the expression {expression!s}", error) from error

    def operate(self, task: Task, operation: str, parameters: dict[str, object]) -> object:
        """Perform an operation."""
        try:
            element = task.task_spec.bpmn_id or task.task_spec.name
            return self.host.operate(operation, parameters, MappingProxyType(task.data), element)
        except errors.BihuanError:
            raise
        except Exception as error:
            raise _incident(task, f"the operation {operation}", error) from error

    def decide(self, task: Task, decision: str) -> object:
        """Decide a table."""
        try:
            return self.host.decide(decision, MappingProxyType(task.data))
        except (errors.Incident, errors.Unavailable):
            raise
        except Exception as error:
            raise _incident(task, f"the decision {decision}", error) from error

    def execute(self, task: Task, script: str, external_context: object = None) -> None:
        """Refuse a script; diagrams use operations and assignments."""
        raise _incident(task, "the script", ValueError("scripts are not run"))


def _incident(task: Task, what: str, error: Exception) -> errors.Incident:
    element = task.task_spec.bpmn_id or task.task_spec.name
    return errors.Incident(
        f"Expected {what} at {element} to work, but {type(error).__name__}: {error}",
        f"流程节点 {element} 执行失败：{what}({error})",
        element=element,
        cause=type(error).__name__,
    )
