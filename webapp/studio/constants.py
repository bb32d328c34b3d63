"""Values that somebody typed to try something, each written as a constant of FEEL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine import errors
from engine.errors import Invalid
from engine.expressions import feel

_MOST: Final = 100


def context_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return names with their values: `case.level` becomes an entry of `case`.

    Raises:
        Invalid: a value is no constant.
    """
    found: dict[str, Any] = {}
    for name, text in list(values.items())[:_MOST]:
        if not isinstance(text, str):
            raise Invalid.at(name, "Expected a value as text", "值应为文字")
        *around, last = name.split(".")
        place = found
        for part in around:
            inner = place.setdefault(part, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = _constant(name, text)
    return found


def _constant(name: str, text: str) -> object:
    if not text.strip():
        return None
    try:
        return feel.evaluate(text, {})
    except errors.Invalid as error:
        raise Invalid.at(
            name,
            f"Expected a value of {name}, but {error.message}",
            f"{name} 的值有误：{error.message_zh}",
        ) from error
