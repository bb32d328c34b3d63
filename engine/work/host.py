"""What the runner asks of the case: expressions, operations and decisions, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.errors import BihuanError, Incident, Unavailable
from engine.execution.model import ArmedTimer
from engine.expressions import feel
from engine.expressions.function import Function, declare
from engine.operations import Call
from engine.work.journal import About
from engine.work.readings import Readings
from engine.work.scope import CaseScope


class CaseHost:
    """The host of one process version within one command."""

    def __init__(self, scope: CaseScope, process: str, version: int) -> None:
        """Bind the case and the version whose decisions are asked for."""
        self._scope = scope
        self._process = process
        self._version = version
        self.readings = Readings(scope.catalogue.drawing(process, version))

    def evaluate(self, expression: str, token: Mapping[str, object]) -> object:
        """Evaluate FEEL over the token's flags and `case`."""
        names = self._names(token)
        value = feel.evaluate(expression, names, self._functions(token))
        self.readings.note(expression, names, value)
        return value

    def operate(
        self,
        operation: str,
        parameters: Mapping[str, object],
        token: Mapping[str, object],
        element: str,
    ) -> object:
        """Perform a registered operation; its parameters are with the context."""
        perform = self._scope.application.operations.get(operation)
        if perform is None:
            raise Incident(
                f"Expected an operation named {operation}, but none is registered",
                f"没有注册名为 {operation} 的操作",
                operation=operation,
            )
        scope = self._scope
        scope.context.call = Call(self._process, element, parameters)
        try:
            return perform(scope.case, {**token, **parameters}, scope.context)
        finally:
            scope.context.call = None
            scope.changed()

    def decide(self, decision: str, token: Mapping[str, object]) -> object:
        """Make a decision of the deployment; record each on the way, with rows and values read."""
        model = self._scope.catalogue.decision(self._process, self._version, decision)
        answer = model.answer(decision, self._names(token), self._functions(token))
        for name, made in answer.made.items():
            data = {
                "decision": name,
                "rules": list(made.matched),
                "read": {read: feel.to_json(value) for read, value in made.read.items()},
                "value": feel.to_json(made.value),
            }
            self._scope.journal.write("decision.made", data, About(process=self._process))
        return answer.last.value

    def due(self, timer: ArmedTimer) -> datetime | None:
        """Return the instant that an armed timer waits for now, without loading its instance.

        Raises:
            Incident: the date cannot be computed.
        """
        if not timer.live:
            return timer.value
        try:
            value = self.evaluate(timer.expression, timer.token)
        except Unavailable:
            raise
        except BihuanError as error:
            raise _no_date(timer, error.message, error.message_zh) from error
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise _no_date(timer, f"it answered {value!r}", f"其值为 {value!r}")
        return None if timer.after is not None and value <= timer.after else value

    def _names(self, token: Mapping[str, object]) -> dict[str, object]:
        return {**token, "case": self._scope.view()}

    def _functions(self, token: Mapping[str, object]) -> dict[str, Function]:
        case = self._scope.case
        due = declare(
            "due(name: string) -> date and time", lambda name: case.due(name, dict(token))
        )
        return {**self._scope.functions(), "due": due}


def _no_date(timer: ArmedTimer, why: str, why_zh: str) -> Incident:
    return Incident(
        f"Expected a date at the timer {timer.element}, but {why}",
        f"无法确定定时器 {timer.element} 的日期：{why_zh}",
        element=timer.element,
    )
