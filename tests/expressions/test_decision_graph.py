"""Decisions that rest on others, functions they call, and every kind of box."""

from __future__ import annotations

import time
from typing import Any

import pytest

from engine import errors
from engine.execution.dmn_reader import read_dmn
from engine.expressions import feel
from engine.expressions.decision_graph import Answer
from tests.expressions.drawing_decisions import (
    context,
    decision,
    document,
    invocation,
    knowledge,
    table,
    text,
)


def answer(asked: str, *parts: str, **names: Any) -> Answer:
    return read_dmn(document(*parts)).answer(asked, names)


def value(logic: str, *parts: str, calls: str = "", kind: str = "", **names: Any) -> Any:
    asked = decision("asked", logic, calls=calls, kind=kind)
    return feel.to_json(answer("asked", asked, *parts, **names).last.value)


def test_what_a_decision_needs_is_made_before_it_once_and_in_order() -> None:
    made = answer(
        "fine",
        decision("fine", text("points * 100 + days"), needs="points days"),
        decision(
            "points", table('hitPolicy="FIRST"', "level", '"major" => 6', "- => 2"), needs="level"
        ),
        decision(
            "days", table('hitPolicy="UNIQUE"', "points", "> 5 => 1", "<= 5 => 3"), needs="points"
        ),
        decision("level", text('if depth > 3 then "major" else "minor"')),
        decision("unasked", text("nobody")),
        depth=4,
    )
    assert list(made.made) == ["level", "points", "days", "fine"]
    assert made.last.value == 601
    assert made.made["points"].matched == ("r0",)
    assert made.made["days"].read == {"points": 6}


def test_a_decision_goes_by_its_variable() -> None:
    parts = (
        decision("asked", text("Extra days case 1 + 1"), needs="extra"),
        decision("extra", text("4"), variable="Extra  days case 1"),
    )
    assert answer("asked", *parts).last.value == 5


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ('hitPolicy="FIRST"', 1),
        ('hitPolicy="PRIORITY"', 3),
        ('hitPolicy="RULE ORDER"', [1, 3, 2]),
        ('hitPolicy="OUTPUT ORDER"', [3, 2, 1]),
        ('hitPolicy="COLLECT"', [1, 3, 2]),
        ('hitPolicy="COLLECT" aggregation="SUM"', 6),
        ('hitPolicy="COLLECT" aggregation="MIN"', 1),
        ('hitPolicy="COLLECT" aggregation="MAX"', 3),
        ('hitPolicy="COLLECT" aggregation="COUNT"', 3),
    ],
)
def test_every_hit_policy_decides_beneath_another_decision(policy: str, expected: object) -> None:
    rows = ("> 1 => 1", "> 2 => 3", "> 3 => 2", "> 9 => 1")
    made = answer(
        "asked",
        decision("asked", text("below"), needs="below"),
        decision("below", table(policy, "n", *rows)),
        n=5,
    )
    assert feel.to_json(made.last.value) == expected


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY"])
def test_a_double_match_beneath_is_an_incident(policy: str) -> None:
    below = decision("below", table(f'hitPolicy="{policy}"', "n", "> 1 => 1", "> 2 => 2"))
    with pytest.raises(errors.Incident):
        answer("asked", decision("asked", text("below"), needs="below"), below, n=5)


def test_a_function_is_called_from_text_and_by_invocation() -> None:
    double = knowledge("double", "n by", text("n * by"))
    assert value(text("double(n: 4, by: 2) + double(1, 2)"), double, calls="double") == 10
    box = invocation("double", n=text("x + 1"), by=table("", "x", "- => 3"))
    assert value(box, double, calls="double", x=3) == 12
    assert value(invocation("double", n=text("1"), wrong=text("2")), double, calls="double") is None
    assert value(invocation("max", list=text("[1, 5]"))) == 5


def test_a_function_calls_what_it_names_and_reads_its_parameters_alone() -> None:
    parts = (
        knowledge("outer", "n", invocation("inner", n=text("n + 1")), calls="inner"),
        knowledge("inner", "n", context(text("twice * 10"), twice=text("n * 2"))),
    )
    assert value(text("outer(4)"), *parts, calls="outer") == 100
    with pytest.raises(feel.FeelNameError):
        value(text("inner(4)"), *parts, calls="outer")
    with pytest.raises(feel.FeelNameError):
        value(text("peek(1)"), knowledge("peek", "n", text("case.level")), calls="peek", case={})


def test_boxes_of_every_kind() -> None:
    assert value(context(a=text("1"), b=text("a + 1"))) == {"a": 1, "b": 2}
    assert value(context(text("a + b"), a=text("1"), b=text("a + 1"))) == 3
    assert value(f"<list>{text('1')}{text('x')}</list>", x=2) == [1, 2]
    relation = (
        f"<relation><column name='a'/><row>{text('1')}</row><row>{text('x')}</row></relation>"
    )
    assert value(relation, x=2) == [{"a": 1}, {"a": 2}]
    chosen = (
        f"<conditional><if>{text('x > 1')}</if><then>{text('1')}</then><else>{text('2')}</else>"
    )
    assert value(f"{chosen}</conditional>", x=2) == 1
    assert value(f"{chosen}</conditional>", x=None) == 2
    assert value(f"{chosen}</conditional>".replace("x &gt; 1", "x"), x="no boolean") is None
    function = (
        f"<functionDefinition><formalParameter name='n'/>{text('n + x')}</functionDefinition>"
    )
    assert value(context(text("f(3)"), f=function), x=2) == 5


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("for", "<return>{}</return>", [False, True, True]),
        ("some", "<satisfies>{}</satisfies>", True),
        ("every", "<satisfies>{}</satisfies>", False),
    ],
)
def test_boxes_that_go_through_a_list(kind: str, body: str, expected: object) -> None:
    inside = f"<in>{text('[1, 2, 3]')}</in>{body.format(text('i > x'))}"
    assert value(f'<{kind} iteratorVariable="i">{inside}</{kind}>', x=1) == expected


def test_a_filter_reads_the_entries_of_an_item() -> None:
    source, match = text("[{a: 1}, {a: 3}]"), text("a > x and item.a < 9")
    box = f"<filter><in>{source}</in><match>{match}</match></filter>"
    assert value(box, x=1) == [{"a": 3}]
    assert value(box.replace("a &gt; x and item.a &lt; 9", "a"), x=1) is None
    assert value(box.replace("a: 1", "self: 1, item: 2, partial: 3"), x=1) == [{"a": 3}]


def test_a_value_is_of_the_type_that_the_decision_names() -> None:
    assert value(text("[5]"), kind="number") == 5
    assert value(text('"5"'), kind="number") is None
    assert value(text("[5]"), kind="feel:number") == 5
    assert value(text("[5]"), kind="tOwn") == [5]


@pytest.mark.parametrize(
    "parts",
    [
        (decision("a", text("b"), needs="b"), decision("b", text("a"), needs="a")),
        (decision("a", text("a"), needs="a"),),
        (decision("a", text("b"), needs="b"),),
        (decision("a", text("f(1)"), calls="f"),),
        (decision("a", text("b"), needs="f"), knowledge("f", "n", text("n"))),
        (decision("a", text("1")), decision("a", text("2"))),
        (decision("a", text("f(1)"), calls="f"), knowledge("f", "n", text("f(n)"), calls="f")),
        (decision("a", text("1") + text("2")),),
        (decision("a", ""),),
        (decision("a", "<conditional/>"),),
        (decision("a", "<invocation/>"),),
        (decision("a", "<relation><column name='x'/><row/></relation>"),),
        (decision("a", f'<functionDefinition kind="Java">{text("1")}</functionDefinition>'),),
        (decision("a", f"<for><in>{text('1')}</in><return>{text('1')}</return></for>"),),
        (decision("a", text("1").replace("<text>", '<text expressionLanguage="python">')),),
        (decision("a", text("b"), needs="b"), decision("b", text("1"), variable="B-1 + x")),
        (decision("a", invocation("max").replace("</invocation>", "<binding/></invocation>")),),
        (decision("a", invocation("max", a=text("1")).replace('"a"', '"a: 1) + f("')),),
        (knowledge("f", "a-b", text("1")), decision("a", text("1"))),
        ('<import namespace="x"/>', decision("a", text("1"))),
        (decision("a", "1", needs="b").replace('"#b"', '"urn:x#b"'), decision("b", text("1"))),
        tuple(decision(f"d{number}", text("1")) for number in range(501)),
    ],
)
def test_what_cannot_be_decided_is_refused(parts: tuple[str, ...]) -> None:
    with pytest.raises(errors.Invalid) as caught:
        read_dmn(document(*parts))
    assert caught.value.message_zh


def test_a_requirement_may_name_its_own_document() -> None:
    asked = decision("a", text("b"), needs="b").replace('"#b"', '"urn:d#b"')
    assert answer("a", asked, decision("b", text("1"))).last.value == 1


BOMBS = {
    "functions that call twice": (
        decision("asked", text("f0(1)"), calls="f0"),
        *(
            knowledge(f"f{n}", "n", text(f"f{n + 1}(n) + f{n + 1}(n)"), calls=f"f{n + 1}")
            for n in range(40)
        ),
        knowledge("f40", "n", text("n")),
    ),
    "a function called in a loop": (
        decision("asked", text("for i in 1..9999 return f(i)"), calls="f"),
        knowledge("f", "n", text("count(for j in 1..9999 return j)")),
    ),
    "tables beneath a loop": (
        decision("asked", text("for i in 1..9999 return f(i)"), calls="f"),
        knowledge("f", "n", table('hitPolicy="FIRST"', "n", *["> 99999 => 1"] * 99)),
    ),
    "a function that calls itself": (
        decision("asked", context(text("f(f)"), f=text("function(g) g(g)"))),
    ),
    "lists of lists": (
        decision("asked", text("[d1, d1, d1, d1]"), needs="d1"),
        *(
            decision(f"d{n}", text(f"[d{n + 1}, d{n + 1}, d{n + 1}, d{n + 1}]"), needs=f"d{n + 1}")
            for n in range(1, 12)
        ),
        decision("d12", text("[1, 2, 3]")),
    ),
    "boxes in boxes": (decision("asked", "<list>" * 60 + text("1") + "</list>" * 60),),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_one_answer_is_paid_from_one_budget(name: str) -> None:
    model = read_dmn(document(*BOMBS[name]))
    began = time.process_time()
    with pytest.raises((feel.FeelLimitError, errors.Incident)):
        model.answer("asked", {})
    assert time.process_time() - began < 3.0
