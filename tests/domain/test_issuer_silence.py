"""An issuer that has not answered a timely request: its order's date brings no penalty step."""

from __future__ import annotations

import pytest

from tests.domain import enforcements as road
from tests.domain import extensions, interviews, journeys
from tests.domain.test_enforcement import limit
from tests.domain.world import World
from workflows.domain.case_schema import CaseSchema

LATE = "2026-03-16T09:00"
"""Less than three days before the date: admissible, and not timely."""


def silent(world: World, asked_at: str = "2026-03-10T09:00", days: int = 10) -> str:
    """Return a case whose extension both have signed and whose order's issuer is silent."""
    case = extensions.running(world, document_kind="order")
    interviews.until(world, asked_at)
    extensions.request(world, case, days)
    extensions.park(world, case)
    extensions.department(world, case)
    return case


def order_passed(world: World, **asked: str) -> str:
    case = silent(world, **asked)
    interviews.until(world, "2026-03-18T09:00")
    return case


def reply(world: World, case: str, decision: str) -> None:
    world.do("bureau_head", case, "issuer_reply", decision=decision, opinion="理由")


def test_the_date_of_the_order_passes_on_record_and_nothing_is_decided(world: World) -> None:
    case = order_passed(world)
    assert extensions.rows(world, case, "order") == [("order", "expired", "2026-03-17")]
    assert road.entry(world, case)["expiries"]
    assert "decide" not in world.open_tasks(case)
    interviews.until(world, "2026-03-25T09:00")
    assert "decide" not in world.open_tasks(case)
    assert not CaseSchema().validate(dict(world.document(case)))


def test_a_refusal_opens_it_from_the_original_date(world: World) -> None:
    case = order_passed(world)
    interviews.until(world, "2026-03-20T09:00")
    reply(world, case, "refuse")
    found = road.entry(world, case)
    assert (found["mandatory"], found["lapsed"]) == (False, None)
    row = next(one for one in world.document(case)["deadlines"] if one["kind"] == "order")
    assert row["expired_at"] == "2026-03-17T16:00:00+00:00"
    # Friday 20 March: the head has Monday, Tuesday and Wednesday from the answer.
    assert limit(world, case, "decide") == "2026-03-26T00:00:00+08:00"
    road.decide(world, case)


def test_consent_relieves_it_for_good(world: World) -> None:
    case = order_passed(world)
    reply(world, case, "agree")
    assert road.entry(world, case)["lapsed"]["cause"] == "extension"
    assert extensions.rows(world, case, "order") == [("order", "live", "2026-03-27")]
    assert "decide" not in world.open_tasks(case)
    interviews.until(world, "2026-03-28T09:00")
    found = road.entry(world, case)
    assert (found["number"], found["mandatory"]) == (2, False)


def test_the_policy_date_that_passes_meanwhile_is_a_first_expiry(world: World) -> None:
    case = order_passed(world)
    interviews.until(world, "2026-03-28T09:00")
    assert "decide" in world.open_tasks(case)
    assert road.entry(world, case)["mandatory"] is False
    form = world.bihuan.runtime.task_form(
        world.actor("bureau_head"), world.open_tasks(case)["decide"]
    )
    assert form.values["expiries"] == "2026-03-27"
    reply(world, case, "refuse")
    assert road.entry(world, case)["grounds"] == ["second_expiry"]


def test_signed_after_the_date_the_issuer_is_still_waited_for(world: World) -> None:
    case = extensions.running(world, document_kind="order")
    interviews.until(world, "2026-03-10T09:00")
    extensions.request(world, case)
    interviews.until(world, "2026-03-18T09:00")
    extensions.park(world, case)
    extensions.department(world, case)
    assert extensions.rows(world, case, "order") == [("order", "expired", "2026-03-17")]
    assert "decide" not in world.open_tasks(case)
    assert road.entry(world, case)["lapsed"] is None
    reply(world, case, "refuse")
    assert "decide" in world.open_tasks(case)


def test_a_late_request_does_not_shelter_the_order(world: World) -> None:
    case = order_passed(world, asked_at=LATE)
    assert "decide" in world.open_tasks(case)


@pytest.mark.parametrize("answer", [None, "refuse"])
def test_found_fixed_before_the_answer_it_is_not_decided_on(
    world: World, answer: str | None
) -> None:
    case = order_passed(world)
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    assert road.entry(world, case)["lapsed"]["cause"] == "rectified"
    if answer:
        reply(world, case, answer)
    journeys.struck_off(world, case, "larger")
    assert not world.open_tasks(case).keys() & {"decide", "issuer_reply"}


def test_an_upheld_objection_leaves_nothing_to_wait_for(world: World) -> None:
    case = order_passed(world)
    world.do("inspector1", case, "file", decision="object", reason="设备早已到货")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    assert "decide" in world.open_tasks(case)
    assert road.entry(world, case)["mandatory"] is False
