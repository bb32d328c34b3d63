"""A host for the tests: a tiny expression language, recorded operations, settable dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

_DUE = re.compile(r'due\("([^"]+)"\)')


class FakeHost:
    """Knows `due("x")`, `name = value`, `name > value`, literals, and names of flags and case."""

    def __init__(self, **case: Any) -> None:
        self.case = case
        self.dates: dict[str, datetime | None] = {}
        self.operations: dict[str, Callable[..., object]] = {}
        self.decisions: dict[str, object] = {}
        self.calls: list[tuple[str, dict[str, object], dict[str, object]]] = []
        self.asked: list[str] = []

    def evaluate(self, expression: str, token: Mapping[str, object]) -> object:
        self.asked.append(expression)
        source = expression.strip()
        due = _DUE.fullmatch(source)
        if due:
            return self.dates.get(due.group(1))
        for sign, compare in _COMPARISONS:
            if sign in source:
                left, _, right = source.partition(sign)
                return compare(self._value(left, token), self._value(right, token))
        return self._value(source, token)

    def operate(
        self,
        operation: str,
        parameters: Mapping[str, object],
        token: Mapping[str, object],
        element: str,
    ) -> object:
        self.calls.append((operation, dict(parameters), dict(token)))
        done = self.operations.get(operation)
        return done(parameters, token) if done else None

    def decide(self, decision: str, token: Mapping[str, object]) -> object:
        self.calls.append((decision, {}, dict(token)))
        return self.decisions[decision]

    def _value(self, text: str, token: Mapping[str, object]) -> object:
        text = text.strip()
        if " + " in text:
            return sum(self._value(part, token) for part in text.split(" + "))  # type: ignore[misc]
        if text.startswith('"'):
            return text.strip('"')
        if text in {"true", "false", "null"}:
            return {"true": True, "false": False, "null": None}[text]
        if text.lstrip("-").isdigit():
            return int(text)
        if text == "boom":
            raise ZeroDivisionError("boom")
        if text.startswith("case."):
            return self.case.get(text.removeprefix("case."))
        return token.get(text)


_COMPARISONS: list[tuple[str, Callable[[Any, Any], object]]] = [
    (" != ", lambda a, b: a != b),
    (" = ", lambda a, b: a == b),
    (" > ", lambda a, b: None if a is None or b is None else a > b),
    (" < ", lambda a, b: None if a is None or b is None else a < b),
]
