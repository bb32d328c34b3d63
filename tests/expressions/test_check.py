"""What the checker says of an expression before it runs."""

from __future__ import annotations

import pytest

from engine.expressions.check import Scope, check, check_unary_tests, type_of

SCOPE = Scope(
    {
        "case": {
            "level": "string",
            "due": "date",
            "round": "number",
            "listed": "boolean",
            "ext": "any",
            "items": [{"result": "string", "cost": "number"}],
        },
        "decision": "string",
        "n": "number",
    },
    {"due": "date and time", "workdays": "number"},
)


@pytest.mark.parametrize(
    "source",
    [
        'case.level = "major" and decision = "agree"',
        'due("rectification")',
        'due("x") + duration("P1D") > date and time(case.due, time("00:00:00"))',
        'case.items[result = "fail"] != []',
        "sum(case.items.cost) > 3",
        "case.items[1].cost < 3",
        'some i in case.items satisfies i.result = "fail"',
        "for i in 1..n return i * case.round + count(partial)",
        "n in [1..10] or n in (1, 2, > 5) or n between 1 and 3",
        "case.ext.anything.at.all = 3",
        "case.due.year = 2026",
        'if case.listed then "a" else null',
        'not(decision = "x")',
        "null = case.level",
        "sort(case.items, function(a, b) a.cost < b.cost)",
        "{a: 1, b: a}.b = 1",
        "case.level instance of string",
        'case.due - date("2026-01-01") < duration("P3D")',
    ],
)
def test_nothing_is_found(source: str) -> None:
    assert check(source, SCOPE) == []


@pytest.mark.parametrize(
    ("source", "kind", "column"),
    [
        ('decison = "agree"', "unknown-name", 1),
        ('case.levle = "x"', "unknown-name", 1),
        ("case.level.length", "unknown-name", 1),
        ("count(case.items[resul = 1])", "unknown-name", 18),
        ("n + missing", "unknown-name", 5),
        ('deu("rectification")', "unknown-function", 1),
        ("string length(decision, 1)", "arguments", 1),
        ("case.level = 3", "types", 1),
        ('n > "3"', "types", 1),
        ('case.due > "2026-01-01"', "types", 1),
        ('due("x") > case.due', "types", 1),
        ('n in [1.."b"]', "types", 10),
        ('n in (1, "a")', "types", 10),
        ('n in ["a"]', "types", 7),
        ('n between 1 and "a"', "types", 17),
        ('n + "a"', "types", 1),
        ("decision and true", "types", 1),
        ("if n then 1 else 2", "types", 4),
        ("some i in case.items satisfies i.result = 3", "types", 32),
        ("1 +", "syntax", 4),
    ],
)
def test_one_thing_is_found(source: str, kind: str, column: int) -> None:
    found = check(source, SCOPE)
    assert [(item.kind, item.column) for item in found] == [(kind, column)]
    assert found[0].message.startswith("Expected")
    assert found[0].message_zh


def test_near_names_are_offered() -> None:
    assert "did you mean decision?" in check('decison = "agree"', SCOPE)[0].message
    assert "decision" in check('decison = "agree"', SCOPE)[0].message_zh


def test_cells() -> None:
    assert check_unary_tests('"a", "b"', SCOPE, "string") == []
    assert check_unary_tests("-", SCOPE, "string") == []
    assert check_unary_tests("> n", SCOPE, "number") == []
    assert check_unary_tests("? > 3 and ? < n", SCOPE, "number") == []
    assert [f.kind for f in check_unary_tests("> 3", SCOPE, "string")] == ["types"]
    assert [f.kind for f in check_unary_tests('[1..3], "a"', SCOPE, "number")] == ["types"]
    assert [f.kind for f in check_unary_tests("missing", SCOPE, "number")] == ["unknown-name"]
    assert [f.kind for f in check_unary_tests("> >", SCOPE, "number")] == ["syntax"]


def test_types_of_expressions() -> None:
    assert type_of("n + 1", SCOPE) == "number"
    assert type_of('due("x")', SCOPE) == "date and time"
    assert type_of("case.items[1].cost", SCOPE) == "number"
    assert type_of("case.items.result", SCOPE) == ["string"]
    assert type_of('case.due + duration("P1D")', SCOPE) in {"any", "date"}
    assert type_of('abs(@"-PT5H")', SCOPE) == "any"
    assert type_of("n[item > 1]", SCOPE) == "list"
    assert type_of("case.items[cost > 1]", SCOPE) == [{"result": "string", "cost": "number"}]
    assert type_of("case.items[case.ext]", SCOPE) == "any"
    assert type_of("case.due - case.due", SCOPE) == "days and time duration"
