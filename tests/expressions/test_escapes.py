"""Every escape known of other engines, tried on ours: refused, null, or a plain value."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from itertools import pairwise

import pytest

from engine import errors
from engine.expressions import feel


class Holder:
    """An object with attributes that an expression must never see."""

    secret = "s3cret"

    def method(self) -> str:
        """Return the secret."""
        return self.secret


ATTRIBUTES = [
    "().__class__",
    "().__class__.__bases__[0].__subclasses__()",
    '"".__class__.__mro__',
    "[].__class__",
    "{}.__class__",
    "case.__class__",
    "case.__init__.__globals__",
    "case.keys()",
    "case.level.upper()",
    'case.level.format("{0.__class__}")',
    "due.__globals__",
    "due.__code__",
    "due.call",
    'due("x").__class__',
    '@"2026-01-01".__class__',
    '@"2026-01-01".isoformat()',
    '@"PT1H".total_seconds',
    "(function(a) a).call",
    "(function(a) a).__closure__",
    "json.codecs.open",
    "re.enum.sys",
    "random._os",
    "calendar.sys",
    "__builtins__",
    '__import__("os")',
    'open("/etc/passwd")',
    'eval("1")',
    'exec("1")',
    'getattr(case, "level")',
    "lambda: 1",
    "[x for x in (1, 2)]",
    "1 if true else 2",
    'f"{1}"',
    "a := 1",
    'case["level"].__class__',
    "for x in [1] return x.__class__",
    "{__class__: 1}.__class__.__class__",
    "[case][item.__class__ != null]",
    "partial.__class__",
    "string(due)",
    "?.__class__",
    'get value(case, "__class__")',
    'context put(case, "__class__", 1).__class__.__class__',
]


def _due(name: str) -> str:
    return name


CONTEXT: Mapping[str, object] = {"case": {"level": "major"}}
FUNCTIONS = {"due": feel.Function("due", ("name",), _due, "string")}


@pytest.mark.parametrize("source", ATTRIBUTES)
def test_no_attribute_is_reachable(source: str) -> None:
    try:
        value = feel.evaluate(source, CONTEXT, FUNCTIONS)
    except errors.Invalid:
        return
    assert value in (None, [], [None]), value


@pytest.mark.parametrize("key", ["typename", "__builtins__", "__class__", "due", "constructor"])
def test_keys_of_data_are_only_keys(key: str) -> None:
    context = {"case": {key: 1}, key: 2}
    assert feel.evaluate(f"case.{key}", context) == 1
    assert feel.evaluate('due("x")', {**CONTEXT, key: 2}, FUNCTIONS) == "x"


@pytest.mark.parametrize("value", [Holder(), Holder, Holder().method, object(), {1: 2}, {"a": {1}}])
def test_objects_from_outside_are_refused(value: object) -> None:
    with pytest.raises(errors.Invalid):
        feel.evaluate("x", {"x": value})


def test_a_function_returning_an_object_is_refused() -> None:
    functions = {"leak": feel.Function("leak", (), Holder)}
    with pytest.raises(errors.Invalid):
        feel.evaluate("leak().secret", {}, functions)


def test_values_are_copies() -> None:
    case = {"items": [1, 2]}
    value = feel.evaluate("case.items", {"case": case})
    assert isinstance(value, list)
    value.append(None)
    assert case == {"items": [1, 2]}


BOMBS = [
    "9 ** 9 ** 9 ** 9 ** 9",
    "{" + ", ".join(f"x{i}: x{i - 1} * x{i - 1}" if i else "x0: 10" for i in range(200)) + "}",
    '{a: "0123456789", '
    + ", ".join(f"{b}: {a} + {a} + {a} + {a}" for a, b in pairwise("abcdefghijkl"))
    + "}",
    "{a: [1, 2, 3], "
    + ", ".join(f"{b}: [{a}, {a}, {a}]" for a, b in pairwise("abcdefghijklmnop"))
    + ", z: flatten(p)}",
    "for x in 1..1000000000 return x",
    "for x in 1..1000, y in 1..1000, z in 1..1000 return 1",
    "some x in 1..1000000 satisfies x < 0",
    "count(for x in [1..1e14] return x)",
    "{f: function(n) f(n + 1), r: f(0)}.r",
    "{f: function(g) g(g), r: f(f)}.r",
    "for i in 1..5000 return partial",
    "{big: for i in 1..95 return for j in 1..95 return j, r: for i in 1..2000 return big = big}",
    (
        "{big: for i in 1..20 return for j in 1..20 return for k in 1..20 return k,"
        " r: for i in 1..900 return list contains([big], big)}"
    ),
    "for i in 1..500 return [partial[-1]]",
    "sort(for x in 1..3000 return -x, function(a, b) a < b)",
    'matches("' + "a" * 40 + 'b", "(a+)+$")',
    'matches("' + "a" * 40 + 'b", "(a|a)*$")',
    'matches("' + "a" * 40 + 'b", "(a|aa)+$")',
    'matches("' + "a" * 3000 + '", "a*a*a*a*a*b")',
    'matches("' + "a" * 100 + '", "(.*)\\1\\1")',
    'matches("' + "a" * 30 + '", "' + "a?" * 30 + "a" * 30 + '")',
    'matches("' + "a" * 60 + '", "' + "(a|aa)" * 30 + 'b")',
    'matches("' + "a" * 60 + '", "(a|aa){30}b")',
    'matches("", "((((){999}){999}){999}){999}")',
    'matches("' + "a" * 900 + '", "(a{0,900}){900}b")',
    'matches("' + "a" * 3000 + '", "a*a*b")',
    'replace("' + "a" * 3000 + '", "", "' + "b" * 900 + '")',
    'split("' + "x" * 100 + '", "(x+x+)+y")',
    "(" * 3000 + "1" + ")" * 3000,
    "-" * 3999 + "1",
    "[" * 1990 + "]" * 1990,
    "1" + "+1" * 1999,
    "a" + ".a" * 1999,
    "if true then " * 250 + "1",
    "not(" * 900 + "true" + ")" * 900,
    "1" * 4001,
    "1e999999999",
    "1e-999999999 ** 9",
    "decimal(1e6000, 6000) + floor(1e6144) + ceiling(-1e6144)",
    "odd(1e6144) or even(1e-6144)",
    'substring("a", 1e6000, 1e6000)',
    '@"P999999999999D"',
    'duration("P" + "9" * 3)',
    '@"2026-01-01" + @"P99999999999Y"',
    '@"PT1H" * 1e6000',
    "time(1e6000, 1e6000, 1e6000)",
    "date(1e6000, 1, 1)",
    'time(1, 1, 1, @"P999D")',
    'for d in @"0001-01-01"..@"9999-12-31" return d',
    "[1, 2][1e6000]",
    "remove([1, 2], -1e6000)",
    "sublist([1, 2], 1, 1e6000)",
    "partition([1, 2], 1e6000)",
    "exp(1e6000)",
    "1.000000001 ** 1e6000",
    'string(@"P1M" * 1e6144)',
    'string(@"P1M" / 1e-6000)',
]


@pytest.mark.parametrize("source", BOMBS, ids=range(len(BOMBS)))
def test_bombs_are_cheap(source: str) -> None:
    began = time.process_time()
    with contextlib.suppress(errors.Invalid):
        feel.evaluate(source, {"a": {}})
    assert time.process_time() - began < 1.0


def test_large_numbers_from_outside_become_null() -> None:
    for number in (10**7000, float("inf"), float("nan")):
        assert feel.evaluate("x", {"x": number}) is None


def test_budgets_are_kept() -> None:
    with pytest.raises(feel.FeelLimitError):
        feel.evaluate("sum(for x in 1..100 return x)", {}, budget=feel.Budget(steps=50))
    with pytest.raises(feel.FeelLimitError):
        feel.evaluate('"abc" + "def"', {}, budget=feel.Budget(characters=5))
    with pytest.raises(feel.FeelLimitError):
        feel.evaluate("[1, 2, 3, 4]", {}, budget=feel.Budget(items=3))


def test_deep_data_from_outside_is_refused() -> None:
    deep: dict[str, object] = {}
    inner = deep
    for _ in range(3000):
        inner["a"] = {}
        inner = inner["a"]  # type: ignore[assignment]
    with pytest.raises(errors.Invalid):
        feel.evaluate("x", {"x": deep})


def test_a_deep_caller_is_told_too() -> None:
    def dive(levels: int) -> None:
        if levels:
            dive(levels - 1)
        else:
            feel.evaluate("{f: function(n) f(n + 1), r: f(0)}.r", {})

    with pytest.raises(feel.FeelLimitError):
        dive(750)
