"""What a decision table may answer where some of its inputs are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.expressions.tables import DecisionTable, Rule
from engine.verification.evaluating import Given, passes
from engine.verification.evaluating import answer as value_of
from engine.verification.names import UNKNOWN

_ANYTHING: Final = ("", "-")
_ONE_ROW: Final = frozenset({"UNIQUE", "FIRST", "ANY"})


def possible(table: DecisionTable, answer: str | None, known: Mapping[str, Given]) -> bool:
    """Tell whether a table may give an answer; only rows that cannot match are left out.

    Args:
        table: the table.
        answer: a text, or None for null, which it gives too where no row matches.
        known: what is known of its inputs, by their paths.
    """
    if len(table.outputs) != 1 or table.hit_policy not in _ONE_ROW:
        return True
    sure = False
    for rule in table.rules:
        matched = _matches(table, rule, known)
        if matched is not False and _may_be(rule.outputs[0], answer):
            return True
        sure = sure or matched is True
        if sure and table.hit_policy == "FIRST":
            return False
    return not sure and _may_be(table.outputs[0].default.strip() or "null", answer)


def _matches(table: DecisionTable, rule: Rule, known: Mapping[str, Given]) -> bool | None:
    """Tell whether a row matches; None where that is not known."""
    found: bool | None = True
    for column, cell in zip(table.inputs, rule.tests, strict=True):
        if cell.strip() in _ANYTHING:
            continue
        passed = passes(cell, value_of(column.expression, known), known)
        if passed is False:
            return False
        found = found and passed
    return found


def _may_be(cell: str, answer: str | None) -> bool:
    """Tell whether an output may be a text, or null; what cannot be computed here may be."""
    found = value_of(cell, {})
    return found is UNKNOWN or found == answer
