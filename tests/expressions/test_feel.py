"""The public functions: parse, evaluate, match, references, calls, JSON."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal

import pytest

from engine import errors
from engine.expressions import feel
from engine.expressions.types import Months


class Level(enum.StrEnum):
    """A string of an enumeration, as an application may hand it in."""

    MAJOR = "major"


def test_values_from_outside() -> None:
    context = {
        "case": {"level": Level.MAJOR, "round": 2, "cost": 1.5, "due": dt.date(2026, 1, 31)},
        "decision": "agree",
        "steps": (1, 2),
    }
    assert feel.evaluate('case.level = "major" and decision = "agree"', context) is True
    assert feel.evaluate("case.round + case.cost", context) == Decimal("3.5")
    assert feel.evaluate('case.due + duration("P1D")', context) == dt.date(2026, 2, 1)
    assert feel.evaluate("case.missing.deeper", context) is None
    assert feel.evaluate("steps[2]", context) == 2


def test_functions_from_outside() -> None:
    due = dt.datetime(2026, 1, 31, 16, tzinfo=dt.UTC)
    functions = {
        "due": feel.Function("due", ("name",), {"rectification": due}.get, "date and time"),
        "now": feel.Function("now", (), lambda: due - dt.timedelta(hours=1), "date and time"),
        "workdays": feel.Function("workdays", ("from", "count"), lambda _, n: int(n), "number"),
    }
    assert feel.evaluate('due("rectification")', {}, functions) == due
    assert feel.evaluate('due("rectification") > now()', {}, functions) is True
    assert feel.evaluate('due("none")', {}, functions) is None
    assert feel.evaluate("due()", {}, functions) is None
    assert feel.evaluate("workdays(count: 3, from: null) + 1", {}, functions) == 4


def test_errors_of_functions_from_outside_are_not_swallowed() -> None:
    def broken() -> None:
        raise errors.Conflict("Expected a calendar, but there is none", "没有日历")

    def wrong() -> None:
        raise ValueError("programming error")

    functions = {"broken": feel.Function("broken", (), broken)}
    with pytest.raises(errors.Conflict):
        feel.evaluate("broken()", {}, functions)
    with pytest.raises(ValueError, match="programming"):
        feel.evaluate("wrong()", {}, {"wrong": feel.Function("wrong", (), wrong)})


@pytest.mark.parametrize(
    ("source", "name"), [("nothing", "nothing"), ("1 + a b", "a b"), ("f(1)", "f(…)")]
)
def test_unknown_names_are_errors(source: str, name: str) -> None:
    with pytest.raises(feel.FeelNameError) as caught:
        feel.evaluate(source, {"case": {}})
    assert name in caught.value.message
    assert name in caught.value.message_zh
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("", 1, 1),
        ("1 +", 1, 4),
        ("1 +\n * 2", 2, 2),
        ("a = = b", 1, 5),
        ("a == b", 1, 4),
        ("a && b", 1, 3),
        ("'text'", 1, 1),
        ("{a: 1, a: 2}", 1, 1),
        ("f(a: 1, a: 2)", 1, 1),
        ('"open', 1, 1),
        ("if a then b", 1, 12),
        ("> 3", 1, 1),
        ("${a}", 1, 1),
    ],
)
def test_syntax_errors_say_where(source: str, line: int, column: int) -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.parse(source)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.message.startswith("Expected")
    assert caught.value.message_zh


@pytest.mark.parametrize(
    ("tests", "value", "answer"),
    [
        ("-", None, True),
        ("", 1, True),
        ("> 3", 4, True),
        ("> 3", 3, False),
        ("> 3", None, False),
        ("<= 3", 3, True),
        ("[1..10)", 1, True),
        ("[1..10)", 10, False),
        ("(1..10)", 1, False),
        ("]1..10[", 2, True),
        ('"a","b"', "b", True),
        ('"a","b"', "c", False),
        ('not("a","b")', "c", True),
        ('not("a","b")', "a", False),
        ("not(> 3)", 3, True),
        ("not([1..3])", 2, False),
        ("not(> 3)", None, False),
        ("null", None, True),
        ("null", 1, False),
        ("not(null)", 1, True),
        ("true", True, True),
        ("false", True, False),
        ("true", None, False),
        ("< 3, > 7", 8, True),
        ("< 3, > 7", 5, False),
        ("? > 3 and ? < 9", 5, True),
        ("? > 3 and ? < 9", 9, False),
        ('contains(?, "b")', "abc", True),
        ('starts with(?, "b")', "abc", False),
        ('date("2026-01-31")', dt.date(2026, 1, 31), True),
        ('> date("2026-01-31")', dt.date(2026, 2, 1), True),
        ('@"PT24H"', dt.timedelta(days=1), True),
        ("limit", 5, True),
        ("> limit", 6, True),
        ("limit + 1", 6, True),
        ("known", "x", True),
        ("known", "z", False),
        ('"1"', 1, False),
        ("-1", -1, True),
        ("- 1", -1, True),
        ("= 5", 5, True),
        ("!= 5", 6, True),
        ("not(1) and true", False, False),
    ],
)
def test_unary_tests(tests: str, value: object, answer: bool) -> None:
    context = {"limit": 5, "known": ["x", "y"]}
    assert feel.matches(tests, value, context) is answer


def test_references_leave_out_what_is_bound_within() -> None:
    source = """
        case.level = "major" and (some s in case.signs satisfies s.by != actor.id)
        and count(for i in 1..n return i + partial[1]) > 0
        and {a: 1, b: a + c}.b > 2 and (function(q) q + r)(1) > 0
        and case.items[item.result = wanted] != [] and due("rectification") > now()
    """
    assert feel.references(feel.parse(source)) == {
        ("case", "level"),
        ("case", "signs"),
        ("actor", "id"),
        ("n",),
        ("c",),
        ("r",),
        ("case", "items"),
        ("wanted",),
    }
    assert feel.references(feel.parse_unary_tests("> limit, ? < 3")) == {("limit",)}


def test_calls_show_literal_arguments() -> None:
    found = feel.calls(feel.parse('due("rectification") + workdays(n, 3) > now()'))
    assert found == {("due", ("rectification",)), ("workdays", (..., 3)), ("now", ())}


def test_to_json() -> None:
    value = feel.evaluate(
        '{n: 1.0, d: 0.1, s: "a", b: true, z: null, l: [@"2026-01-31", @"PT36H", @"P14M"],'
        ' t: @"2026-01-31T09:30:00+08:00", c: @"09:30:00", r: [1..3)}',
        {},
    )
    assert feel.to_json(value) == {
        "n": 1,
        "d": 0.1,
        "s": "a",
        "b": True,
        "z": None,
        "l": ["2026-01-31", "P1DT12H", "P1Y2M"],
        "t": "2026-01-31T09:30:00+08:00",
        "c": "09:30:00",
        "r": {"start": 1, "start included": True, "end": 3, "end included": False},
    }
    with pytest.raises(errors.Invalid):
        feel.to_json(feel.evaluate("function(a) a", {}))


def test_type_names() -> None:
    names: dict[str, feel.Value] = {
        "null": None,
        "boolean": True,
        "number": Decimal(1),
        "string": "a",
        "date": dt.date(2026, 1, 1),
        "time": dt.time(9),
        "date and time": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        "days and time duration": dt.timedelta(1),
        "years and months duration": Months(1),
        "list": [],
        "context": {},
    }
    assert {name: feel.type_name(value) for name, value in names.items()} == {
        name: name for name in names
    }


def test_trees_are_cached() -> None:
    assert feel.parse("case.level") is feel.parse("case.level")
