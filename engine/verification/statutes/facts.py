"""What the application keeps to whatever is drawn: values that certain events give to names.

A declaration says which event gives a name which value. Between such events the name keeps it, so
a flow whose condition contradicts it is not taken. What is not declared may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from engine.expressions import ast
from engine.expressions.errors import FeelError
from engine.expressions.parsing import parse
from engine.expressions.references import dotted
from engine.verification.statutes.events import Event, Label

Value = str | bool | Decimal | None
"""A value of a name; None where it may be anything."""

Name = tuple[str, ...]
"""A path such as `case.level`, word by word."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An event after which a name has a value; None means that it may be anything again."""

    event: Event
    value: Value


@dataclass(frozen=True)
class Fact:
    """A name, what it is at first, and the events that change it."""

    id: str
    name: Name
    initially: Value
    settings: tuple[Setting, ...]
    sentence_zh: str = ""
    sentence: str = ""

    def after(self, value: Value, labels: Sequence[Label]) -> Value:
        """Return the value after a step; the last setting that happened counts."""
        for setting in self.settings:
            if any(setting.event.must(label) for label in labels):
                value = setting.value
            elif any(setting.event.may(label) for label in labels) and value != setting.value:
                value = None
        return value


class Condition:
    """A condition as far as values of names decide it."""

    def __init__(self, text: str) -> None:
        """Parse; what cannot be parsed may hold or not."""
        try:
            self._root: ast.Node | None = parse(text).root
        except FeelError:
            self._root = None

    @cached_property
    def _names(self) -> frozenset[Name]:
        found = (dotted(node) for node in ast.walk(self._root)) if self._root is not None else ()
        return frozenset(path for path in found if path is not None)

    def names(self) -> frozenset[Name]:
        """Return the paths that it compares with something."""
        return self._names

    def holds(self, values: Mapping[Name, Value]) -> bool | None:
        """Return whether it holds; None where the values do not say."""
        return None if self._root is None else _holds(self._root, values)


def _holds(node: ast.Node, values: Mapping[Name, Value]) -> bool | None:
    if isinstance(node, ast.Logic):
        return _joined(node.operator, [_holds(part, values) for part in node.parts])
    if isinstance(node, ast.Literal) and isinstance(node.value, bool):
        return node.value
    negated = _inside_not(node)
    if negated is not None:
        inner = _holds(negated, values)
        return None if inner is None else not inner
    path = dotted(node)
    if path is not None:
        value = values.get(path)
        return value if isinstance(value, bool) else None
    return _compared(node, values) if isinstance(node, ast.Compare) else None


def _joined(operator: str, parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    decisive = operator == "or"
    if decisive in found:
        return decisive
    return None if None in found else not decisive


def _inside_not(node: ast.Node) -> ast.Node | None:
    if not isinstance(node, ast.Call) or len(node.arguments) != 1:
        return None
    name = node.function
    return node.arguments[0] if isinstance(name, ast.Name) and name.name == "not" else None


def _compared(node: ast.Compare, values: Mapping[Name, Value]) -> bool | None:
    left, right = _value_of(node.left, values), _value_of(node.right, values)
    if left is None or right is None or type(left) is not type(right):
        return None
    if node.operator in ("=", "!="):
        return (left == right) is (node.operator == "=")
    return _ordered(node.operator, left, right)


def _value_of(node: ast.Node, values: Mapping[Name, Value]) -> Value:
    if isinstance(node, ast.Literal):
        return node.value if isinstance(node.value, str | bool | Decimal) else None
    path = dotted(node)
    return values.get(path) if path is not None else None


def _ordered(operator: str, left: Value, right: Value) -> bool | None:
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return None
    return {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[operator]
