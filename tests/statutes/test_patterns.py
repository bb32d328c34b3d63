"""Each pattern on small processes that keep it and on ones that break it, with the way there."""

from __future__ import annotations

import pytest

from engine.verification.statutes.application import Application, Limit
from tests.statutes.drawing import (
    choice,
    document,
    event,
    flows,
    judged,
    names,
    on,
    one,
    plain,
    service,
    task,
    way,
)

ENDS = plain("startEvent", "s") + plain("endEvent", "e")
BOTH = {"event": "operation sell", "needs": ["act a[agree]", "act b[agree]"]}
ANSWERS = names(a="agree refuse", b="agree refuse")


def _parallel(*, gates: bool) -> bytes:
    """Draw two signatures side by side and what follows, asked for consent or not."""
    drawn = ENDS + task("a") + task("b") + service("sell", "sell")
    drawn += plain("parallelGateway", "fork", "join")
    if not gates:
        ways = flows("s > fork > a > join > sell > e", "fork > b > join")
        return document(drawn, ways)
    drawn += plain("endEvent", "no_a", "no_b").replace(
        "/>", "><b:terminateEventDefinition/></b:endEvent>"
    )
    drawn += choice("ga", "no_a") + choice("gb", "no_b")
    ways = flows(
        's > fork > a > ga > join[a_answer = "agree"]',
        'fork > b > gb > join[b_answer = "agree"]',
        "ga > no_a",
        "gb > no_b",
        "join > sell > e",
    )
    return document(drawn, ways)


def test_precedence_holds_where_every_need_comes_before() -> None:
    found = one(judged(_parallel(gates=True), {"pattern": "precedence", **BOTH}, written=ANSWERS))
    assert found.holds is True


def test_precedence_shows_the_way_that_lacks_a_need() -> None:
    found = one(judged(_parallel(gates=False), {"pattern": "precedence", **BOTH}, written=ANSWERS))
    assert found.holds is False
    assert way(found)[-1] == "sell"
    assert set(way(found)) == {"s", "fork", "a", "b", "join", "sell"}


def test_precedence_asks_anew_after_what_it_counts_since() -> None:
    drawn = ENDS + task("a") + service("open", "open") + service("sell", "sell")
    drawn += plain("exclusiveGateway", "m") + choice("g", "e")
    again = document(drawn, flows("s > a > m > open > sell > g > e", "g > m[again]"))
    part = {"pattern": "precedence", "event": "operation sell", "needs": ["act a"]}
    assert one(judged(again, part)).holds is True
    found = one(judged(again, {**part, "since": "operation open"}))
    assert way(found) == ["s", "a", "m", "open", "sell"]


def test_absence_holds_until_what_ends_it() -> None:
    data = document(ENDS, task("a"), task("b"), task("c"), flows("s > a > b > c > e"))
    part = {"pattern": "absence", "event": "act c", "after": "act a"}
    assert way(one(judged(data, part))) == ["s", "a", "b", "c"]
    assert one(judged(data, {**part, "until": "act b"})).holds is True
    assert one(judged(data, {"pattern": "absence", "event": "act x"})).holds is True
    assert one(judged(data, {"pattern": "absence", "event": "act a"})).holds is False


def test_a_response_that_can_be_left_out_is_shown() -> None:
    drawn = ENDS + task("a") + task("file") + choice("g", "e")
    part = {"pattern": "response", "after": "act a", "event": "act file"}
    skipped = document(drawn, flows("s > a > g > file[urgent] > e", "g > e"))
    assert way(one(judged(skipped, part))) == ["s", "a", "g"]
    always = document(ENDS, task("a"), task("file"), flows("s > a > file > e"))
    assert one(judged(always, part)).holds is True


def test_a_response_may_be_lifted_but_no_message_from_outside_counts_as_a_way_to_it() -> None:
    drawn = ENDS + task("a") + task("file") + task("other")
    drawn += on("other", "late", "message stop") + service("stop", "stopped")
    part = {
        "pattern": "response",
        "after": "act a",
        "event": "act file",
        "unless": "operation stopped",
    }
    skipped = document(
        drawn, flows("s > a > other > e", "late > stop > e", "file > e"), messages=["stop"]
    )
    found = one(judged(skipped, part))
    assert found.holds is False
    kept = document(drawn, flows("s > a > other > file > e", "late > stop > e"), messages=["stop"])
    assert one(judged(kept, part)).holds is True


def test_once_is_neither_twice_nor_never() -> None:
    part = {"pattern": "once", "event": "operation close"}
    drawn = ENDS + service("close", "close")
    assert one(judged(document(drawn, flows("s > close > e")), part)).holds is True
    twice = document(drawn, service("again", "close"), flows("s > close > again > e"))
    assert way(one(judged(twice, part))) == ["s", "close", "again"]
    never = document(drawn, choice("g", "e"), flows("s > g > close[x] > e", "g > e"))
    assert way(one(judged(never, part))) == ["s", "g"]


def test_what_follows_a_date_alone_is_unattended() -> None:
    part = {"pattern": "unattended", "event": "operation close"}
    drawn = ENDS + task("a") + on("a", "late", "timer limit") + service("close", "close")
    assert way(one(judged(document(drawn, flows("s > a > e", "late > close > e")), part))) == [
        "s",
        "a",
        "late",
        "close",
    ]
    asked = document(drawn, task("b"), flows("s > a > e", "late > b > close > e"))
    assert one(judged(asked, part)).holds is True


def test_a_date_beside_a_person_makes_an_act_unattended_only_where_they_join() -> None:
    drawn = ENDS + task("a") + service("close", "close")
    drawn += event("intermediateCatchEvent", "date", "timer limit")
    drawn += plain("parallelGateway", "fork", "join") + plain("endEvent", "e2")
    part = {"pattern": "unattended", "event": "operation close"}
    beside = document(drawn, flows("s > fork > a > close > e", "fork > date > e2"))
    assert one(judged(beside, part)).holds is True
    joined = document(drawn, flows("s > fork > a > join > close > e", "fork > date > join"))
    assert one(judged(joined, part)).holds is False
    alone = document(drawn, flows("s > fork > a > e2", "fork > date > close > e"))
    assert one(judged(alone, part)).holds is False


def test_only_an_act_that_is_named_attends() -> None:
    part = {"pattern": "unattended", "event": "operation close"}
    drawn = ENDS + task("a") + on("a", "late", "timer limit") + service("close", "close")
    ways = flows("s > a > e", "late > b > close > e")
    decided = document(drawn, task("b"), ways)
    assert one(judged(decided, {**part, "by": "act b"})).holds is True
    assert one(judged(decided, {**part, "by": "act a"})).holds is False
    for act in ("own.note", ""):
        noted = document(drawn, task("b", act=act), ways)
        assert one(judged(noted, part)).holds is False
        assert one(judged(noted, {**part, "by": "act *"})).holds is False


def test_what_leaves_a_box_by_a_date_stays_unattended() -> None:
    inner = plain("startEvent", "i") + plain("endEvent", "o") + flows("i > date > o")
    inner += event("intermediateCatchEvent", "date", "timer limit")
    box = f'<b:subProcess id="box">{inner}</b:subProcess>'
    data = document(ENDS, box, service("close", "close"), flows("s > box > close > e"))
    part = {"pattern": "unattended", "event": "operation close"}
    assert way(one(judged(data, part)))[-2:] == ["o", "close"]


def test_messages_of_people_are_attended() -> None:
    start = event("startEvent", "s", "message go")
    data = document(
        start,
        plain("endEvent", "e"),
        service("close", "close"),
        flows("s > close > e"),
        messages=["go"],
    )
    part = {"pattern": "unattended", "event": "operation close"}
    assert one(judged(data, part)).holds is False
    assert one(judged(data, part, application=Application(by_people=frozenset({"go"})))).holds
    assert one(judged(data, {**part, "attended": ["go"]})).holds is True


def test_separation_of_bodies_and_of_persons() -> None:
    two = document(ENDS, task("a", body="x"), task("b", body="y"), flows("s > a > b > e"))
    same = document(ENDS, task("a", body="x"), task("b", body="x"), flows("s > a > b > e"))
    part = {"pattern": "separation", "acts": ["a", "b"], "apart": "bodies"}
    known = Application(kinds={"x": "one", "y": "other", "z": "one"})
    assert one(judged(two, part, application=known)).holds is True
    found = one(judged(same, part, application=known))
    assert (found.holds, found.element) == (False, "b")
    assert one(judged(two, part)).holds is False
    alike = document(ENDS, task("a", body="x"), task("b", body="z"), flows("s > a > b > e"))
    assert one(judged(alike, part, application=known)).holds is False
    nobody = document(ENDS, task("a", body=""), task("b", body="y"), flows("s > a > b > e"))
    assert one(judged(nobody, part, application=known)).holds is False
    persons = {**part, "apart": "persons"}
    assert one(judged(two, persons)).holds is False
    barred = Application(barred={"b": frozenset({"a"})})
    assert one(judged(same, persons, application=barred)).holds is True


def test_separation_from_whoever_started_it_by_a_message() -> None:
    start = event("startEvent", "s", "message ask")
    data = document(start, plain("endEvent", "e"), task("b"), flows("s > b > e"), messages=["ask"])
    part = {"pattern": "separation", "acts": ["ask", "b"], "apart": "persons"}
    assert one(judged(data, part)).holds is False
    barred = Application(barred={"b": frozenset({"ask"})})
    assert one(judged(data, part, application=barred)).holds is True


@pytest.mark.parametrize(
    ("limit", "rules", "faults"),
    [
        (Limit(3, "days", "talk.days"), {"talk.days": 3, "roll": "none"}, 0),
        (Limit(3, "days", "talk.days"), {"talk.days": 4, "roll": "none"}, 1),
        (Limit(3, "days", "talk.days"), {"talk.days": 3, "roll": "next"}, 1),
        (Limit(3, "days", "other.days"), {"talk.days": 3, "roll": "none"}, 1),
        (Limit(3, "days", "other.days"), {"talk.days": 9, "roll": "next"}, 3),
    ],
)
def test_a_limit_is_bounded_by_the_rule_named(
    limit: Limit, rules: dict[str, object], faults: int
) -> None:
    data = document(ENDS, task("a", ladder="l"), flows("s > a > e"))
    part = {
        "pattern": "bounded",
        "event": "act a",
        "within": "talk.days",
        "most": 3,
        "values": {"roll": "none"},
    }
    found = judged(data, part, application=Application(limits={"l": limit}, rules=rules))
    assert [one.holds for one in found] == ([False] * faults or [True])


def test_a_date_is_bounded_by_the_rule_that_it_is_computed_from() -> None:
    data = document(ENDS, task("a"), on("a", "late", "timer talk"), flows("s > a > e", "late > e"))
    part = {"pattern": "bounded", "event": "timer talk", "within": "talk.days"}
    dues = Application(dues={"talk": "talk.days"}, rules={"talk.days": 3})
    assert one(judged(data, part, application=dues)).holds is True
    assert one(judged(data, part)).element == "late"
    assert one(judged(data, {**part, "event": "timer gone"}, application=dues)).holds is False


def test_what_is_relied_on_keeps_flows_and_events_out() -> None:
    drawn = ENDS + task("a") + service("decide", "decide", "d") + service("tell", "tell")
    drawn += choice("g", "e")
    data = document(drawn, flows('s > a > decide > g > tell[case.status = "good"] > e', "g > e"))
    part = {"pattern": "precedence", "event": "operation tell", "needs": ["act a[agree]"]}
    written = names(a="agree refuse", decide="good bad")
    facts = {
        "status": {
            "name": "case.status",
            "set": [
                {"by": "operation decide[good]", "to": "good"},
                {"by": "operation decide[bad]", "to": "bad"},
            ],
        }
    }
    never = {"deaf": {"event": "operation decide[good]", "after": "act a[refuse]"}}
    assert one(judged(data, part, written=written, facts=facts, never=never)).holds is False
    relying = {**part, "relies_on": ["status", "deaf"]}
    assert one(judged(data, relying, written=written, facts=facts, never=never)).holds is True
    assumed = {**part, "assume": {"case.status": "bad"}}
    assert one(judged(data, assumed, written=written)).holds is True


def test_the_form_of_an_act_and_the_taker_of_a_message_are_looked_for() -> None:
    data = document(ENDS, task("a"), flows("s > a > e"))
    assert one(judged(data, {"pattern": "asked", "act": "a", "fields": ["x"]})).element == "a"
    assert one(judged(data, {"pattern": "asked", "act": "b", "fields": ["x"]})).holds is False
    assert len(judged(data, {"pattern": "handed", "message": "m", "to": "q"})) == 2


def test_what_has_to_be_possible_while_a_task_is_open() -> None:
    part = {"pattern": "possible", "event": "received stop", "during": "act a"}
    drawn = ENDS + task("a") + task("b")
    open_ = document(
        drawn, on("a", "stopped", "message stop"), flows("s > a > b > e", "stopped > e")
    )
    heard = document(
        drawn,
        on("a", "stopped", "message stop"),
        flows("s > a > b > e", "stopped > e"),
        messages=["stop"],
    )
    assert one(judged(heard, part)).holds is True
    assert one(judged(open_, part)).holds is False
    deaf = one(judged(heard, {**part, "during": ["act a", "act b"]}))
    assert (deaf.holds, deaf.element, way(deaf)) == (False, "b", ["s", "a", "b"])


def test_what_is_assumed_of_a_flag_leaves_out_whatever_writes_another_value() -> None:
    drawn = ENDS + task("a") + task("b") + choice("g", "e")
    data = document(drawn, flows('s > a > g > b[a_answer = "yes"] > e', "g > e"))
    part = {"pattern": "response", "after": "act a", "event": "act b"}
    assert one(judged(data, part, written=names(a="yes no"))).holds is False
    assumed = {**part, "assume": {"a_answer": "yes"}}
    assert one(judged(data, assumed, written=names(a="yes no"))).holds is True
