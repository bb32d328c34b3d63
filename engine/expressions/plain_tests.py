"""Cells that test against constants, as plain comparisons: what large tables are made of.

Only a fast way to the same answers: whatever is not plain, or is asked about a value of another
type than its constants, is left to the evaluator.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Protocol

from engine.expressions import ast, feel
from engine.expressions.errors import FeelLimitError
from engine.expressions.types import Value

_NOTHING: Final[Mapping[str, object]] = {}
_ORDER: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_ORDERED: Final = (Decimal, dt.date)


class _Test(Protocol):
    def __call__(self, value: Any, /) -> bool: ...  # noqa: ANN401 of the kind that it is for


@dataclass(frozen=True)
class Cell:
    """A cell whose tests are plain, all of one kind; `kind` None passes everything."""

    kind: type | None
    tests: tuple[_Test, ...] = ()
    negated: bool = False

    def accepts(self, value: Value) -> bool | None:
        """Return whether a value passes; None where the evaluator has to say."""
        if self.kind is None:
            return True
        if type(value) is not self.kind:
            return None
        return any(test(value) for test in self.tests) is not self.negated


class Matching:
    """Asks cells about values, and gives up where that would take too long."""

    def __init__(self, evaluations: int) -> None:
        """Take how many times the evaluator may be asked."""
        self._left = evaluations
        self._plain: dict[str, Cell | None] = {}

    def accepts(self, cell: str, value: Value) -> bool:
        """Return whether a value passes the tests of a cell.

        Raises:
            FeelLimitError: the evaluator was asked too often.
        """
        if cell not in self._plain:
            self._plain[cell] = plain(feel.parse_unary_tests(cell))
        known = self._plain[cell]
        answer = known.accepts(value) if known is not None else None
        if answer is not None:
            return answer
        self._left -= 1
        if self._left < 0:
            raise FeelLimitError(
                "there are too many cells to evaluate one by one", "需要逐格求值的单元格过多"
            )
        return feel.matches(cell, value, _NOTHING)


def plain(tree: ast.UnaryTests) -> Cell | None:
    """Return a cell as plain comparisons; None if it is more than that."""
    if tree.anything:
        return Cell(None)
    found = [_plain(node) for node in tree.tests]
    kinds = {one[0] for one in found if one is not None}
    if None in found or len(kinds) != 1:
        return None
    tests = tuple(one[1] for one in found if one is not None)
    return Cell(kinds.pop(), tests, tree.negated)


def _plain(node: ast.Node) -> tuple[type, _Test] | None:
    if isinstance(node, ast.Relation):
        return _relation(node)
    if isinstance(node, ast.RangeOf):
        return _range(node)
    value = _constant(node)
    if type(value) not in (Decimal, str, bool, dt.date):
        return None
    return type(value), lambda asked: bool(asked == value)


def _relation(node: ast.Relation) -> tuple[type, _Test] | None:
    end = _constant(node.operand)
    compare = _ORDER.get(node.operator)
    if type(end) not in _ORDERED or compare is None:
        return None
    return type(end), lambda asked: compare(asked, end)


def _range(node: ast.RangeOf) -> tuple[type, _Test] | None:
    low, high = _constant(node.low), _constant(node.high)
    if type(low) not in _ORDERED or type(low) is not type(high) or _after(low, high):
        return None
    above = _ORDER[">=" if node.low_closed else ">"]
    below = _ORDER["<=" if node.high_closed else "<"]
    return type(low), lambda asked: above(asked, low) and below(asked, high)


def _after(low: Any, high: Any) -> bool:  # noqa: ANN401 both of one ordered kind
    return bool(low > high)


def _constant(node: ast.Node) -> Value:
    """Return the constant that a node is, a date written as a call included; else None."""
    if isinstance(node, ast.Literal):
        return node.value
    called = isinstance(node, ast.Call) and isinstance(node.function, ast.Name)
    if called and node.function.name == "date" and not node.names:  # type: ignore[attr-defined]
        written = node.arguments  # type: ignore[attr-defined]
        if len(written) == 1 and isinstance(written[0], ast.Literal):
            return feel.evaluate(ast.Expression("", node), _NOTHING)
    return None
