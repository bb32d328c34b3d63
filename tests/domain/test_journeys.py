"""Hazards of each level from registration to their exit, through the runtime."""

from __future__ import annotations

from datetime import date

import pytest

from engine import clock
from engine.errors import Conflict, Invalid, NotAllowed
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import ledger
from workflows.domain.case_schema import CaseSchema
from workflows.domain.ledger_tables import HazardRow


def row(world: World, case: str) -> HazardRow:
    with world.bihuan.database.read() as session:
        return ledger.row(session, world.actor("auditor"), case)


@pytest.mark.parametrize("level", ["general", "larger", "major"])
def test_the_good_path_ends_struck_off(world: World, level: str) -> None:
    case = journeys.served(world, level)
    assert row(world, case).state == ("planning" if level == "major" else "rectifying")
    if level == "major":
        journeys.planned(world, case)
    world.pass_time(hours=5)
    journeys.reported(world, case)
    reported_at = clock.now()
    assert row(world, case).state == "rechecking"
    world.pass_time(hours=20)
    journeys.rechecked(world, case, level)
    assert row(world, case).state == "striking_off"
    journeys.struck_off(world, case, level)
    found = row(world, case)
    assert (found.state, found.exit, found.recheck_result) == ("struck_off", "struck_off", "pass")
    assert found.done_at == reported_at
    assert not CaseSchema().validate(dict(world.document(case)))


def test_a_major_hazard_is_listed_until_it_is_taken_down(world: World) -> None:
    case = journeys.served(world, "major")
    assert row(world, case).listing_grade == 1
    world.do(
        "park_east_head", case, "publish", medium="园区网站", published_on="2026-03-02", photos=None
    )
    assert world.document(case)["listing"]["published"]
    world.pass_time(days=8)
    world.do("principal1", case, "progress", progress="已采购", percent=40)
    world.do("park_east_head", case, "take_note")
    journeys.planned(world, case)
    journeys.reported(world, case)
    journeys.rechecked(world, case, "major")
    journeys.struck_off(world, case, "major")
    assert list(world.open_tasks(case)) == ["remove"]
    world.do("park_east_head", case, "remove", medium="园区网站", removed_on="2026-03-10")
    assert world.document(case)["listing"]["removed_at"]
    assert not CaseSchema().validate(dict(world.document(case)))


def test_failed_recheck_before_expiry_keeps_the_date(world: World) -> None:
    case = journeys.served(world, "larger")
    due = row(world, case).current_due_at
    world.pass_time(days=2)
    journeys.reported(world, case)
    world.pass_time(days=1)
    journeys.rechecked(world, case, "larger", "fail")
    found = row(world, case)
    assert (found.state, found.current_due_at) == ("rectifying", due)
    running = next(d for d in world.document(case)["deadlines"] if d["kind"] == "rectification")
    assert (running["state"], running["resumed_at"] is not None) == ("live", True)
    assert [event["state"] for event in running["events"]] == ["held", "live"]


def test_failed_recheck_after_expiry_is_overdue_since_the_due_day(world: World) -> None:
    case = journeys.served(world, "larger")
    due = row(world, case).current_due_at
    world.pass_time(days=6)
    journeys.reported(world, case)
    world.pass_time(days=4)
    assert row(world, case).overdue_since is None
    journeys.rechecked(world, case, "larger", "fail")
    found = row(world, case)
    assert (found.state, found.overdue_since) == ("overdue", due)
    assert "propose_host" in world.open_tasks(case)


def test_expiry_opens_recheck_and_duty_and_general_found_done_passes(world: World) -> None:
    case = journeys.served(world, "general")
    world.pass_time(days=3)
    assert row(world, case).state == "overdue"
    assert {"rectify", "expiry_recheck", "talk"} <= set(world.open_tasks(case))
    world.do("inspector2", case, "expiry_recheck", result="pass")
    assert row(world, case).state == "striking_off"
    journeys.struck_off(world, case, "general")
    assert row(world, case).state == "struck_off"


def test_larger_found_done_at_expiry_still_needs_two_officers(world: World) -> None:
    case = journeys.served(world, "larger")
    world.pass_time(days=9)
    world.do("inspector2", case, "expiry_recheck", result="pass")
    assert row(world, case).state == "rechecking"
    journeys.rechecked(world, case, "larger")
    journeys.struck_off(world, case, "larger")
    assert row(world, case).state == "struck_off"


def test_raised_to_major_on_day_fourteen_by_two_officers_and_the_head(world: World) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger")
    journeys.serve(world, case, "larger", due_date="2026-03-17")
    world.pass_time(days=14)
    with pytest.raises(Conflict, match="general hazard"):
        world.act("bureau_head", case, "level.raise", level="larger", reason="新发现")
    journeys.raised(world, case)
    old = next(d for d in world.document(case)["deadlines"] if d["kind"] == "rectification")
    assert (old["state"], old["changes"][-1]["cause"]) == ("replaced", "upgraded")
    assert row(world, case).state == "ordered"
    journeys.serve(world, case, "major")
    found = row(world, case)
    assert (found.level, found.state, found.round) == ("major", "planning", 2)
    assert found.current_due_date == date(2026, 3, 31)


def test_lowering_is_refused_after_expiry(world: World) -> None:
    case = journeys.served(world, "larger")
    data = {"level": "general", "expert_opinion": "危害较小", "reason": "复核"}
    with pytest.raises(NotAllowed):
        world.act("inspector1", case, "level.lower", **data)
    world.pass_time(days=10)
    with pytest.raises(Conflict, match="the date has passed"):
        world.act("bureau_head", case, "level.lower", **data)


def test_lowering_before_expiry_leaves_the_date(world: World) -> None:
    case = journeys.served(world, "larger")
    due = row(world, case).current_due_at
    data = {"level": "general", "expert_opinion": "危害较小", "reason": "复核"}
    world.act("bureau_head", case, "level.lower", **data)
    found = row(world, case)
    assert (found.level, found.current_due_at) == ("general", due)


def test_void_after_listing(world: World) -> None:
    case = journeys.served(world, "major")
    world.do("park_east_head", case, "publish", medium="园区网站", published_on="2026-03-02")
    world.act("bureau_deputy", case, "case.void_propose", reason="误报")
    world.do("bureau_head", case, "decide_void", decision="agree", reason="误报")
    assert row(world, case).state == "voided"
    assert list(world.open_tasks(case)) == ["remove"]


def test_transfer_and_shut_down(world: World) -> None:
    case = journeys.served(world, "general")
    world.act("bureau_head", case, "case.transfer", receiver="市级部门", reason="不属管辖")
    assert row(world, case).state == "transferred"
    other = journeys.served(world, "general", description="另一处隐患")
    with pytest.raises(Invalid):
        world.act("bureau_head", other, "case.shut_down", reason="关停")
    photos = [world.photo("bureau_head")]
    world.act("bureau_head", other, "case.shut_down", reason="关停", photos=photos)
    assert row(world, other).state == "shut_down"


def test_a_returned_strike_off_goes_back_and_needs_every_body_again(world: World) -> None:
    case = journeys.served(world, "larger")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    world.do("economy_head", case, "strike_department", decision="agree")
    world.do("park_east_head", case, "strike_park", decision="return", opinion="照片不清")
    assert row(world, case).state == "rechecking"
    journeys.rechecked(world, case, "larger", "fail")
    assert row(world, case).state == "rectifying"
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    journeys.struck_off(world, case, "larger")
    assert row(world, case).state == "struck_off"
