"""Processes do not go round each other, repeat as they begin, and do at once what they have to."""

from __future__ import annotations

import pytest

from engine.deployment.bundle import Bundle
from tests.statutes.drawing import document, event, flows, judged, one, plain, service, task
from tests.statutes.test_entrusted import PROPERTY, refused
from tests.verification.mutation import surroundings
from workflows.statutes import judge

ENDS = plain("startEvent", "s") + plain("endEvent", "e")
CONDITION = '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{}<'


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
    ("process", "before", "after", "statute"),
    [
        ("overdue_interview", "interview = 0", "interview != 1", "expiry_opens_interview"),
        ("void_request", 'decision = "agree"', 'decision = "agree" and level = 1', "at_once"),
    ],
)
def test_what_is_owed_is_owed_each_time(
    process: str, before: str, after: str, statute: str
) -> None:
    found = refused(process, CONDITION.format(before), CONDITION.format(after))
    assert statute in {name for name, _ in found}


def test_nothing_stands_before_what_follows_at_once() -> None:
    sequence = '<bpmn:sequenceFlow id="f_{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'.format
    before = sequence("report_to_park", "to_listing")
    after = (
        f'<bpmn:userTask id="x"><bpmn:extensionElements><spiffworkflow:properties>'
        f"{PROPERTY.format('act', 'own.ask')}{PROPERTY.format('body', 'finder')}"
        f"</spiffworkflow:properties></bpmn:extensionElements></bpmn:userTask>"
        f"{sequence('report_to_park', 'x')}{sequence('x', 'to_listing')}"
    )
    assert "at_once" in {name for name, _ in refused("hazard_rectification", before, after)}


def test_authorities_do_not_wait_for_the_enterprise() -> None:
    drawn = ENDS + task("x", act="own.ask", body="enterprise") + task("y", act="own.ask", body="z")
    data = document(drawn, flows("s > x > y > e"))
    part = {"pattern": "entrusted", "who": {"act own.*": "!enterprise"}}
    found = one(judged(data, part))
    assert (found.element, found.message) == ("x", "“x” must not be done by enterprise")


@pytest.mark.parametrize(
    ("process", "ladder"),
    [("enforcement", "hand_over"), ("extension_request", "extension.filing")],
)
def test_a_limit_of_the_rule_set_is_not_given_up_for_another(process: str, ladder: str) -> None:
    before, after = PROPERTY.format("ladder", ladder), PROPERTY.format("ladder", "w5")
    assert "limits_of_the_rule_set" in {name for name, _ in refused(process, before, after)}


@pytest.mark.parametrize(
    "condition",
    [
        'case.level = "major" and case.plan_submitted = false',
        'case.level = "major" and (case.plan_submitted = false and case.notice_posted = false)',
    ],
)
def test_neither_plan_nor_notice_makes_up_for_the_other(condition: str) -> None:
    shipped_one = (
        'case.level = "major" and (case.plan_submitted = false or case.notice_posted = false)'
    )
    before, after = CONDITION.format(shipped_one), CONDITION.format(condition)
    found = refused("hazard_rectification", before, after)
    assert "plan_and_notice" in {name for name, _ in found}
