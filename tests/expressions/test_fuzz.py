"""Whatever is thrown at the interpreter, it answers with a value or with Invalid."""

from __future__ import annotations

import contextlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import errors
from engine.expressions import feel
from engine.expressions.builtins import BUILTINS
from engine.expressions.check import Scope, check

_ATOMS = st.sampled_from(
    [
        *(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "2.5",
            "1e6144",
            '"a"',
            '""',
            '"中文"',
            "x",
            "?",
        ),
        *('@"2026-01-31"', '@"09:30:00"', '@"2026-01-31T09:30:00Z"', '@"PT1H"', '@"P1M"', "[]"),
        *("[1..3]", "(1..3)", "[1, 2, null]", "{a: 1}", "case", "case.level", "xs", "(> 1)"),
        *('@"9999-12-31"', '@"0001-01-01"', "function(a, b) a < b", '@"09:30:00@Asia/Shanghai"'),
    ]
)
_NAMES = st.sampled_from(sorted(BUILTINS))
_OPERATORS = st.sampled_from(
    ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"]
)
_WORDS = st.sampled_from(["year", "days", "a", "start", "time offset", "level", "months"])


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = inner.map(lambda text: f"({text})")
    return st.one_of(
        st.tuples(wrapped, _OPERATORS, wrapped).map(" ".join),
        st.tuples(_NAMES, st.lists(inner, max_size=3)).map(lambda p: f"{p[0]}({', '.join(p[1])})"),
        st.tuples(wrapped, _WORDS).map(".".join),
        st.tuples(wrapped, inner).map(lambda p: f"{p[0]}[{p[1]}]"),
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.tuples(inner, inner, inner).map(lambda p: f"if {p[0]} then {p[1]} else {p[2]}"),
        st.tuples(inner, inner).map(lambda p: f"for i in {p[0]} return {p[1]}"),
        st.tuples(inner, inner).map(lambda p: f"some i in {p[0]} satisfies {p[1]}"),
        st.tuples(wrapped, wrapped, wrapped).map(lambda p: f"{p[0]} between {p[1]} and {p[2]}"),
        st.tuples(wrapped, wrapped).map(lambda p: f"[{p[0]}..{p[1]})"),
        inner.map(lambda text: f"{{a: {text}, b: a}}"),
    )


EXPRESSIONS = st.recursive(_ATOMS, _grow, max_leaves=12)
SCRAPS = st.lists(
    st.one_of(
        _ATOMS,
        _OPERATORS,
        _NAMES,
        st.sampled_from([*list('()[]{}<>,:."@?-+*/\\ \n'), "..", "->", "//", "/*", "not(", "of"]),
        st.sampled_from(["for", "in", "return", "if", "then", "else", "some", "instance of"]),
    ),
    max_size=15,
).map(" ".join)
CONTEXT = {
    "x": 3,
    "xs": [1, 2, {"a": 1}],
    "case": {"level": "major", "n": None},
    "?": 5,
    "item": 1,
    "i": 2,
    "a": 1,
    "b": [2],
}
SCOPE = Scope({"x": "number", "xs": ["any"], "case": {"level": "string"}}, {})


def _try(source: str) -> None:
    check(source, SCOPE)
    with contextlib.suppress(errors.Invalid):
        value = feel.evaluate(source, CONTEXT)
        feel.references(source)
        feel.calls(source)
        feel.type_name(value)
        json.dumps(feel.to_json(value))


@settings(max_examples=1500, deadline=None)
@given(EXPRESSIONS)
def test_expressions_give_values(source: str) -> None:
    _try(source)


@settings(max_examples=500, deadline=None)
@given(st.one_of(SCRAPS, st.text(max_size=60)))
def test_scraps_give_values_or_are_refused(source: str) -> None:
    _try(source)


@settings(max_examples=500, deadline=None)
@given(st.one_of(EXPRESSIONS, SCRAPS), st.one_of(st.none(), st.integers(), st.text(max_size=5)))
def test_cells_match_or_do_not(source: str, value: object) -> None:
    try:
        assert feel.matches(source, value, CONTEXT) in {True, False}
    except errors.Invalid:
        return


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_data_from_outside_is_taken_in(value: object) -> None:
    try:
        json.dumps(feel.to_json(feel.evaluate("x", {"x": value})))
        assert feel.evaluate("x = x", {"x": value}) in {True, None}
    except errors.Invalid:
        return
