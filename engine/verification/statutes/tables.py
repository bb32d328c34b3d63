"""What a decision table may answer where some of its inputs are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.expressions import feel
from engine.expressions.references import dotted
from engine.expressions.tables import DecisionTable, Rule
from engine.verification.statutes.facts import Name, Value

_ANYTHING: Final = ("", "-")
_FIRST_ONLY: Final = frozenset({"FIRST"})


def possible(table: DecisionTable, answer: str | None, values: Mapping[Name, Value]) -> bool:
    """Tell whether a table may give an answer; only rows that cannot match are left out.

    Args:
        table: the table.
        answer: a text, or None for no answer at all, which it gives where no row matches.
        values: what is known of its inputs.
    """
    if len(table.outputs) != 1 or table.hit_policy not in ("UNIQUE", "FIRST", "ANY"):
        return True
    if answer is None:
        sure = any(_matches(table, rule, values) is True for rule in table.rules)
        return not sure and not table.outputs[0].default.strip()
    for rule in table.rules:
        matched = _matches(table, rule, values)
        if matched is not False and _may_be(rule.outputs[0], answer):
            return True
        if matched is True and table.hit_policy in _FIRST_ONLY:
            return False
    return _may_be(table.outputs[0].default or "null", answer)


def _matches(table: DecisionTable, rule: Rule, values: Mapping[Name, Value]) -> bool | None:
    """Tell whether a row matches; None where that is not known."""
    known = True
    for column, cell in zip(table.inputs, rule.tests, strict=True):
        if cell.strip() in _ANYTHING:
            continue
        path = _path(column.expression)
        value = values.get(path) if path is not None else None
        if value is None:
            known = False
        elif not _passes(cell, value):
            return False
    return True if known else None


def _passes(cell: str, value: Value) -> bool:
    try:
        return feel.matches(cell, value, {})
    except feel.FeelError:
        return True


def _path(text: str) -> Name | None:
    try:
        return dotted(feel.parse(text).root)
    except feel.FeelError:
        return None


def _may_be(cell: str, answer: str) -> bool:
    """Tell whether an output may be a text; whatever is no literal may be."""
    text = cell.strip()
    quoted = len(text) > 1 and text[0] == text[-1] == '"' and '"' not in text[1:-1]
    if quoted:
        return text[1:-1] == answer
    return text != "null"
