"""Equality, order and arithmetic between values, as tables 42 to 57 of DMN 1.5 have them.

Every operation that its types do not allow gives null.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.expressions import calendar
from engine.expressions.types import DECIMAL, Closure, Months, Range, Value

_ORDERED: Final = (Decimal, str, dt.date, dt.time, dt.datetime, dt.timedelta, Months)

_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def equal(left: Value, right: Value) -> bool | None:
    """Return whether two values are equal; null if their kinds cannot be compared."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return None
    special = _EQUALITY.get(type(left))
    return special(left, right) if special else bool(left == right)


def _equal_lists(left: list[Value], right: list[Value]) -> bool | None:
    if len(left) != len(right):
        return False
    return all(equal(a, b) for a, b in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, Value], right: dict[str, Value]) -> bool | None:
    if left.keys() != right.keys():
        return False
    return all(equal(value, right[key]) for key, value in left.items())


def _equal_ranges(left: Range, right: Range) -> bool:
    ends = left.low_closed == right.low_closed and left.high_closed == right.high_closed
    return ends and bool(equal(left.low, right.low) and equal(left.high, right.high))


_EQUALITY: Final[dict[type, Callable[[Any, Any], bool | None]]] = {
    list: _equal_lists,
    dict: _equal_contexts,
    Range: _equal_ranges,
    Closure: lambda left, right: left is right,
    dt.datetime: calendar.same_instant,
    dt.time: calendar.same_instant,
}


def compare(operator: str, left: Value, right: Value) -> bool | None:
    """Return the result of one of `= != < <= > >=`."""
    if operator in {"=", "!="}:
        same = equal(left, right)
        return same if same is None or operator == "=" else not same
    if type(left) is not type(right) or not isinstance(left, _ORDERED):
        return None
    if isinstance(left, dt.datetime | dt.time):
        return calendar.in_order(_ORDER[operator], left, right)  # type: ignore[arg-type]
    return _ORDER[operator](left, right)


def contains(found: Range, value: Value) -> bool | None:
    """Return whether a value lies in a range; null if it cannot be compared with its ends."""
    answers: list[bool | None] = []
    if found.low is not None:
        answers.append(compare(">=" if found.low_closed else ">", value, found.low))
    if found.high is not None:
        answers.append(compare("<=" if found.high_closed else "<", value, found.high))
    if not answers or None in answers:
        return None
    return all(answers)


def conjunction(left: Value, right: Value) -> bool | None:
    """Return `left and right` in three values; what is no boolean counts as null."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def disjunction(left: Value, right: Value) -> bool | None:
    """Return `left or right` in three values; what is no boolean counts as null."""
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


def negate(value: Value) -> Value:
    """Return `-value`."""
    if isinstance(value, Decimal):
        return DECIMAL.minus(value)
    if isinstance(value, dt.timedelta):
        return calendar.safe(lambda: -value)
    return Months(-value.months) if isinstance(value, Months) else None


def arithmetic(operator: str, left: Value, right: Value) -> Value:
    """Return the result of one of `+ - * / **`."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return numeric(operator, left, right)
    if operator == "+" and isinstance(left, str) and isinstance(right, str):
        return left + right
    operation = _TEMPORAL.get(operator)
    return operation(left, right) if operation else None


_NUMERIC: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": DECIMAL.add,
    "-": DECIMAL.subtract,
    "*": DECIMAL.multiply,
    "/": DECIMAL.divide,
    "**": DECIMAL.power,
}


def numeric(operator: str, left: Decimal, right: Decimal) -> Decimal | None:
    """Compute with 34 digits; division by zero and overflow give null."""
    if operator == "**" and not right:
        return Decimal(1)
    try:
        result = _NUMERIC[operator](left, right)
    except ArithmeticError:
        return None
    if not result.is_finite():
        return None
    return result or Decimal(0)


_TEMPORAL: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "+": calendar.add,
    "-": calendar.subtract,
    "*": calendar.multiply,
    "/": calendar.divide,
}


def member(value: Value, expected: Value) -> bool | None:
    """Return `value in expected`: equal to it, within it, or so for one item of a list."""
    if isinstance(expected, Range):
        return contains(expected, value)
    if not isinstance(expected, list):
        return equal(value, expected)
    if isinstance(value, list) and equal(value, expected):
        return True
    return any(_matches_item(value, item) for item in expected)


def _matches_item(value: Value, item: Value) -> bool:
    if isinstance(item, Range) and not isinstance(value, Range):
        return bool(contains(item, value))
    return bool(equal(value, item))
