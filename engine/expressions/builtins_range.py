"""Built-in functions that order points and ranges (table 78 of DMN 1.5), and `range`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from engine.expressions import operators, temporal
from engine.expressions.builtins_text import to_number
from engine.expressions.function import Function, declare
from engine.expressions.text import unescape
from engine.expressions.types import Range, Value

_RANGE: Final = re.compile(r"([\[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])", re.DOTALL)
_END: Final = re.compile(
    r'"(?:\\[\s\S]|[^"\\])*"|@"[^"]*"|-?[\d.]+(?:[eE][+-]?\d+)?'
    r'|(?:date|time|date and time|duration)\(\s*"[^"]*"\s*\)|'
)


class _Incomparable(Exception):  # noqa: N818
    """Two ends cannot be compared, so the answer is null."""


def _holds(operator: str, left: Value, right: Value) -> bool:
    answer = operators.compare(operator, left, right)
    if answer is None:
        raise _Incomparable
    return answer


def _closed(value: Range) -> Range:
    if value.low is None or value.high is None:
        raise _Incomparable
    return value


def _before(left: Value, right: Value) -> bool:
    left_end, left_closed = (left.high, left.high_closed) if isinstance(left, Range) else (left, 1)
    right_end, right_closed = (
        (right.low, right.low_closed) if isinstance(right, Range) else (right, 1)
    )
    touches_ok = not (left_closed and right_closed)
    return _holds("<=" if touches_ok else "<", left_end, right_end)


def _meets(left: Range, right: Range) -> bool:
    return left.high_closed and right.low_closed and _holds("=", left.high, right.low)


def _overlaps(left: Range, right: Range) -> bool:
    return not _before(left, right) and not _before(right, left)


def _low_first(left: Range, right: Range) -> bool:
    if _holds("=", left.low, right.low):
        return left.low_closed and not right.low_closed
    return _holds("<", left.low, right.low)


def _high_first(left: Range, right: Range) -> bool:
    if _holds("=", left.high, right.high):
        return right.high_closed and not left.high_closed
    return _holds("<", left.high, right.high)


def _overlaps_before(left: Range, right: Range) -> bool:
    if not _overlaps(left, right) or _low_first(right, left) or _high_first(right, left):
        return False
    return _low_first(left, right)


def _finishes(left: Value, right: Range) -> bool:
    if not isinstance(left, Range):
        return right.high_closed and _holds("=", left, right.high)
    same = left.high_closed == right.high_closed and _holds("=", left.high, right.high)
    return same and not _low_first(left, right)


def _starts(left: Value, right: Range) -> bool:
    if not isinstance(left, Range):
        return right.low_closed and _holds("=", left, right.low)
    same = left.low_closed == right.low_closed and _holds("=", left.low, right.low)
    return same and not _high_first(right, left)


def _includes(left: Range, right: Value) -> bool:
    if isinstance(right, Range):
        return not _low_first(right, left) and not _high_first(left, right)
    inside = operators.contains(left, right)
    if inside is None:
        raise _Incomparable
    return inside


def _coincides(left: Value, right: Value) -> bool:
    if isinstance(left, Range) and isinstance(right, Range):
        return left == right or bool(operators.equal(left, right))
    return _holds("=", left, right)


def _answer(test: Callable[[Any, Any], bool], *, turned: bool = False) -> Callable[..., Value]:
    def call(left: Value, right: Value) -> Value:
        try:
            for value in (left, right):
                if isinstance(value, Range):
                    _closed(value)
            return test(right, left) if turned else test(left, right)
        except _Incomparable:
            return None

    return call


def read_range(text: str) -> Value:
    """Read `[1..10)` from a text; its ends are literals."""
    found = _RANGE.fullmatch(text.strip())
    if not found or not all(_END.fullmatch(end) for end in found.groups()[1:3]):
        return None
    low, high = (_literal(end) for end in found.groups()[1:3])
    if type(low) is not type(high) and low is not None and high is not None:
        return None
    if (low is None and found[1] == "[") or (high is None and found[4] == "]") or low is high:
        return None
    if low is not None and high is not None and not operators.compare("<=", low, high):
        return None
    return Range(low, high, found[1] == "[", found[4] == "]")


def _literal(text: str) -> Value:
    if text.startswith('"'):
        return unescape(text[1:-1])
    quoted = re.search(r'"([^"]*)"', text)
    if not quoted:
        return to_number(text) if text else None
    return temporal.parse_any(quoted[1])


FUNCTIONS: Final[tuple[Function, ...]] = (
    declare("range(from: string) -> range", read_range),
    declare("before(range1: any, range2: any) -> boolean", _answer(_before)),
    declare("after(range1: any, range2: any) -> boolean", _answer(_before, turned=True)),
    declare("meets(range1: range, range2: range) -> boolean", _answer(_meets)),
    declare("met by(range1: range, range2: range) -> boolean", _answer(_meets, turned=True)),
    declare("overlaps(range1: range, range2: range) -> boolean", _answer(_overlaps)),
    declare("overlaps before(range1: range, range2: range) -> boolean", _answer(_overlaps_before)),
    declare(
        "overlaps after(range1: range, range2: range) -> boolean",
        _answer(_overlaps_before, turned=True),
    ),
    declare("finishes(range1: any, range2: range) -> boolean", _answer(_finishes)),
    declare("finished by(range1: range, range2: any) -> boolean", _answer(_finishes, turned=True)),
    declare("includes(range1: range, range2: any) -> boolean", _answer(_includes)),
    declare("during(range1: any, range2: range) -> boolean", _answer(_includes, turned=True)),
    declare("starts(range1: any, range2: range) -> boolean", _answer(_starts)),
    declare("started by(range1: range, range2: any) -> boolean", _answer(_starts, turned=True)),
    declare("coincides(range1: any, range2: any) -> boolean", _answer(_coincides)),
)
