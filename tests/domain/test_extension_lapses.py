"""A request that lost its ground lapses: the hazard is fixed, or the date ended on a late one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import clock
from engine.errors import Conflict, Invalid
from tests.domain import extensions as road
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain.interview_entries import AUTHORITY
from workflows.domain.ledger_tables import HazardRow, NotificationRow
from workflows.domain.papers.tables import PaperRow
from workflows.domain.state import state_of


def to_the_end(world: World, **beyond: float) -> None:
    """Let time pass to the end of the date of a larger hazard and beyond."""
    world.pass_time(seconds=(road.END - clock.now() + timedelta(**beyond)).total_seconds())


def fixed(world: World, case: str) -> None:
    """Report and pass the recheck."""
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")


def late(world: World) -> str:
    """Return a case with a request that was filed two hours before the date ends."""
    case = road.running(world)
    to_the_end(world, hours=-2)
    road.request(world, case)
    return case


def lapsed(world: World, case: str) -> tuple[str, str]:
    found = road.last(world, case)
    return found["status"], found["lapse_cause"]


def told(world: World, case: str) -> list[str]:
    """Return who was told that a request lapsed."""
    with world.bihuan.database.read() as session:
        mine = (NotificationRow.case_id == case, NotificationRow.kind == "extension.lapsed")
        return sorted(session.scalars(select(NotificationRow.person).where(*mine)))


def test_a_passed_recheck_ends_what_is_asked_and_the_met_date_stays(world: World) -> None:
    case = road.requested(world)
    stale = world.open_tasks(case)["sign_department"]
    fixed(world, case)
    assert lapsed(world, case) == ("lapsed", "rectified")
    assert set(world.open_tasks(case)) == {"strike_department"}
    with pytest.raises(Conflict):
        world.bihuan.runtime.complete_task(
            world.actor("economy_head"), stale, {"decision": "agree"}
        )
    document = world.document(case)
    assert road.rows(world, case, "rectification") == [("rectification", "met", "2026-03-17")]
    assert {state for _, state, _ in road.rows(world, case, "sign")} == {"voided"}
    assert (document["listing"]["grade"], document["extension_pending"]) == (0, False)
    everybody = told(world, case)
    assert {"principal1", "safety1", "park_east_head", "economy_head"} <= set(everybody)
    assert len(everybody) == len(set(everybody))
    with world.bihuan.database.read() as session:
        void = (PaperRow.case_id == case, PaperRow.voided_at.is_not(None))
        assert set(session.scalars(select(PaperRow.kind).where(*void))) == {"D9"}


def test_what_passed_while_the_authority_was_silent_brings_no_penalty_step(world: World) -> None:
    case = road.requested(world)
    road.park(world, case)
    to_the_end(world, hours=30)
    assert road.state(world, case) == "overdue_pending"
    fixed(world, case)
    document = world.document(case)
    assert lapsed(world, case) == ("lapsed", "rectified")
    assert road.rows(world, case, "rectification") == [("rectification", "expired", "2026-03-17")]
    assert document["enforcements"][0]["lapsed"]["cause"] == "rectified"
    assert document["interviews"][0]["subject"] == AUTHORITY
    assert set(world.open_tasks(case)) == {"propose_host", "strike_department"}
    world.pass_time(days=1)
    assert "decide" not in world.open_tasks(case)


def test_what_passed_with_a_late_request_is_still_decided_on(world: World) -> None:
    case = late(world)
    to_the_end(world, hours=1)
    fixed(world, case)
    assert "decide" in world.open_tasks(case)
    assert world.document(case)["enforcements"][0]["lapsed"] is None


def test_a_late_request_lapses_with_the_date_and_the_expiry_stands(world: World) -> None:
    case = late(world)
    road.park(world, case)
    to_the_end(world, hours=1)
    assert lapsed(world, case) == ("lapsed", "expired")
    assert road.state(world, case) == "overdue"
    assert set(world.open_tasks(case)) == {"decide", "expiry_recheck", "propose_host", "rectify"}
    interview = world.document(case)["interviews"][0]
    assert (interview["silent"], interview["subject"]) == ([], "enterprise")
    assert {"principal1", "park_east_head", "economy_head"} <= set(told(world, case))


def test_a_returned_late_request_lapses_with_the_date_too(world: World) -> None:
    case = late(world)
    road.park(world, case, "return")
    to_the_end(world, hours=1)
    assert lapsed(world, case) == ("lapsed", "expired")
    assert "resubmit" not in world.open_tasks(case)


def test_until_then_a_late_request_is_pending_like_any_other(world: World) -> None:
    case = late(world)
    assert world.document(case)["extension_pending"]
    with world.bihuan.database.read() as session:
        row = session.get_one(HazardRow, case)
        assert row.extension_pending
    to_the_end(world, hours=1)
    assert not world.document(case)["extension_pending"]


@pytest.mark.parametrize("decision", ["refuse", "return"])
def test_nobody_agrees_to_a_date_that_has_passed(world: World, decision: str) -> None:
    case = road.requested(world, 1)
    to_the_end(world, days=1, seconds=-1)
    road.park(world, case)
    world.pass_time(seconds=1)
    with pytest.raises(Invalid) as refused:
        road.department(world, case)
    assert "已过" in refused.value.by_field("zh")["decision"][0]
    assert "has passed; return it for another date" in refused.value.by_field("en")["decision"][0]
    assert road.rows(world, case, "rectification") == [("rectification", "expired", "2026-03-17")]
    road.department(world, case, decision)
    assert road.last(world, case)["status"] in ("refused", "returned")


def test_the_leader_agrees_to_no_passed_date_either(world: World) -> None:
    case = road.granted(world, 5)
    world.pass_time(days=5)
    world.act("principal1", case, "extension.request", **road.second(world, -4))
    road.park(world, case)
    road.department(world, case)
    world.pass_time(days=20)
    with pytest.raises(Invalid):
        road.sign(world, "leader", case, "sign_leader", "agree")
    road.sign(world, "leader", case, "sign_leader", "refuse")
    assert road.state(world, case) == "overdue"


def test_the_issuer_of_the_order_agrees_to_no_passed_date(world: World) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    due = road.DUE.isoformat()
    journeys.serve(world, case, "larger", document_kind="order", due_date=due)
    road.request(world, case, 1)
    road.park(world, case)
    road.department(world, case)
    to_the_end(world, days=1)
    with pytest.raises(Invalid):
        world.do("bureau_head", case, "issuer_reply", decision="agree", opinion="同意")
    world.do("bureau_head", case, "issuer_reply", decision="refuse", opinion="已过")


@pytest.mark.parametrize(
    ("timeliness", "state"), [("timely", "overdue_pending"), ("late", "overdue")]
)
def test_only_a_timely_request_softens_an_expiry(timeliness: str, state: str) -> None:
    asked = {"number": 1, "status": "pending", "timeliness": timeliness}
    data = {"phase": "rectifying", "interviewed": None, "extension_requests": [asked]}
    assert state_of({**data, "extension_pending": True}, overdue=True) == state
