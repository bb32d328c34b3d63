"""Values that are taken for granted, and what they leave of conditions and tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.expressions.tables import DecisionTable, Input, Output, Rule
from engine.verification.evaluating import truth
from engine.verification.statutes.events import Label, parse_event
from engine.verification.statutes.facts import Fact, Setting
from engine.verification.statutes.tables import possible

GRADE: dict[str, Any] = {"case.grade": Decimal(2), "case.level": "major"}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ('case.level = "major"', True),
        ('"major" = case.level', True),
        ('case.level != "major"', False),
        ("case.grade < 2", False),
        ("case.grade >= 2", True),
        ("case.grade > 1", True),
        ("case.grade <= 1", False),
        ('case.level = "major" and other = "x"', None),
        ('case.level = "general" and other = "x"', False),
        ('case.level = "major" or other = "x"', True),
        ('case.level = "general" or other = "x"', None),
        ('not(case.level = "major")', False),
        ("other", None),
        ("true", True),
        ("false", False),
        ("case.level = 2", False),
        ("this is ( no condition", None),
        ("some x in [1] satisfies x = 1", True),
        ('rule("a") = 1', None),
        ("now() = now()", None),
    ],
)
def test_a_condition_holds_as_far_as_values_say(text: str, holds: bool | None) -> None:
    assert truth(text, GRADE) is holds


def test_a_flag_is_a_condition_by_itself() -> None:
    assert truth("case.second", {"case.second": True}) is True
    assert truth("not(case.second)", {"case.second": True}) is False
    assert truth("case.second", {"case.second": "yes"}) is False
    assert truth("case.second", {"case.first": True}) is None
    assert truth("case.second", {"case": "no context"}) is False
    assert truth('case.second or case = "x"', {"case.second": False, "case": "x"}) is True


def test_a_fact_is_what_the_last_event_made_it() -> None:
    settings = (
        Setting(parse_event("operation decide[good]"), "good"),
        Setting(parse_event("operation decide[bad]"), "bad"),
        Setting(parse_event("operation forget"), None),
    )
    fact = Fact("status", ("case", "status"), "new", settings)
    decided = Label("operation", "decide", "good")
    assert fact.after("new", [Label("act", "a")]) == "new"
    assert fact.after("new", [decided]) == "good"
    assert fact.after("good", [Label("operation", "forget")]) is None
    assert fact.after("good", [Label("operation", "decide")]) is None


def _table(hit_policy: str = "UNIQUE", *rows: tuple[str, str], default: str = "") -> DecisionTable:
    return DecisionTable(
        "t",
        "t",
        (Input("i", "case.level"),),
        (Output("o", "route", default=default),),
        tuple(Rule(f"r{n}", (test,), (out,)) for n, (test, out) in enumerate(rows)),
        hit_policy,
    )


LEVELS = (('"general"', '"one"'), ('"larger"', '"two"'), ('"major"', '"three"'))
MAJOR: dict[str, Any] = {"case.level": "major"}


def test_a_table_answers_what_a_row_that_may_match_says() -> None:
    table = _table("UNIQUE", *LEVELS)
    assert possible(table, "three", MAJOR)
    assert not possible(table, "two", MAJOR)
    assert all(possible(table, answer, {}) for answer in ("one", "two", "three"))
    assert not possible(table, "four", {})


def test_the_first_row_that_surely_matches_ends_a_table() -> None:
    rows = (('"major"', '"three"'), ("-", '"one"'))
    assert not possible(_table("FIRST", *rows), "one", MAJOR)
    assert possible(_table("FIRST", *rows), "one", {})
    assert possible(_table("ANY", *rows), "one", MAJOR)


def test_a_default_and_what_is_no_literal_may_be_anything() -> None:
    assert possible(_table("UNIQUE", *LEVELS, default='"none"'), "none", {})
    assert possible(_table("UNIQUE", ("-", "upper case(x)")), "ANYTHING", {})
    assert possible(_table("COLLECT", *LEVELS), "four", {})


def test_a_table_gives_no_answer_only_where_no_row_surely_matches() -> None:
    assert possible(_table("UNIQUE", *LEVELS), None, {})
    assert not possible(_table("UNIQUE", *LEVELS), None, MAJOR)
    assert not possible(_table("UNIQUE", *LEVELS, default='"none"'), None, {})


@pytest.mark.parametrize("cell", ["> today()", 'rule("x")', "case.other", "later(", "known"])
def test_a_cell_that_cannot_be_evaluated_matches_perhaps(cell: str) -> None:
    rows = ((cell, '"three"'), ('"major"', '"two"'), ("-", '"one"'))
    first = _table("FIRST", *rows)
    assert [possible(first, one, MAJOR) for one in ("three", "two", "one")] == [True, True, False]
    assert possible(_table("UNIQUE", (cell, '"three"')), None, MAJOR)
    assert not possible(_table("FIRST", ('"larger"', '"three"'), *rows), "four", MAJOR)


def test_null_may_be_what_a_row_says() -> None:
    said = (('"major"', "null"), ("-", '"one"'))
    assert possible(_table("FIRST", *said), None, MAJOR)
    assert not possible(_table("FIRST", *said), "one", MAJOR)
    assert possible(_table("UNIQUE", ('"major"', "if x then null else 1")), None, MAJOR)
