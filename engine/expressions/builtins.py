"""The registry of built-in functions: name to overloads, collected by hand.

`now` and `today` are not here: the product has one clock, and whoever evaluates hands it in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.expressions import (
    builtins_context,
    builtins_list,
    builtins_number,
    builtins_range,
    builtins_temporal,
    builtins_text,
)
from engine.expressions.function import Function


def _collect(*groups: tuple[Function, ...]) -> dict[str, tuple[Function, ...]]:
    found: dict[str, tuple[Function, ...]] = {}
    for function in (function for group in groups for function in group):
        found[function.name] = (*found.get(function.name, ()), function)
    return found


BUILTINS: Final[Mapping[str, tuple[Function, ...]]] = _collect(
    builtins_text.FUNCTIONS,
    builtins_number.FUNCTIONS,
    builtins_list.FUNCTIONS,
    builtins_temporal.FUNCTIONS,
    builtins_range.FUNCTIONS,
    builtins_context.FUNCTIONS,
)
