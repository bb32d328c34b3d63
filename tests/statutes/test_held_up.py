"""What an article asks hangs on no date that nothing bounds, and on nobody who need not act."""

from __future__ import annotations

import pytest

from engine.verification.statutes.application import Application
from tests.statutes.drawing import document, flows, judged, on, one, plain, task
from tests.statutes.mutants import Change, ask_before, changed, condition, hurry, say, wait_before
from tests.verification.mutation import shipped, surroundings
from workflows.judgement import Judgement
from workflows.statutes import judge

ROOT, EXTENSION = "hazard_rectification", "extension_request"
INTERVIEW, ENFORCEMENT = "overdue_interview", "enforcement"

ENDS = plain("startEvent", "s") + plain("endEvent", "e")
OWED = {"pattern": "response", "after": "act a", "event": "act b"}
BUYER = Application(outside=frozenset({"buyer"}))


def wait(due: str) -> str:
    """Draw a date that is waited for."""
    timer = f'<b:timerEventDefinition><b:timeDate>due("{due}")</b:timeDate>'
    inner = f"{timer}</b:timerEventDefinition>"
    return f'<b:intermediateCatchEvent id="wait">{inner}</b:intermediateCatchEvent>'


def refused(process: str, *changes: Change) -> list[Judgement]:
    """Return what keeps a shipped diagram from going live after some changes."""
    return [
        found
        for found in judge([changed(shipped()[process], *changes)], surroundings())
        if found.refuses
    ]


def test_a_duty_hangs_on_no_date_but_one_that_is_named() -> None:
    data = document(ENDS, task("a"), wait("cool"), task("b"), flows("s > a > wait > b > e"))
    found = one(judged(data, OWED))
    assert (found.holds, found.element) == (False, "a")
    assert found.message.startswith("the way there waits for a date")
    assert one(judged(data, {**OWED, "through": "timer cool"})).holds is True
    assert one(judged(data, {**OWED, "through": "timer other"})).holds is False


def test_a_duty_hangs_on_nobody_who_need_not_act() -> None:
    asked = task("asked", act="own.explain", body="buyer")
    data = document(ENDS, task("a"), asked, task("b"), flows("s > a > asked > b > e"))
    assert one(judged(data, OWED, application=BUYER)).holds is False
    assert one(judged(data, OWED)).holds is True, "everybody is bound to act"
    owed = {**OWED, "event": "act own.explain"}
    assert one(judged(data, owed, application=BUYER)).holds is True, "it is what is owed"


def test_a_date_beside_the_way_holds_nothing_up() -> None:
    tasks = ENDS + task("a") + task("b") + plain("endEvent", "told")
    remind = on("b", "remind", "timer own.remind", cancel=False)
    data = document(tasks, remind, flows("s > a > b > e", "remind > told"))
    assert one(judged(data, OWED)).holds is True


WAITS = (
    ("f_g_verdict_m_strike", ROOT),
    ("f_m_recheck_recheck", ROOT),
    ("f_limits_serve_order", ROOT),
    ("f_report_to_park_to_listing", ROOT),
    ("f_m_file_file", EXTENSION),
    ("f_m_round_hand_over", EXTENSION),
    ("f_m_notice_schedule", INTERVIEW),
    ("f_may_decide_decide", ENFORCEMENT),
)


@pytest.mark.parametrize("due", ["own.cool", "plan.lapsed"])
@pytest.mark.parametrize(("flow", "process"), WAITS)
def test_no_step_of_an_article_waits_for_a_date_that_nothing_bounds(
    flow: str, process: str, due: str
) -> None:
    found = refused(process, wait_before(flow, "cool", due))
    assert "statute" in {one.kind for one in found}


def test_it_is_told_what_holds_a_duty_up() -> None:
    found = refused(INTERVIEW, wait_before("f_m_notice_schedule", "cool", "own.cool"))
    assert {one.id for one in found} == {"expiry_opens_interview"}
    assert all("waits for a date" in one.sentence.en for one in found)


def test_a_way_that_waits_for_a_date_has_no_length() -> None:
    found = refused(ROOT, wait_before("f_m_recheck_recheck", "cool", "own.cool"))
    loops = {one.id: one.sentence.en for one in found if one.kind == "feasibility"}
    assert {"closed_loop_general", "closed_loop_larger", "closed_loop_major"} <= loops.keys()
    assert "each waits for a date" in loops["closed_loop_major"]


EXPLAIN = {"act": "own.explain", "ladder": "w5"}


def test_the_enterprise_keeps_nobody_from_verifying() -> None:
    asked = ask_before("f_m_recheck_recheck", "explain", body="enterprise", **EXPLAIN)
    found = refused(ROOT, asked)
    assert {one.id for one in found} >= {"loop_closes"}
    told = ask_before("f_limits_serve_order", "ask", body="office", **EXPLAIN)
    assert not refused(ROOT, told), "the office is bound to act"


@pytest.mark.parametrize("body", ["enterprise", "office"])
def test_what_all_agreed_to_is_struck_off_at_once(body: str) -> None:
    found = refused(ROOT, ask_before("f_life_record_struck_off", "explain", body=body, **EXPLAIN))
    assert {one.id for one in found} >= {"at_once"}


@pytest.mark.parametrize("task", ["second_proposal", "confirm_major"])
def test_silence_about_a_major_level_grades_nothing_lower(task: str) -> None:
    found = refused(ROOT, hurry(task, "late", "plan.lapsed", "m_confirm"))
    assert "major_by_three" in {one.id for one in found}


def test_no_answer_moves_a_date_that_has_passed() -> None:
    found = refused(EXTENSION, condition("f_g_answered_order_moved", 'decision = "agree"'))
    assert "issuer_answers_for_its_order" in {one.id for one in found}


@pytest.mark.parametrize(
    ("task", "process"),
    [
        ("stop_measures", ENFORCEMENT),
        ("penalty", ENFORCEMENT),
        ("power_cut", ENFORCEMENT),
        ("hand_over", ENFORCEMENT),
        ("talk", INTERVIEW),
    ],
)
def test_no_clerk_does_what_officers_and_heads_do(task: str, process: str) -> None:
    found = refused(process, say(task, "role", "clerk"))
    assert ("by_competent_bodies", task) in {(one.id, one.element) for one in found}
