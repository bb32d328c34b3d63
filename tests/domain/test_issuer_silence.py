"""An issuer that has not answered a timely request: its order's date brings no penalty step."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine import clock
from engine.errors import Conflict
from engine.ports import TaskFacts
from tests.domain import enforcements as road
from tests.domain import extensions, interviews, journeys
from tests.domain.test_enforcement import limit
from tests.domain.test_extension_records import opened
from tests.domain.world import World
from workflows.domain.case_schema import CaseSchema
from workflows.domain.extension import filing
from workflows.domain.ledger_tables import NotificationRow

LATE = "2026-03-16T09:00"
"""Less than three days before the date: admissible, and not timely."""


def silent(world: World, asked_at: str = "2026-03-10T09:00") -> str:
    """Return a case whose extension both have signed and whose order's issuer is silent."""
    case = extensions.running(world, document_kind="order")
    interviews.until(world, asked_at)
    extensions.request(world, case)
    extensions.park(world, case)
    extensions.department(world, case)
    return case


def order_passed(world: World, **asked: str) -> str:
    case = silent(world, **asked)
    interviews.until(world, "2026-03-18T09:00")
    return case


def reply(world: World, case: str, decision: str) -> None:
    world.do("bureau_head", case, "issuer_reply", decision=decision, opinion="理由")


def fixed(world: World, case: str) -> None:
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")


def sent_back_and_failed(world: World, case: str) -> None:
    world.do("economy_head", case, "strike_department", decision="return", opinion="现场未整改")
    journeys.rechecked(world, case, "larger", "fail")


def told(world: World, case: str) -> list[str]:
    """Return who was told that no answer is needed any more."""
    with world.bihuan.database.read() as session:
        mine = (
            NotificationRow.case_id == case,
            NotificationRow.kind == "extension.answer_lapsed",
        )
        return sorted(session.scalars(select(NotificationRow.person).where(*mine)))


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


def test_found_fixed_before_the_answer_it_is_not_decided_on(world: World) -> None:
    case = order_passed(world)
    fixed(world, case)
    assert road.entry(world, case)["lapsed"]["cause"] == "rectified"
    journeys.struck_off(world, case, "larger")
    assert not world.open_tasks(case).keys() & {"decide", "issuer_reply"}


@pytest.mark.parametrize(
    ("asked_at", "found_at", "stands"),
    [
        ("2026-03-10T09:00", "2026-03-18T09:00", "expired"),
        ("2026-03-10T09:00", "2026-03-12T09:00", "met"),
        (LATE, "2026-03-16T10:00", "met"),
        (LATE, "2026-03-18T09:00", "expired"),
    ],
)
def test_found_fixed_no_issuer_answers_any_more(
    world: World, asked_at: str, found_at: str, stands: str
) -> None:
    case = silent(world, asked_at=asked_at)
    interviews.until(world, found_at)
    asked = world.open_tasks(case)["issuer_reply"]
    fixed(world, case)
    assert "issuer_reply" not in world.open_tasks(case)
    found = extensions.last(world, case)
    assert found["status"] == "effective"
    assert (found["order"]["decision"], found["order"]["lapsed"]["cause"]) == (None, "rectified")
    for decision in ("agree", "refuse"):
        with pytest.raises(Conflict):
            world.bihuan.runtime.complete_task(
                world.actor("bureau_head"), asked, {"decision": decision, "opinion": "理由"}
            )
    assert extensions.rows(world, case, "order") == [("order", stands, "2026-03-17")]
    assert told(world, case) == ["bureau_deputy", "bureau_head", "principal1", "safety1"]
    assert not CaseSchema().validate(dict(world.document(case)))


def test_an_answer_that_has_lapsed_is_refused_by_the_record_too(world: World) -> None:
    """As where the task is open under an earlier version of the diagram."""
    case_id = silent(world)
    fixed(world, case_id)
    facts = ("t", case_id, "extension_request", "issuer_reply", "extension.issuer_reply")
    task = TaskFacts(*facts, {}, {"request": 1}, clock.now())
    with (
        opened(world, case_id, "bureau_head") as (case, context),
        pytest.raises(Conflict, match="the recheck was passed"),
    ):
        filing.issuer_replied(case, task, {"decision": "agree"}, context)


def test_sent_back_and_failed_the_answer_stays_lapsed_and_the_relieved_date_relieved(
    world: World,
) -> None:
    case = order_passed(world)
    fixed(world, case)
    sent_back_and_failed(world, case)
    assert not world.open_tasks(case).keys() & {"decide", "issuer_reply"}
    assert extensions.rows(world, case, "order") == [("order", "expired", "2026-03-17")]
    assert road.entry(world, case)["lapsed"]["cause"] == "rectified"
    interviews.until(world, "2026-03-28T09:00")
    assert (road.entry(world, case)["number"], road.entry(world, case)["mandatory"]) == (2, False)
    assert "decide" in world.open_tasks(case)


def test_sent_back_and_failed_a_date_that_passes_later_counts_like_any_other(world: World) -> None:
    case = silent(world)
    fixed(world, case)
    sent_back_and_failed(world, case)
    assert extensions.rows(world, case, "order") == [("order", "live", "2026-03-17")]
    interviews.until(world, "2026-03-18T09:00")
    assert "decide" in world.open_tasks(case)
    assert "issuer_reply" not in world.open_tasks(case)


def test_an_upheld_objection_leaves_nothing_to_wait_for(world: World) -> None:
    case = order_passed(world)
    world.do("inspector1", case, "file", decision="object", reason="设备早已到货")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    assert "decide" in world.open_tasks(case)
    assert road.entry(world, case)["mandatory"] is False


def test_raised_nobody_owes_an_answer_and_the_form_says_what_must_be_decided(world: World) -> None:
    case = order_passed(world)
    interviews.until(world, "2026-03-28T09:00")
    assert road.entry(world, case)["grounds"] == []
    journeys.raised(world, case)
    assert "issuer_reply" not in world.open_tasks(case)
    assert road.entry(world, case)["grounds"] == ["second_expiry"]
