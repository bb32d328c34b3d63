"""Whether a decision was asked with values of the types that its tables declare.

A table compares a text with a number to null, so that no row matches and nothing is said of it. A
running case goes on with that, as FEEL has it; whoever asks by hand is told which value is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.errors import FieldError, Invalid
from engine.expressions.decision_graph import Answer, DecisionModel
from engine.expressions.invocation import conform
from engine.expressions.types import type_name

_NAMES: Final = {"number": "数字", "string": "文字", "boolean": "是非（true 或 false）"}
"""The types that JSON and a form tell apart; a date comes as text to either."""

_OTHERS: Final = {"list": "列表", "context": "对象", "null": "空"}


def check_types(model: DecisionModel, made: Answer) -> None:
    """Raise Invalid, by the expression of the column, where a value is of another type."""
    faults = {one.field: one for one in _faults(model, made)}
    if faults:
        first = next(iter(faults.values()))
        raise Invalid(first.message, first.message_zh, list(faults.values()))


def _faults(model: DecisionModel, made: Answer) -> Iterator[FieldError]:
    for identity, decision in made.made.items():
        table = model.by_id[identity].table
        for column in table.inputs if table is not None else ():
            value = decision.read.get(column.expression)
            if column.type not in _NAMES or value is None:
                continue
            if conform(value, column.type) is None:
                found = type_name(value)
                named = _NAMES.get(found) or _OTHERS.get(found, found)
                yield FieldError(
                    column.expression,
                    f"Expected {column.expression} as a {column.type}, but it is a {found}",
                    f"{column.expression} 应为{_NAMES[column.type]}，实际为{named}",
                )
