"""FEEL as the rest of the product uses it: parse, evaluate, match, and ask what is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from engine.expressions.adopt import adopt, to_json
from engine.expressions.ast import Expression, UnaryTests
from engine.expressions.budget import DEFAULT_BUDGET, Budget, Meter, refuse
from engine.expressions.errors import FeelError, FeelLimitError, FeelNameError, FeelSyntaxError
from engine.expressions.evaluator import Evaluator
from engine.expressions.function import Function
from engine.expressions.parsing import parse, parse_unary_tests
from engine.expressions.references import calls, references
from engine.expressions.scope import EMPTY
from engine.expressions.types import Value, type_name

__all__ = [
    "DEFAULT_BUDGET",
    "Budget",
    "Expression",
    "FeelError",
    "FeelLimitError",
    "FeelNameError",
    "FeelSyntaxError",
    "Function",
    "UnaryTests",
    "Value",
    "calls",
    "evaluate",
    "matches",
    "parse",
    "parse_unary_tests",
    "references",
    "to_json",
    "type_name",
]


def evaluate(
    expression: str | Expression,
    context: Mapping[str, object],
    functions: Mapping[str, Function] | None = None,
    budget: Budget = DEFAULT_BUDGET,
    meter: Meter | None = None,
) -> Value:
    """Return the value of an expression.

    Args:
        expression: its text or its tree.
        context: the names that it may read; a missing key of a nested context is null.
        functions: functions beyond the built-in ones, by name.
        budget: what the evaluation may cost.
        meter: what is left of a budget shared with other evaluations; then `budget` is not used.

    Raises:
        FeelSyntaxError: the text is no expression.
        FeelNameError: it uses a name or function that nothing provides.
        FeelLimitError: it would cost more than its budget.
    """
    tree = parse(expression) if isinstance(expression, str) else expression
    with _located(tree.source, budget):
        return Evaluator(context, functions or {}, meter or Meter(budget)).run(tree.root)


def matches(
    tests: str | UnaryTests,
    value: object,
    context: Mapping[str, object],
    functions: Mapping[str, Function] | None = None,
    budget: Budget = DEFAULT_BUDGET,
    meter: Meter | None = None,
) -> bool:
    """Return whether a value passes the tests of a decision table's cell.

    Raises:
        FeelError: as `evaluate` does.
    """
    cell = parse_unary_tests(tests) if isinstance(tests, str) else tests
    if cell.anything:
        return True
    runner = Evaluator(context, functions or {}, meter or Meter(budget))
    tested = adopt(value)
    answers = (runner.test(test, tested, EMPTY) for test in cell.tests)
    with _located(cell.source, budget):
        if cell.negated:
            return all(answer is False for answer in answers)
        return any(answer is True for answer in answers)


@contextmanager
def _located(source: str, budget: Budget) -> Iterator[None]:
    """Let every error know the text that it is of, and a place in it."""
    try:
        try:
            yield
        except RecursionError:
            # Only where the caller itself stands deep: the budget alone stays far below the limit.
            refuse("nested evaluations", "嵌套求值层数", budget.depth)
    except FeelError as error:
        error.locate(1, 1, source)
        raise
