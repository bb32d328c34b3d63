"""Processes do not go round each other, repeat as they begin, and do at once what they have to."""

from __future__ import annotations

import pytest

from engine.deployment.bundle import Bundle
from tests.statutes.drawing import document, event, flows, judged, one, plain, service, task
from tests.statutes.mutants import ask_before, condition, say
from tests.statutes.test_entrusted import refused
from tests.verification.mutation import surroundings
from workflows.statutes import judge

ENDS = plain("startEvent", "s") + plain("endEvent", "e")


def test_what_belongs_in_one_process_is_drawn_in_no_other() -> None:
    drawn = ENDS + task("a") + service("end", "talk.end") + event("endEvent", "t", "signal over")
    data = document(drawn, flows("s > a > end > t"), signals=["over"])
    for told, elements in (("act a", ["a"]), ("operation talk.*", ["end"]), ("signal *", ["t"])):
        part = {"pattern": "confined", "event": told, "to": ["q", "r"]}
        found = judged(data, part)
        assert [verdict.element for verdict in found] == elements
        assert found[0].message.endswith("belongs in q, r")
        assert one(judged(data, {**part, "to": "p"})).holds is True
    nobody = one(judged(data, {"pattern": "confined", "event": "signal over", "to": []}))
    assert nobody.message == "no diagram may send “t”"
    absent = one(judged(data, {"pattern": "confined", "event": "act z", "to": "q"}))
    assert (absent.holds, absent.arises) == (True, False)


@pytest.mark.parametrize(
    "drawn",
    [
        service("x", "interview.lapse"),
        service("x", "extension.undo"),
        service("x", "listing.withdrawn"),
        task("x", act="strike_off.finder", body="finder", role="head"),
        event("intermediateThrowEvent", "x", "message extension.withdraw"),
        event("intermediateThrowEvent", "x", "message enforcement.open"),
        event("intermediateThrowEvent", "x", "signal case.closed"),
        event("intermediateThrowEvent", "x", "signal deadline.moved"),
    ],
)
def test_no_process_of_a_designer_goes_round_those_that_are_proved(drawn: str) -> None:
    names = ["extension.withdraw", "enforcement.open"]
    data = document(
        ENDS + drawn, flows("s > x > e"), messages=names, signals=["case.closed", "deadline.moved"]
    )
    found = judge([Bundle("p", {"p.bpmn": data})], surroundings())
    assert ("each_in_its_process", False) in {(one.id, one.holds) for one in found}


@pytest.mark.parametrize(
    ("process", "flow", "text", "statute"),
    [
        ("overdue_interview", "f_g_kind_again", "interview != 1", "expiry_opens_interview"),
        ("void_request", "f_g_agreed_void", 'decision = "agree" and level = 1', "at_once"),
    ],
)
def test_what_is_owed_is_owed_each_time(process: str, flow: str, text: str, statute: str) -> None:
    assert statute in {name for name, _ in refused(process, condition(flow, text))}


def test_nothing_stands_before_what_follows_at_once() -> None:
    asked = ask_before("f_report_to_park_to_listing", "x", act="own.ask", body="finder")
    assert "at_once" in {name for name, _ in refused("hazard_rectification", asked)}


def test_authorities_do_not_wait_for_the_enterprise() -> None:
    drawn = ENDS + task("x", act="own.ask", body="enterprise") + task("y", act="own.ask", body="z")
    data = document(drawn, flows("s > x > y > e"))
    part = {"pattern": "entrusted", "who": {"act own.*": "!enterprise"}}
    found = one(judged(data, part))
    assert (found.element, found.message) == ("x", "“x” must not be done by enterprise")


@pytest.mark.parametrize(
    ("process", "task"), [("enforcement", "hand_over"), ("extension_request", "file")]
)
def test_a_limit_of_the_rule_set_is_not_given_up_for_another(process: str, task: str) -> None:
    found = refused(process, say(task, "ladder", "w5"))
    assert "limits_of_the_rule_set" in {name for name, _ in found}


@pytest.mark.parametrize(
    "missing",
    [
        "case.plan_submitted = false",
        "case.plan_submitted = false and case.notice_posted = false",
    ],
)
def test_neither_plan_nor_notice_makes_up_for_the_other(missing: str) -> None:
    text = f'case.level = "major" and ({missing})'
    found = refused("hazard_rectification", condition("f_g_plan_plan_and_notice", text))
    assert "plan_and_notice" in {name for name, _ in found}
