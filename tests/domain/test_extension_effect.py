"""What an extension does to dates: in time, late, for an order, undone; and when the case ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import clock
from engine.errors import Conflict, Invalid, NotAllowed
from tests.domain import extensions as road
from tests.domain import interviews, journeys
from tests.domain.world import World


def to_the_end(world: World, **beyond: float) -> None:
    """Let time pass to the end of the date of a larger hazard and beyond."""
    world.pass_time(seconds=(road.END - clock.now() + timedelta(**beyond)).total_seconds())


def test_a_timely_request_softens_the_overdue_and_late_consent_takes_it_back(world: World) -> None:
    case = road.requested(world)
    road.park(world, case)
    to_the_end(world, hours=30)
    assert road.state(world, case) == "overdue_pending"
    assert road.rows(world, case, "rectification") == [("rectification", "expired", "2026-03-17")]
    road.department(world, case)
    found = road.last(world, case)
    assert (found["status"], found["late_approval"]) == ("effective", True)
    assert road.state(world, case) == "rectifying"
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-27")]


@pytest.mark.parametrize("how", ["refused", "withdrawn", "lapsed"])
def test_what_ends_otherwise_after_expiry_is_overdue_since_the_original_date(
    world: World, how: str
) -> None:
    case = road.requested(world)
    to_the_end(world, hours=2)
    if how == "refused":
        road.department(world, case, "refuse")
    elif how == "withdrawn":
        world.act("safety1", case, "extension.withdraw", reason="x")
    else:
        road.park(world, case, "return")
        world.pass_time(days=4)
    assert road.last(world, case)["status"] == how
    assert road.state(world, case) == "overdue"
    row = next(d for d in world.document(case)["deadlines"] if d["kind"] == "rectification")
    assert clock.beijing_date(road.instant(row["expired_at"])) == road.DUE + timedelta(days=1)


def ordered(world: World, finder: str = "bureau", person: str = "inspector1") -> str:
    """Serve an order on a larger hazard: two dates run."""
    case = world.register(person, finder_body=finder)
    world.do(person, case, "confirm_level", level="larger", criterion=None, reason=None)
    due = road.DUE.isoformat()
    journeys.serve(world, case, "larger", person, document_kind="order", due_date=due)
    return case


def test_an_order_moves_by_the_answer_of_its_issuer(world: World) -> None:
    case = ordered(world)
    road.request(world, case)
    road.park(world, case)
    road.department(world, case)
    assert road.rows(world, case, "rectification", "order") == [
        ("rectification", "live", "2026-03-27"),
        ("order", "live", "2026-03-17"),
    ]
    assert {"issuer_reply", "file"} <= set(world.open_tasks(case))
    with pytest.raises(NotAllowed):
        world.do("inspector1", case, "issuer_reply", decision="agree", opinion="同意")
    world.do("bureau_head", case, "issuer_reply", decision="agree", opinion="同意")
    assert ("order", "live", "2026-03-27") in road.rows(world, case, "order")
    assert not road.last(world, case)["order"]["by_signature"]


def test_the_issuer_may_leave_the_order_as_it_is(world: World) -> None:
    case = ordered(world)
    road.request(world, case)
    road.park(world, case)
    road.department(world, case)
    world.do("bureau_head", case, "issuer_reply", decision="refuse", opinion="指令期限不变")
    assert road.rows(world, case, "rectification", "order") == [
        ("rectification", "live", "2026-03-27"),
        ("order", "live", "2026-03-17"),
    ]


def test_where_the_rules_ask_for_no_answer_an_order_moves_with_the_signatures(
    world: World,
) -> None:
    road.newer_rules(world, **{"extension.order_needs_issuer_reply": False})
    case = ordered(world)
    road.request(world, case)
    road.park(world, case)
    road.department(world, case)
    assert road.rows(world, case, "rectification", "order") == [
        ("rectification", "live", "2026-03-27"),
        ("order", "live", "2026-03-27"),
    ]
    assert "issuer_reply" not in world.open_tasks(case)


@pytest.mark.parametrize(("reply", "day"), [("agree", "2026-03-27"), ("refuse", "2026-03-17")])
def test_a_signatory_that_issued_the_order_answers_in_the_same_act(
    world: World, reply: str, day: str
) -> None:
    case = ordered(world, "industry_economy", "inspector3")
    road.request(world, case)
    with pytest.raises(Invalid):
        road.department(world, case)
    more = {"order_opinion": "指令期限不变"} if reply == "refuse" else {}
    road.department(world, case, order_reply=reply, **more)
    road.park(world, case)
    assert "issuer_reply" not in world.open_tasks(case)
    assert road.rows(world, case, "order") == [("order", "live", day)]
    assert road.last(world, case)["order"]["by_signature"]


def test_filing_returns_for_a_defect_and_registers_with_a_number(world: World) -> None:
    case, other = road.granted(world), road.granted(world)
    with pytest.raises(Invalid):
        world.do("inspector1", case, "file", decision="return")
    world.do("inspector1", case, "file", decision="return", reason="缺附件")
    world.do("park_east_head", case, "amend", correction="已补")
    world.do("inspector1", case, "file", decision="file")
    world.do("inspector1", other, "file", decision="file")
    found = road.last(world, case)["filing"]
    assert found["returns"][0]["amended_by"] == "park_east_head"
    assert found["register_number"].endswith("第1号")
    assert road.last(world, other)["filing"]["register_number"].endswith("第2号")
    assert road.rows(world, case, "filing") == [("filing", "met", "2026-03-03")]


def test_a_late_filing_is_recorded_as_late(world: World) -> None:
    case = road.granted(world)
    world.pass_time(days=2)
    world.do("inspector1", case, "file", decision="file")
    assert road.rows(world, case, "filing") == [("filing", "expired", "2026-03-03")]


def test_an_objection_that_is_dismissed_leaves_the_extension(world: World) -> None:
    case = road.granted(world)
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    with pytest.raises(Conflict, match="objection"):
        road.request(world, case)
    world.do("leader", case, "objection", decision="dismiss", reason="客观因素属实")
    with pytest.raises(Invalid):
        world.do("inspector1", case, "file", decision="object", reason="再次")
    world.do("inspector1", case, "file", decision="file")
    assert world.document(case)["extensions"] == 1


def test_an_objection_that_is_upheld_lets_the_date_fall_back(world: World) -> None:
    case = ordered(world)
    road.request(world, case)
    road.park(world, case)
    road.department(world, case)
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    found = road.last(world, case)
    assert (found["status"], world.document(case)["extensions"]) == ("ended", 0)
    assert road.rows(world, case, "rectification", "order", "filing") == [
        ("rectification", "live", "2026-03-17"),
        ("order", "live", "2026-03-17"),
        ("filing", "voided", "2026-03-03"),
    ]
    assert set(world.open_tasks(case)) == {"rectify"}
    causes = [
        (c["cause"], c["after"])
        for d in world.document(case)["deadlines"]
        if d["kind"] == "rectification"
        for c in d["changes"]
    ]
    assert causes[-2:] == [("extension", "2026-03-27"), ("voided", "2026-03-17")]


def test_undone_after_the_original_date_the_case_is_overdue_since_then(world: World) -> None:
    case = road.requested(world)
    road.park(world, case)
    to_the_end(world, hours=2)
    road.department(world, case)
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    assert road.state(world, case) == "overdue"
    assert road.rows(world, case, "rectification") == [("rectification", "expired", "2026-03-17")]


def test_undone_after_the_new_date_too_the_expiry_falls_back(world: World) -> None:
    case = road.granted(world)
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    to_the_end(world, days=11)
    expiries = road.history(world, case).count("deadline.expired")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    row = next(d for d in world.document(case)["deadlines"] if d["kind"] == "rectification")
    assert (row["state"], row["due_date"]) == ("expired", "2026-03-17")
    assert road.instant(row["expired_at"]) == road.END
    assert road.history(world, case).count("deadline.expired") == expiries


def test_void_during_sign_off_ends_the_request_and_its_tasks(world: World) -> None:
    case = road.requested(world)
    road.park(world, case)
    photos = [world.photo("bureau_head")]
    world.act("bureau_head", case, "case.shut_down", reason="关停", photos=photos)
    assert road.last(world, case)["status"] == "ended"
    assert "sign_department" not in world.open_tasks(case)
    assert not world.document(case)["extension_pending"]
    assert {state for _, state, _ in road.rows(world, case, "sign")} == {"met", "voided"}


def test_a_raise_ends_the_request_and_a_new_paper_counts_no_extension(world: World) -> None:
    case = road.granted(world)
    world.act("principal1", case, "extension.request", **road.second(world))
    journeys.raised(world, case)
    assert road.last(world, case)["status"] == "ended"
    assert world.document(case)["extensions"] == 0
    assert not {"sign_park", "sign_department", "file"} & set(world.open_tasks(case))
    assert all(state != "live" for _, state, _ in road.rows(world, case, "sign", "filing"))


def test_late_consent_puts_the_final_date_of_an_interview_out_of_force(world: World) -> None:
    case = road.requested(world)
    to_the_end(world, hours=9)
    interviews.named(world, case)
    interviews.noticed(world, case, "2026-03-20T09:00")
    interviews.until(world, "2026-03-20T10:00")
    road.park(world, case, "return")
    interviews.held(world, case, "2026-03-26", held_at="2026-03-20T09:00")
    assert road.state(world, case) == "interviewed"
    world.do("principal1", case, "resubmit", **road.asked(world))
    road.park(world, case)
    interviews.until(world, "2026-03-22T09:00")
    road.department(world, case)
    assert interviews.rows(world, case, "final") == [("voided", "2026-03-26")]
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-27")]
    assert road.state(world, case) == "rectifying"
    assert not world.document(case)["interviewed"]


def test_enforcement_of_an_order_waits_for_the_answer_of_its_issuer(world: World) -> None:
    case = ordered(world)
    road.request(world, case)
    road.park(world, case)
    to_the_end(world, hours=2)
    road.department(world, case)
    assert road.rows(world, case, "rectification", "order") == [
        ("rectification", "live", "2026-03-27"),
        ("order", "expired", "2026-03-17"),
    ]
    assert "decide" not in world.open_tasks(case)
    world.do("bureau_head", case, "issuer_reply", decision="agree", opinion="同意")
    assert road.rows(world, case, "order") == [("order", "live", "2026-03-27")]
    assert "decide" not in world.open_tasks(case)


def test_each_filing_has_a_date_of_its_own(world: World) -> None:
    case = road.granted(world)
    world.pass_time(days=1)
    world.act("principal1", case, "extension.request", **road.second(world))
    road.park(world, case)
    road.department(world, case)
    world.do("leader", case, "sign_leader", decision="agree")
    newest = road.tasks(world, case, "file")[-1]
    data = {"decision": "object", "reason": "理由不足"}
    world.bihuan.runtime.complete_task(world.actor("inspector1"), newest, data)
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    assert road.rows(world, case, "rectification", "filing") == [
        ("rectification", "live", "2026-03-27"),
        ("filing", "live", "2026-03-03"),
        ("filing", "voided", "2026-03-04"),
    ]
