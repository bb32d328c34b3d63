"""Enforcement after strike-off, and what becomes of it where the case leaves otherwise."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from tests.domain import enforcements as road
from tests.domain import extensions, interviews, journeys
from tests.domain.test_enforcement import limit
from tests.domain.world import World
from workflows.domain.case_schema import CaseSchema


def struck_off(world: World, case: str, level: str = "larger") -> None:
    journeys.reported(world, case)
    journeys.rechecked(world, case, level)
    journeys.struck_off(world, case, level)
    assert extensions.state(world, case) == "struck_off"


def test_a_penalty_is_imposed_after_strike_off(world: World) -> None:
    case = road.expired(world)
    road.decide(world, case, "penalty")
    struck_off(world, case)
    assert set(world.open_tasks(case)) == {"penalty", "propose_host"}
    world.do("inspector1", case, "penalty", **road.PENALTY)
    assert set(world.open_tasks(case)) == {"propose_host"}
    entry = road.entry(world, case)
    assert entry["penalty"]["paper_number"] == "罚1号"
    assert (entry["lapsed"], entry["ended"]) == (None, None)


def test_a_referral_goes_on_after_strike_off(world: World) -> None:
    case = road.expired(world, "major")
    journeys.planned(world, case)
    road.decide(world, case, "referral")
    struck_off(world, case, "major")
    road.checked(world, case)
    world.do("bureau_head", case, "refer", refer="no", reason="已整改")
    assert "refer" not in world.open_tasks(case)
    assert road.entry(world, case)["referral"]["refer"] is False


def test_a_mandatory_decision_is_owed_after_strike_off(world: World) -> None:
    case = journeys.served(world, "larger")
    interviews.until(world, "2026-03-10T09:00")
    interviews.named(world, case)
    interviews.noticed(world, case, "2026-03-10T11:00")
    interviews.until(world, "2026-03-10T12:00")
    interviews.held(world, case, "2026-03-12", held_at="2026-03-10T11:00")
    interviews.until(world, "2026-03-13T09:00")
    struck_off(world, case)
    assert road.entry(world, case)["mandatory"] is True
    with pytest.raises(Invalid):
        road.decide(world, case)
    road.decide(world, case, "penalty")
    world.do("inspector1", case, "penalty", **road.PENALTY)
    assert set(world.open_tasks(case)) == {"propose_host", "report"}


def test_what_was_decided_ends_with_a_shut_down_and_says_so(world: World) -> None:
    case = road.expired(world, "major")
    road.decide(world, case, "penalty", "referral")
    photo = world.photo("bureau_head")
    world.act("bureau_head", case, "case.shut_down", reason="关停", photos=[photo])
    entry = road.entry(world, case)
    assert entry["lapsed"] is None
    assert entry["ended"]["cause"] == "shut_down"
    assert not {"penalty", "check_elements"} & set(world.open_tasks(case))
    assert not CaseSchema().validate(dict(world.document(case)))


def test_what_was_carried_out_before_an_exit_did_not_end(world: World) -> None:
    case = road.expired(world)
    road.decide(world, case, "penalty")
    world.do("inspector1", case, "penalty", **road.PENALTY)
    photo = world.photo("bureau_head")
    world.act("bureau_head", case, "case.shut_down", reason="关停", photos=[photo])
    assert road.entry(world, case)["ended"] is None


def final_running(world: World) -> str:
    case = journeys.served(world, "larger")
    interviews.until(world, "2026-03-10T09:00")
    interviews.named(world, case)
    interviews.noticed(world, case, "2026-03-10T11:00")
    interviews.until(world, "2026-03-10T12:00")
    interviews.held(world, case, "2026-03-12", held_at="2026-03-10T11:00")
    world.do("inspector2", case, "expiry_recheck", result="pass")
    assert interviews.rows(world, case, "final") == [("held", "2026-03-12")]
    interviews.until(world, "2026-03-16T09:00")
    return case


def test_a_final_date_stands_still_while_what_was_found_done_is_rechecked(world: World) -> None:
    case = final_running(world)
    journeys.rechecked(world, case, "larger")
    assert interviews.rows(world, case, "final") == [("met", "2026-03-12")]
    assert world.document(case)["done_at"].startswith("2026-03-10")


def test_it_runs_on_as_if_never_held_when_that_recheck_fails(world: World) -> None:
    case = final_running(world)
    journeys.rechecked(world, case, "larger", "fail")
    assert interviews.rows(world, case, "final") == [("expired", "2026-03-12")]
    assert world.document(case)["done_at"] is None


def test_a_return_of_strike_off_and_a_failed_recheck_leave_nothing_done(world: World) -> None:
    case = journeys.served(world, "general")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "general")
    assert world.document(case)["done_at"]
    world.do("bureau_head", case, "strike_finder", decision="return", opinion="缺照片")
    journeys.rechecked(world, case, "general", "fail")
    assert world.document(case)["done_at"] is None


def test_a_second_expiry_gives_no_more_time_for_the_decision(world: World) -> None:
    case = interviews.ready(world)
    assert limit(world, case, "decide") == "2026-03-13T00:00:00+08:00"
    interviews.held(world, case, "2026-03-12")
    interviews.expire(world, "2026-03-12")
    assert road.entry(world, case)["mandatory"] is True
    assert limit(world, case, "decide") == "2026-03-13T00:00:00+08:00"
