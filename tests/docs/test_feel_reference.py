"""The FEEL reference says what the evaluator does, and leaves no function out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.expressions import budget, feel
from engine.expressions.builtins import BUILTINS
from engine.expressions.decision_graph import GRAPH_BUDGET
from tests.docs.reading import blocks, first_cells, quoted, section
from workflows.domain import case_schema, functions

PAGE = "docs/feel.md"
LINES = [line for block in blocks(PAGE, "feel") for line in block.splitlines()]


@pytest.mark.parametrize("line", LINES)
def test_every_line_of_the_reference_holds(line: str) -> None:
    left, _, right = line.rpartition(" => ")
    found, said = feel.evaluate(left, {}), feel.evaluate(right, {})
    assert found == said
    assert feel.type_name(found) == feel.type_name(said)


def test_every_function_is_named_and_no_other() -> None:
    table = section(PAGE, "内置函数 · Built-in functions").partition("```")[0]
    assert sorted(quoted(table)) == sorted(BUILTINS)


def test_what_the_product_adds_is_named() -> None:
    added = section(PAGE, "本系统的函数与名称 · What the product adds")
    for name in functions.RESULT_TYPES:
        assert f"`{name}(" in added
    assert set(_paths(case_schema.CASE_TYPES)) <= set(quoted(added))


def test_the_budgets_are_the_ones_in_force() -> None:
    rows = section(PAGE, "限度 · Budgets")
    limits = budget.DEFAULT_BUDGET
    for value in (
        *(budget.SOURCE_LIMIT, budget.TREE_LIMIT, limits.steps),
        *(limits.characters, limits.items, limits.nesting, GRAPH_BUDGET.steps),
    ):
        shown = f"{value:,}".replace(",", " ") if value >= 10_000 else str(value)
        assert f"| {shown} |" in rows
    assert len(first_cells(rows)) == 7


def _paths(types: Mapping[str, Any], before: str = "") -> list[str]:
    found: list[str] = []
    for name, kind in types.items():
        inner = _paths(kind, f"{name}.") if isinstance(kind, dict) else [f"{before}{name}"]
        found.extend(inner)
    return found
