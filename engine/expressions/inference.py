"""Types as the checker sees them: a name, a context by key, or a list of one type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from engine.expressions.types import Closure, Range, Value, type_name

Type: TypeAlias = "str | Mapping[str, Type] | list[Type]"

ANY: Final = "any"
_LOOSE: Final = frozenset({ANY, "null", "Any"})
_DURATIONS: Final = frozenset({"days and time duration", "years and months duration"})
_POINTS: Final = frozenset({"date", "time", "date and time"})

_KNOWN_PROPERTIES: Final[dict[str, frozenset[str]]] = {
    "date": frozenset({"year", "month", "day", "weekday"}),
    "time": frozenset({"hour", "minute", "second", "time offset", "timezone"}),
    "days and time duration": frozenset({"days", "hours", "minutes", "seconds"}),
    "years and months duration": frozenset({"years", "months"}),
    "range": frozenset({"start", "end", "start included", "end included"}),
}


def of_value(value: Value) -> Type:
    """Return the type of a constant."""
    return ANY if isinstance(value, Closure | Range) else type_name(value)


def label(kind: Type) -> str:
    """Return a type in one word, for a message."""
    if isinstance(kind, str):
        return kind
    return "context" if isinstance(kind, Mapping) else "list"


def compatible(left: Type, right: Type) -> bool:
    """Return whether values of two types can be compared at all."""
    names = label(left), label(right)
    return names[0] == names[1] or not _LOOSE.isdisjoint(names)


def common(left: Type, right: Type) -> Type:
    """Return the type of a value that is of one type or the other."""
    if "null" in (left, right):
        return right if left == "null" else left
    return left if left == right else ANY


def element_of(kind: Type) -> Type:
    """Return the type of a list's items; a single value counts as a list of one."""
    if isinstance(kind, list):
        return kind[0]
    return ANY if isinstance(kind, str) and kind in {"list", "range"} else kind


def entry_of(kind: Type, name: str) -> Type | None:
    """Return the type of `value.name`, or None if there is surely no such entry."""
    if isinstance(kind, Mapping):
        return kind.get(name)
    if isinstance(kind, list):
        inner = entry_of(kind[0], name)
        return None if inner is None else [inner]
    if kind == "date and time":
        known = _KNOWN_PROPERTIES["date"] | _KNOWN_PROPERTIES["time"]
    elif kind in _KNOWN_PROPERTIES:
        known = _KNOWN_PROPERTIES[kind]
    else:
        return None if kind in {"string", "number", "boolean"} else ANY
    return _property(name) if name in known else None


def _property(name: str) -> Type:
    special = {
        "time offset": "days and time duration",
        "timezone": "string",
        "start included": "boolean",
        "end included": "boolean",
        "start": ANY,
        "end": ANY,
    }
    return special.get(name, "number")


def of_arithmetic(operator: str, left: Type, right: Type) -> Type | None:
    """Return the type of `left operator right`; None if it is always null."""
    a, b = label(left), label(right)
    if a in _LOOSE or b in _LOOSE:
        return ANY
    if a == b == "number":
        return "number"
    return _of_temporal(operator, a, b)


def _of_temporal(operator: str, a: str, b: str) -> Type | None:
    if operator == "+":
        return _sum(a, b) or _sum(b, a)
    if operator == "-":
        return _difference(a, b)
    if operator == "/" and a == b and a in _DURATIONS:
        return "number"
    if operator in {"*", "/"} and a in _DURATIONS and b == "number":
        return a
    return b if operator == "*" and a == "number" and b in _DURATIONS else None


def _sum(a: str, b: str) -> str | None:
    if a == b and (a == "string" or a in _DURATIONS):
        return a
    if a in _POINTS and b in _DURATIONS and not (a == "time" and b == "years and months duration"):
        return a
    return None


def _difference(a: str, b: str) -> str | None:
    if b in _DURATIONS:
        return _sum(a, b)
    dates = {"date", "date and time"}
    both = (a in dates and b in dates) or a == b == "time"
    return "days and time duration" if both else None
