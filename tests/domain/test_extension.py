"""A request for extension: taken, signed by two, in force; what is refused and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine import clock
from engine.errors import Conflict, Invalid, NotAllowed
from tests.domain import extensions as road
from tests.domain import journeys
from tests.domain.world import World


def before_the_end(world: World, **span: float) -> None:
    """Let time pass until so long before the date of a larger hazard ends."""
    world.pass_time(seconds=(road.END - clock.now() - timedelta(**span)).total_seconds())


def test_two_signatures_move_the_date_from_the_original(world: World) -> None:
    case = road.requested(world)
    assert road.last(world, case)["timeliness"] == "timely"
    road.park(world, case)
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-17")]
    road.department(world, case)
    found = road.last(world, case)
    assert (found["status"], world.document(case)["extensions"]) == ("effective", 1)
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-27")]
    assert {one["content_hash"] for one in found["signatures"]} == {found["content_hash"]}
    assert {one["new_date"] for one in found["signatures"]} == {"2026-03-27"}
    assert [state for _, state, _ in road.rows(world, case, "sign")] == ["met", "met"]
    assert road.rows(world, case, "filing") == [("filing", "live", "2026-03-03")]
    assert "listing.open" not in world.document(case)


@pytest.mark.parametrize("first", ["park", "department"])
def test_one_refusal_refuses_and_takes_the_other_task_away(world: World, first: str) -> None:
    case = road.requested(world)
    getattr(road, first)(world, case, "refuse")
    assert set(world.open_tasks(case)) == {"rectify"}
    assert road.last(world, case)["status"] == "refused"
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-17")]
    assert sorted(state for _, state, _ in road.rows(world, case, "sign")) == ["met", "voided"]


def test_a_refusal_after_a_first_consent_refuses(world: World) -> None:
    case = road.requested(world)
    stale = world.open_tasks(case)["sign_department"]
    road.department(world, case)
    road.park(world, case, "refuse")
    assert road.last(world, case)["status"] == "refused"
    with pytest.raises(Conflict):
        world.bihuan.runtime.complete_task(
            world.actor("economy_head"), stale, {"decision": "agree"}
        )


def test_signing_after_the_other_refused_is_refused(world: World) -> None:
    case = road.requested(world)
    task = world.open_tasks(case)["sign_department"]
    road.park(world, case, "refuse")
    with pytest.raises(Conflict):
        world.bihuan.runtime.complete_task(world.actor("economy_head"), task, {"decision": "agree"})
    assert world.document(case)["extensions"] == 0


def test_withdrawn_after_the_first_signature(world: World) -> None:
    case = road.requested(world)
    road.park(world, case)
    with pytest.raises(NotAllowed):
        world.act("economy_head", case, "extension.withdraw", reason="x")
    world.act("safety1", case, "extension.withdraw", reason="改为按期完成")
    assert road.last(world, case)["status"] == "withdrawn"
    assert set(world.open_tasks(case)) == {"rectify"}
    assert not world.document(case)["extension_pending"]
    with pytest.raises(Conflict):
        world.act("safety1", case, "extension.withdraw", reason="再次")
    road.request(world, case)
    assert road.last(world, case)["number"] == 2


def test_only_one_request_at_a_time(world: World) -> None:
    case = road.requested(world)
    with pytest.raises(Conflict, match="undecided"):
        road.request(world, case)


def test_only_the_enterprise_asks_and_never_another(world: World) -> None:
    case = road.running(world)
    for person in ("inspector1", "park_east_head"):
        with pytest.raises(NotAllowed):
            world.act(person, case, "extension.request", **road.asked(world))
    with pytest.raises(NotAllowed):
        world.act("principal2", case, "extension.request", **road.asked(world))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ground": "lack_of_funds"}, "ground"),
        ({"ground": "order_backlog"}, "ground"),
        ({"ground": "staff_busy"}, "ground"),
        ({"evidence": []}, "evidence"),
        ({"evidence": ["nothing"]}, "evidence"),
        ({"interim_measures": "  "}, "interim_measures"),
        ({"reason": ""}, "reason"),
        ({"new_date": "2026-03-17"}, "new_date"),
        ({"new_date": "2026-03-16"}, "new_date"),
        ({"new_date": "2026-04-02"}, "new_date"),
        ({"new_date": "2026-02-30"}, "new_date"),
        ({"milestones": []}, "milestones"),
        ({"milestones": [{"what": "到货", "finish_on": "2026-03-28"}]}, "milestones.0.finish_on"),
        ({"milestones": [{"what": "到货", "finish_on": "2026-03-01"}]}, "milestones.0.finish_on"),
        ({"milestones": [{"what": " ", "finish_on": "2026-03-20"}]}, "milestones.0.what"),
    ],
)
def test_what_is_wanting_is_named_by_its_field(
    world: World, changes: dict[str, Any], field: str
) -> None:
    case = road.running(world)
    with pytest.raises(Invalid) as told:
        road.request(world, case, **changes)
    assert field in {error.field for error in told.value.errors}
    assert world.document(case)["extension_requests"] == []


def test_the_last_day_of_the_cap_may_be_asked_and_a_rest_day_is_named(world: World) -> None:
    case = road.running(world)
    road.request(world, case, 11)
    assert road.last(world, case)["rest_day"] is True
    world.act("safety1", case, "extension.withdraw", reason="改期")
    road.request(world, case, 15)
    assert (road.last(world, case)["new_date"], road.last(world, case)["rest_day"]) == (
        "2026-04-01",
        False,
    )


def test_timely_until_three_days_before_then_late(world: World) -> None:
    case = road.running(world)
    before_the_end(world, days=3, seconds=1)
    road.request(world, case)
    assert road.last(world, case)["timeliness"] == "timely"
    world.act("safety1", case, "extension.withdraw", reason="改期")
    before_the_end(world, days=3)
    road.request(world, case)
    assert road.last(world, case)["timeliness"] == "late"
    assert world.document(case)["extension_pending"]


def test_the_last_second_is_in_time_and_the_next_is_not(world: World) -> None:
    case, other = road.running(world), road.running(world)
    before_the_end(world, seconds=1)
    road.request(world, case)
    world.time.advance(timedelta(seconds=1))
    with pytest.raises(Conflict):
        road.request(world, other)
    world.pass_time(seconds=1)
    with pytest.raises(Conflict, match="has ended"):
        road.request(world, other)


def test_what_is_reported_done_is_not_extended_but_a_pending_request_stays(world: World) -> None:
    case, other = road.requested(world), road.running(world)
    journeys.reported(world, case)
    assert set(world.open_tasks(case)) == {"recheck", "sign_park", "sign_department"}
    road.park(world, case)
    road.department(world, case)
    assert road.rows(world, case, "rectification") == [("rectification", "held", "2026-03-27")]
    journeys.reported(world, other)
    with pytest.raises(Conflict, match="rectification to run"):
        road.request(world, other)


def test_nothing_is_asked_before_the_paper_is_served(world: World) -> None:
    case = world.register()
    with pytest.raises(Conflict):
        road.request(world, case)


def test_a_case_keeps_the_rules_it_began_with(world: World) -> None:
    case = road.running(world)
    road.newer_rules(world, **{"extension.max_days": [3, 3]})
    world.pass_time(days=1)
    road.request(world, case, 15)
    assert road.last(world, case)["new_date"] == "2026-04-01"
    later = road.running(world)
    with pytest.raises(Invalid):
        road.request(world, later, 15)
