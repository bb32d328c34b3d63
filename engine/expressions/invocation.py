"""Arguments to parameters: by place or by name, checked by type, with DMN's conversions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from engine.expressions.function import Function
from engine.expressions.types import Closure, Months, Range, Value

SPREAD: Final = "..."
"""The type of a last parameter that takes all further arguments."""

_ABSENT: Final = object()
_MISFIT: Final = object()

_KINDS: Final[dict[str, tuple[type, ...]]] = {
    "number": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "date": (dt.date,),
    "time": (dt.time,),
    "date and time": (dt.datetime,),
    "day": (dt.date, dt.datetime),
    "days and time duration": (dt.timedelta,),
    "years and months duration": (Months,),
    "duration": (dt.timedelta, Months),
    "list": (list,),
    "context": (dict,),
    "range": (Range,),
    "function": (Closure,),
}

_BASIC: Final = _KINDS.keys() - {"day", "duration", "list", "context", "range", "function"}


def cost(values: Iterable[Value]) -> int:
    """Return how many steps it takes to look at values, everything nested in them included."""
    weight, characters = 0, 0
    pending = list(values)
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            characters += len(value)
        elif isinstance(value, list | dict):
            weight += len(value)
            parts = value.values() if isinstance(value, dict) else value
            pending.extend(part for part in parts if isinstance(part, list | dict | str))
    return weight // 4 + characters // 64


def bind(function: Function, values: Sequence[Value], names: Sequence[str]) -> list[Any] | None:
    """Return the arguments in the order of the parameters, or None if they do not fit."""
    if (
        function.variadic
        and not names
        and values
        and (len(values) != 1 or not isinstance(values[0], list))
    ):
        values = [list(values)]
    placed = _by_name(function, values, names) if names else list(values)
    if placed is None or not _enough(function, placed):
        return None
    arguments = []
    for place, value in enumerate(placed):
        kind = _kind(function, place)
        fitted = None if value is _ABSENT else fit(value, kind)
        if fitted is _MISFIT:
            return None
        arguments.append(fitted)
    return arguments


def _kind(function: Function, place: int) -> str:
    if not function.types:
        return "any"
    kind = function.types[min(place, len(function.types) - 1)]
    return "any" if kind == SPREAD else kind


def _by_name(function: Function, values: Sequence[Value], names: Sequence[str]) -> list[Any] | None:
    given = dict(zip(names, values, strict=True))
    if not given.keys() <= set(function.parameters):
        return None
    placed = [given.get(name, _ABSENT) for name in function.parameters]
    while placed and placed[-1] is _ABSENT:
        placed.pop()
    return placed


def _enough(function: Function, placed: Sequence[Any]) -> bool:
    required = len(function.parameters) if function.required is None else function.required
    spread = function.types[-1:] == (SPREAD,)
    if len(placed) < required or (len(placed) > len(function.parameters) and not spread):
        return False
    return all(value is not _ABSENT for value in placed[:required])


def fit(value: Any, kind: str) -> Any:  # noqa: ANN401 a value or the mark of a misfit
    """Return a value as its parameter takes it, or a mark that it does not fit."""
    if kind.endswith("?"):
        if value is None:
            return None
        kind = kind[:-1]
    if kind == "any" or _is(value, kind):
        return value
    return _converted(value, kind)


def conform(value: Value, kind: str) -> Value:
    """Return a value as one of a basic type, null if it is none; other types are not looked at."""
    if kind not in _BASIC:
        return value
    fitted = fit(value, kind)
    return None if fitted is _MISFIT else fitted


def _converted(value: Any, kind: str) -> Any:  # noqa: ANN401
    if kind == "list":
        return _MISFIT if value is None else [value]
    if isinstance(value, list) and len(value) == 1 and _is(value[0], kind):
        return value[0]
    if kind == "date and time" and type(value) is dt.date:
        return dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    return _MISFIT


def _is(value: Any, kind: str) -> bool:
    return type(value) in _KINDS[kind]
