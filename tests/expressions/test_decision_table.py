"""Hit policies, and what the analysis of a table finds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import errors
from engine.expressions.decision_table import (
    DecisionTable,
    Input,
    Output,
    Rule,
    analyse,
    decide,
)


def _table(
    policy: str, *rows: tuple[str, str, str], aggregation: str | None = None, values: str = ""
) -> DecisionTable:
    return DecisionTable(
        id="limits",
        name="Limits",
        inputs=(Input("i1", "level", "string", values=values), Input("i2", "n", "number")),
        outputs=(Output("o", "days", "number", values="9, 5, 1"),),
        rules=tuple(Rule(f"r{place}", row[:2], row[2:]) for place, row in enumerate(rows, start=1)),
        hit_policy=policy,
        aggregation=aggregation,
    )


ROWS = (('"a"', "-", "1"), ('"a","b"', "> 3", "5"), ("-", "> 5", "9"))


def _run(policy: str, level: str, n: int, aggregation: str | None = None) -> tuple[object, str]:
    made = decide(_table(policy, *ROWS, aggregation=aggregation), {"level": level, "n": n})
    return made.value, " ".join(made.matched)


def test_one_rule() -> None:
    assert _run("UNIQUE", "b", 4) == (5, "r2")
    assert _run("UNIQUE", "c", 1) == (None, "")
    assert _run("FIRST", "a", 9) == (1, "r1")
    assert _run("FIRST", "c", 9) == (9, "r3")
    assert _run("PRIORITY", "a", 9) == (9, "r1 r2 r3")


def test_a_double_match_is_an_incident() -> None:
    with pytest.raises(errors.Incident) as caught:
        _run("UNIQUE", "a", 4)
    assert caught.value.details["rules"] == ["r1", "r2"]
    with pytest.raises(errors.Incident):
        _run("ANY", "a", 4)


def test_any_takes_rules_that_agree() -> None:
    table = _table("ANY", ('"a"', "-", "1"), ("-", "> 3", "2 - 1"))
    assert decide(table, {"level": "a", "n": 4}).value == 1


def test_several_rules() -> None:
    assert _run("COLLECT", "a", 9) == ([1, 5, 9], "r1 r2 r3")
    assert _run("RULE ORDER", "a", 9) == ([1, 5, 9], "r1 r2 r3")
    assert _run("OUTPUT ORDER", "a", 9) == ([9, 5, 1], "r1 r2 r3")
    assert _run("COLLECT", "a", 9, "SUM") == (15, "r1 r2 r3")
    assert _run("COLLECT", "a", 9, "COUNT") == (3, "r1 r2 r3")
    assert _run("COLLECT", "a", 9, "MIN") == (1, "r1 r2 r3")
    assert _run("COLLECT", "a", 9, "MAX") == (9, "r1 r2 r3")
    assert _run("COLLECT", "c", 1, "SUM") == (None, "")
    assert _run("COLLECT", "c", 1, "COUNT") == (0, "")


def test_several_outputs_and_defaults() -> None:
    table = DecisionTable(
        id="grading",
        name="Grading",
        inputs=(Input("i", "n", "number"),),
        outputs=(Output("a", "level", default='"general"'), Output("b", "days", default="3")),
        rules=(Rule("r", ("> 5",), ('"major"', "n * 2")),),
    )
    assert decide(table, {"n": 6}).value == {"level": "major", "days": Decimal(12)}
    assert decide(table, {"n": 1}).value == {"level": "general", "days": Decimal(3)}


def test_an_aggregate_of_nothing_is_the_default() -> None:
    for aggregation in ("SUM", "MIN", "MAX", "COUNT"):
        table = DecisionTable(
            id="extra",
            name="Extra",
            inputs=(Input("i", "n", "number"),),
            outputs=(Output("a", "days", default="7"),),
            rules=(Rule("r", ("> 5",), ("3",)),),
            hit_policy="COLLECT",
            aggregation=aggregation,
        )
        assert decide(table, {"n": 1}).value == 7
        assert decide(table, {"n": 6}).value == (1 if aggregation == "COUNT" else 3)


def test_the_values_read_are_kept() -> None:
    made = decide(_table("FIRST", *ROWS), {"level": "a", "n": 2})
    assert made.read == {"level": "a", "n": Decimal(2)}


def _kinds(table: DecisionTable) -> list[str]:
    return [finding.kind for finding in analyse(table)]


def test_a_complete_table_has_no_findings() -> None:
    rows = (('"a"', "< 3", "1"), ('"a"', "[3..7)", "5"), ('"a"', ">= 7", "9"))
    assert _kinds(_table("UNIQUE", *rows, ('not("a")', "-", "1"))) == []
    assert _kinds(_table("UNIQUE", *rows, values='"a"')) == []
    assert _kinds(_table("FIRST", *rows, ("-", "-", "1"))) == []


def test_gaps() -> None:
    found = analyse(_table("UNIQUE", ('"a"', "< 3", "1"), ('"a"', "> 3", "5"), values='"a"'))
    assert [item.kind for item in found] == ["gap"]
    assert 'level = "a", n = 3' in found[0].message
    assert 'level = "a", n = 3' in found[0].message_zh
    assert _kinds(_table("COLLECT", ('"a"', "< 3", "1"))) == []


def test_overlaps() -> None:
    rows = (("-", "[1..5]", "1"), ("-", "[5..9]", "5"), ("-", "not([1..9])", "9"))
    found = analyse(_table("UNIQUE", *rows))
    assert [(item.kind, item.rules) for item in found] == [("overlap", ("r1", "r2"))]
    assert "n = 5" in found[0].message
    assert _kinds(_table("FIRST", *rows)) == []
    assert _kinds(_table("ANY", ("-", "-", "1"), ("-", "> 3", "1"))) == []


def test_unreachable_rows() -> None:
    found = analyse(_table("FIRST", ("-", "-", "1"), ('"a"', "> 3", "5")))
    assert [(item.kind, item.rules) for item in found] == [("unreachable", ("r2",))]
    assert "unreachable" in _kinds(_table("UNIQUE", ("-", "-", "1"), ("-", "? > 3 and ? < 2", "5")))


def test_dates_and_booleans_are_cut_too() -> None:
    table = DecisionTable(
        id="d",
        name="d",
        inputs=(Input("i", "day", "date"), Input("j", "flag", "boolean")),
        outputs=(Output("o", "o"),),
        rules=(
            Rule("r1", ('< date("2026-01-31")', "-"), ("1",)),
            Rule("r2", ('>= date("2026-01-31")', "true"), ("2",)),
        ),
    )
    found = analyse(table)
    assert {item.kind for item in found} == {"gap"}
    assert all("flag = false" in item.message for item in found)


def test_what_cannot_be_analysed_is_said() -> None:
    assert _kinds(_table("UNIQUE", ("-", "> limit", "1"))) == ["not-analysed"]
