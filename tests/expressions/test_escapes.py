"""Every escape known of other engines, tried on ours: refused, null, or a plain value."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine import errors
from engine.expressions import feel
from tests.fuzzing.outside import watched


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
    "(1 / 0).__traceback__.tb_frame.f_globals",
    "(function(a) a).__globals__",
    "(function(a) a).gi_frame.f_back.f_builtins",
    "string.Formatter",
    "sum.__self__",
    "sum.__globals__",
    "count.call.__globals__",
    "{f: sum}.f.__class__",
    "(for x in [1] return x).__iter__",
    '"{0.__class__.__mro__}" + string(case)',
    'replace("a", "(?P<x>a)", "$x")',
    'matches("a", "(?(1)a|b)")',
    "case.typename.__class__",
    '{typename: "datetime.timedelta", days: 1}.__class__',
    "codecs",
    "sys.modules",
    "os.environ",
    "globals()",
    "vars(case)",
    "breakpoint()",
    "help()",
    "`id`",
    "${7*7}",
    "{{7*7}}",
    "<%= 7*7 %>",
    "#{7*7}",
    "T(java.lang.Runtime)",
]


def _due(name: str) -> str:
    return name


CONTEXT: Mapping[str, object] = {"case": {"level": "major"}}
FUNCTIONS = {"due": feel.Function("due", ("name",), _due, "string")}


@pytest.fixture(scope="module", autouse=True)
def grammar() -> None:
    """Make the grammar's tables before anything is watched."""
    feel.matches("> 1", 1, {})
    feel.evaluate('@"09:00:00@Asia/Shanghai"', {})


@pytest.mark.parametrize("source", ATTRIBUTES)
def test_no_attribute_is_reachable(source: str) -> None:
    try:
        with watched():
            value = feel.evaluate(source, CONTEXT, FUNCTIONS)
    except errors.Invalid:
        return
    assert value in (None, [], [None], *PLAIN), value


PLAIN = ('{0.__class__.__mro__}{level: "major"}',)
"""Texts that stay what they are."""


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
