"""Plain cells: the fast way gives the answers of the evaluator, and large tables are looked at."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import feel
from engine.expressions.decision_table import DecisionTable, Input, Output, Rule, analyse
from engine.expressions.errors import FeelLimitError
from engine.expressions.plain_tests import Matching

ENDS = (
    "0",
    "1",
    "-2.5",
    '"a"',
    '"b"',
    "true",
    "null",
    'date("2026-01-31")',
    '@"2026-02-01"',
    "1+1",
)
TESTS = st.one_of(
    st.sampled_from(("-", *ENDS)),
    st.builds("{} {}".format, st.sampled_from(("<", "<=", ">", ">=")), st.sampled_from(ENDS)),
    st.builds(
        "{}{}..{}{}".format,
        st.sampled_from("[("),
        st.sampled_from(ENDS),
        st.sampled_from(ENDS),
        st.sampled_from("])"),
    ),
)
CELLS = st.one_of(
    TESTS,
    st.lists(TESTS.filter(lambda one: one != "-"), min_size=1, max_size=3).map(", ".join),
    TESTS.filter(lambda one: one != "-").map("not({})".format),
)
VALUES = st.sampled_from(
    (
        None,
        True,
        False,
        Decimal(0),
        Decimal("-2.5"),
        Decimal(1),
        "a",
        "c",
        dt.date(2026, 1, 31),
        dt.date(2026, 2, 2),
        dt.datetime(2026, 1, 31, tzinfo=dt.UTC),
    )
)


@settings(deadline=None)
@given(CELLS, VALUES)
def test_the_fast_way_agrees_with_the_evaluator(cell: str, value: feel.Value) -> None:
    assert Matching(10).accepts(cell, value) is feel.matches(cell, value, {})


def test_it_gives_up_where_it_would_take_long() -> None:
    matching = Matching(2)
    assert [matching.accepts("? > 1 + 1", Decimal(n)) for n in (2, 3)] == [False, True]
    with pytest.raises(FeelLimitError):
        matching.accepts("? > 1 + 1", Decimal(4))


def _large(rows: int, cell: str) -> DecisionTable:
    rules = (
        Rule(f"r{n}", (cell.format(low=n, high=n + 1), '"a", "b"'), ("1",)) for n in range(rows)
    )
    inputs = (Input("i1", "n", "number"), Input("i2", "level", "string", values='"a","b"'))
    return DecisionTable("large", "Large", inputs, (Output("o", "days", "number"),), tuple(rules))


def test_a_thousand_rows_are_analysed_within_seconds() -> None:
    began = perf_counter()
    found = analyse(_large(1000, "[{low}..{high})"))
    assert perf_counter() - began < 20
    assert [(one.kind, dict(one.example)) for one in found] == [("gap", {"n": "1000"})]


def test_cells_that_cannot_be_told_fast_are_told_as_not_analysed() -> None:
    (found,) = analyse(_large(1000, "? >= {low} and ? < {high}"))
    assert found.kind == "not-analysed"


def test_a_table_without_rows_says_so() -> None:
    (found,) = analyse(_large(0, "-"))
    assert (found.kind, found.example) == ("gap", ())
    assert found.message_zh == "决策表 large 还没有规则"
