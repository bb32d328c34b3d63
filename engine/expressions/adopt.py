"""The way in and out: values of Python become values of FEEL, and those become JSON."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from engine.expressions import temporal
from engine.expressions.errors import FeelLimitError, FeelValueError
from engine.expressions.types import DECIMAL, Closure, Months, Range, Value

_NESTING: Final = 50
_BITS: Final = 20_400  # of the largest whole number below 1E6145
_WHOLE_DIGITS: Final = 40
_PLAIN: Final = frozenset({bool, str, dt.date, dt.datetime, dt.time, dt.timedelta, type(None)})


def adopt(raw: object, nesting: int = 0) -> Value:
    """Return a value from outside as a value of the language, copied, so nothing leaks in.

    Raises:
        FeelValueError: it is of a type that the language does not know.
    """
    if type(raw) in _PLAIN or isinstance(raw, Months | Range | Closure):
        return raw  # type: ignore[return-value]
    if isinstance(raw, int | float | Decimal):
        return _number(raw)
    if isinstance(raw, Mapping | list | tuple):
        if nesting >= _NESTING:
            raise FeelLimitError(
                f"Expected a value nested at most {_NESTING} deep, but it is deeper",
                f"值的嵌套层数最多 {_NESTING} 层",
            )
        return _container(raw, nesting + 1)
    return _plain(raw)


def _number(raw: float | Decimal) -> Value:
    # No NaN, no infinity, nothing that 34 digits and the exponent cannot hold.
    if isinstance(raw, int) and raw.bit_length() > _BITS:
        return None
    try:
        number = DECIMAL.plus(Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _container(raw: Mapping[Any, Any] | list[Any] | tuple[Any, ...], nesting: int) -> Value:
    if not isinstance(raw, Mapping):
        return [adopt(item, nesting) for item in raw]
    found: dict[str, Value] = {}
    for key, item in raw.items():
        if not isinstance(key, str):
            raise _unknown(key)
        found[key] = adopt(item, nesting)
    return found


def _plain(raw: object) -> Value:
    # Sub-classes (an enumeration of strings, say) are reduced to what they extend.
    if isinstance(raw, str):
        return str.__str__(raw)
    if isinstance(raw, dt.datetime):
        return dt.datetime.combine(raw.date(), raw.timetz())
    if isinstance(raw, dt.date):
        return dt.date(raw.year, raw.month, raw.day)
    raise _unknown(raw)


def _unknown(raw: object) -> FeelValueError:
    kind = "function" if isinstance(raw, Closure) else type(raw).__name__
    return FeelValueError(
        f"Expected a value that FEEL knows, but it is of the type {kind}",
        f"表达式不支持 {kind} 类型的值",
    )


def to_json(value: Value) -> Any:  # noqa: ANN401 JSON is of many types
    """Return a value as JSON: numbers as numbers, dates and durations as ISO strings.

    Raises:
        FeelValueError: a function has no JSON form.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, Range):
        return {
            "start": to_json(value.low),
            "start included": value.low_closed,
            "end": to_json(value.high),
            "end included": value.high_closed,
        }
    if isinstance(value, Closure):
        raise _unknown(value)
    return temporal.to_text(value)


def json_number(value: Decimal) -> int | float:
    """Return an int where the number is whole and short, else a float."""
    if value == value.to_integral_value() and abs(value.adjusted()) < _WHOLE_DIGITS:
        return int(value)
    number = float(value)
    if math.isinf(number):
        raise FeelLimitError(
            "Expected a number that JSON readers can hold, but it is larger",
            "数值过大，无法写入 JSON",
        )
    return number
