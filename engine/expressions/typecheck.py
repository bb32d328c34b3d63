"""`instance of`: whether a value conforms to a type written in an expression."""

from __future__ import annotations

from engine.expressions import ast
from engine.expressions.types import Closure, Range, Value, type_name


def conforms(value: Value, kind: ast.TypeOf) -> bool | None:
    """Return whether a value is of a type; null if there is no such type."""
    if kind.name in {"Any", "any"}:
        return value is not None
    if kind.name in {"Null", "null"}:
        return value is None
    if kind.name not in KNOWN:
        return None
    if value is None or type_name(value) != kind.name:
        return False
    return not kind.arguments or _parts_conform(value, kind)


def _parts_conform(value: Value, kind: ast.TypeOf) -> bool:
    if isinstance(value, list):
        return all(_accepts(item, kind.arguments[0]) for item in value)
    if isinstance(value, dict) and kind.keys:
        pairs = zip(kind.keys, kind.arguments, strict=True)
        return all(name in value and _accepts(value[name], part) for name, part in pairs)
    if isinstance(value, Range):
        ends = [end for end in (value.low, value.high) if end is not None]
        return all(conforms(end, kind.arguments[0]) for end in ends)
    if isinstance(value, Closure):
        return len(value.parameters) == len(kind.arguments) - 1
    return True


def _accepts(value: Value, kind: ast.TypeOf) -> bool:
    return value is None or bool(conforms(value, kind))


KNOWN = frozenset(
    {
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
        "list",
        "context",
        "range",
        "function",
    }
)
