"""Built-in functions over contexts."""

from __future__ import annotations

from typing import Final

from engine.expressions.function import Function, declare
from engine.expressions.types import Value

_Context = dict[str, Value]


def entries(context: _Context) -> Value:
    """Return the entries as a list of `{key, value}`."""
    return [{"key": key, "value": value} for key, value in context.items()]


def from_entries(items: list[Value]) -> Value:
    """Return the context of a list of `{key, value}`; null if one of them is no entry."""
    made: _Context = {}
    for item in items:
        if not isinstance(item, dict) or not {"key", "value"} <= item.keys():
            return None
        name = item["key"]
        if not isinstance(name, str) or name in made:
            return None
        made[name] = item["value"]
    return made


def put(context: _Context, key: str, value: Value) -> Value:
    """Return the context with one entry set."""
    return context | {key: value}


def put_deep(context: _Context, keys: list[Value], value: Value) -> Value:
    """Return the context with an entry of nested contexts set."""
    if not keys or not isinstance(keys[0], str):
        return None
    if len(keys) == 1:
        return put(context, keys[0], value)
    inner = context.get(keys[0], {})
    if not isinstance(inner, dict):
        return None
    below = put_deep(inner, keys[1:], value)
    return None if below is None else put(context, keys[0], below)


def merge(contexts: list[Value]) -> Value:
    """Return the entries of all contexts; later ones win."""
    merged: _Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        merged |= context
    return merged


FUNCTIONS: Final[tuple[Function, ...]] = (
    declare("get value(m: context, key: string) -> any", lambda m, key: m.get(key)),
    declare("get entries(m: context) -> list", entries),
    declare("context(entries: list) -> context", from_entries),
    declare("context put(context: context, key: string, value: any) -> context", put),
    declare("context put(context: context, keys: list, value: any) -> context", put_deep),
    declare("context merge(contexts: list) -> context", merge),
)
