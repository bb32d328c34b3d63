"""Returned and silent requests, second extensions, two persons: what signing may never become."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine import clock
from engine.errors import BihuanError, Conflict, Invalid, NotAllowed
from engine.ports import Actor
from tests.domain import extensions as road
from tests.domain.world import World
from workflows.domain import organisation


def grant(world: World, person: str, body: str, role: str) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, person, body, role)


def sign_as(world: World, actor: Actor, case: str, element: str) -> None:
    task = world.open_tasks(case)[element]
    world.bihuan.runtime.complete_task(actor, task, {"decision": "agree"})


def test_a_return_voids_the_other_signature_and_keeps_the_filing_time(world: World) -> None:
    case = road.requested(world)
    asked_at = road.last(world, case)["at"]
    road.park(world, case)
    world.pass_time(hours=2)
    road.department(world, case, "return")
    found = road.last(world, case)
    assert (found["status"], found["resubmit_day"]) == ("returned", "2026-03-03")
    assert [one["standing"] for one in found["signatures"]] == [False, False]
    assert set(world.open_tasks(case)) == {"rectify", "resubmit"}
    assert world.document(case)["extension_pending"]
    world.do("principal1", case, "resubmit", **road.asked(world, 8))
    again = road.last(world, case)
    assert (again["status"], again["revision"], again["at"]) == ("pending", 2, asked_at)
    assert again["new_date"] == "2026-03-25"
    assert again["content_hash"] != found["content_hash"]
    assert {"sign_park", "sign_department"} <= set(world.open_tasks(case))
    road.park(world, case)
    road.department(world, case)
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-25")]


def test_a_return_first_takes_the_other_task_away(world: World) -> None:
    case = road.requested(world)
    road.park(world, case, "return")
    assert set(world.open_tasks(case)) == {"rectify", "resubmit"}
    assert sorted(state for _, state, _ in road.rows(world, case, "sign")) == ["met", "voided"]


def test_a_request_not_sent_again_lapses_and_may_be_made_anew(world: World) -> None:
    case = road.requested(world)
    road.park(world, case)
    road.department(world, case, "return")
    world.pass_time(days=3)
    assert road.last(world, case)["status"] == "lapsed"
    assert set(world.open_tasks(case)) == {"rectify"}
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-17")]
    road.request(world, case)
    assert road.last(world, case)["number"] == 2


def test_a_date_that_has_passed_is_named_when_it_is_sent_again(world: World) -> None:
    case = road.requested(world, 1)
    world.pass_time(days=17)
    road.park(world, case, "return")
    with pytest.raises(Invalid) as refused:
        world.do("principal1", case, "resubmit", **road.asked(world, 1))
    said = refused.value.by_field("zh")
    assert set(said) == {"new_date"}
    assert said["new_date"] == ["申请的期限 2026-03-18 已过，请改报今天（2026-03-19）或以后的日期"]
    assert "has passed" in refused.value.by_field("en")["new_date"][0]
    world.do("principal1", case, "resubmit", **road.asked(world, 2))
    assert road.last(world, case)["new_date"] == "2026-03-19"


def test_nothing_is_sent_again_once_the_day_has_passed(world: World) -> None:
    case = road.requested(world)
    road.park(world, case, "return")
    task = world.open_tasks(case)["resubmit"]
    data = road.asked(world)
    world.time.advance(timedelta(days=3))
    with pytest.raises(Conflict):
        world.bihuan.runtime.complete_task(world.actor("principal1"), task, data)
    world.pass_time(seconds=1)
    assert road.last(world, case)["status"] == "lapsed"


def test_a_returned_request_may_be_withdrawn(world: World) -> None:
    case = road.requested(world)
    road.park(world, case, "return")
    world.act("principal1", case, "extension.withdraw", reason="不再需要")
    assert road.last(world, case)["status"] == "withdrawn"
    assert set(world.open_tasks(case)) == {"rectify"}


def test_a_resubmission_is_checked_like_the_request(world: World) -> None:
    case = road.requested(world)
    road.park(world, case, "return")
    with pytest.raises(Invalid):
        world.do("principal1", case, "resubmit", **road.asked(world, 16))
    assert road.last(world, case)["status"] == "returned"


def test_one_person_with_both_roles_signs_once(world: World) -> None:
    grant(world, "park_east_head", "industry_economy", "head")
    case = road.requested(world)
    road.park(world, case)
    with pytest.raises(NotAllowed):
        road.sign(world, "park_east_head", case, "sign_department", "agree")
    road.department(world, case)
    assert road.last(world, case)["status"] == "effective"


def test_one_person_as_deputy_standing_in_signs_once(world: World) -> None:
    grant(world, "economy_head", "park_east", "deputy")
    case = road.requested(world)
    world.pass_time(days=3)
    road.department(world, case)
    with pytest.raises(NotAllowed):
        road.sign(world, "economy_head", case, "sign_park", "agree")
    road.sign(world, "park_east_deputy", case, "sign_park", "agree")
    assert road.last(world, case)["status"] == "effective"


def test_one_person_for_somebody_absent_signs_once(world: World) -> None:
    case = road.requested(world)
    road.park(world, case)
    absent = world.actor("economy_head")
    stand_in = replace(world.actor("park_east_head"), grants=absent.grants)
    for actor in (
        replace(stand_in, acting_for="economy_head"),
        replace(absent, acting_for="park_east_head"),
    ):
        with pytest.raises(NotAllowed):
            sign_as(world, actor, case, "sign_department")
    sign_as(world, absent, case, "sign_department")


def test_nobody_of_the_enterprise_signs_not_even_for_somebody_absent(world: World) -> None:
    grant(world, "park_east_head", "enterprise01", "safety_officer")
    case = road.requested(world)
    with pytest.raises(NotAllowed):
        road.park(world, case)
    actor = replace(world.actor("economy_head"), acting_for="principal1")
    with pytest.raises(NotAllowed):
        sign_as(world, actor, case, "sign_department")


def test_silence_widens_to_deputies_and_tells_the_leader_but_never_consents(world: World) -> None:
    case = road.requested(world)
    task = world.open_tasks(case)["sign_park"]
    with pytest.raises(NotAllowed):
        road.sign(world, "park_east_deputy", case, "sign_park", "agree")
    world.pass_time(days=8)
    assert world.open_tasks(case)["sign_park"] == task
    for person in ("leader", "office_officer"):
        with pytest.raises(NotAllowed):
            road.sign(world, person, case, "sign_park", "agree")
    road.sign(world, "park_east_deputy", case, "sign_park", "agree")
    assert road.last(world, case)["status"] == "pending"
    states = [(state, day) for _, state, day in road.rows(world, case, "sign")]
    assert sorted(states) == [("expired", "2026-03-04"), ("live", "2026-03-04")]


def test_a_second_needs_the_leader_besides(world: World) -> None:
    case = road.granted(world)
    world.pass_time(days=1)
    world.act("principal1", case, "extension.request", **road.second(world))
    road.department(world, case)
    road.park(world, case)
    assert "sign_leader" in world.open_tasks(case)
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-27")]
    world.do("leader", case, "sign_leader", decision="agree")
    found = road.last(world, case)
    assert (found["status"], found["second"], found["new_date"]) == (
        "effective",
        True,
        "2026-04-26",
    )
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-04-26")]
    with pytest.raises(Conflict, match="committee"):
        world.act("principal1", case, "extension.request", **road.second(world))


@pytest.mark.parametrize(("decision", "status"), [("refuse", "refused"), ("return", "returned")])
def test_the_leader_may_refuse_or_return_a_second(world: World, decision: str, status: str) -> None:
    case = road.granted(world)
    world.act("principal1", case, "extension.request", **road.second(world))
    road.park(world, case)
    road.department(world, case)
    road.sign(world, "leader", case, "sign_leader", decision)
    assert road.last(world, case)["status"] == status
    assert world.document(case)["extensions"] == 1
    assert road.rows(world, case, "rectification") == [("rectification", "live", "2026-03-27")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"expert_opinion": ""}, "expert_opinion"),
        ({"milestone_proof": []}, "milestone_proof"),
        ({"milestone_number": 2}, "milestone_number"),
        ({"new_date": "2026-04-27"}, "new_date"),
    ],
)
def test_what_a_second_lacks_is_named(world: World, changes: dict[str, object], field: str) -> None:
    case = road.granted(world)
    with pytest.raises(Invalid) as told:
        world.act("principal1", case, "extension.request", **(road.second(world) | changes))
    assert field in {error.field for error in told.value.errors}


def test_both_at_the_same_instant_are_taken_one_after_the_other(world: World) -> None:
    case = road.requested(world)
    tasks = world.open_tasks(case)
    now = clock.now()
    world.bihuan.runtime.complete_task(
        world.actor("park_east_head"), tasks["sign_park"], {"decision": "agree"}
    )
    world.bihuan.runtime.complete_task(
        world.actor("economy_head"), tasks["sign_department"], {"decision": "agree"}
    )
    found = road.last(world, case)
    assert {one["at"] for one in found["signatures"]} == {now.isoformat()}
    assert found["status"] == "effective"
    with pytest.raises(BihuanError):
        world.bihuan.runtime.complete_task(
            world.actor("park_east_head"), tasks["sign_park"], {"decision": "agree"}
        )


def test_outside_the_parks_the_town_signs_in_the_place_of_the_command(world: World) -> None:
    case = road.running(world, enterprise="enterprise02")
    proof = [world.photo("principal2")]
    world.act("principal2", case, "extension.request", **road.asked(world, evidence=proof))
    with pytest.raises(NotAllowed):
        road.park(world, case)
    road.sign(world, "town_head", case, "sign_park", "agree")
    road.department(world, case)
    assert road.last(world, case)["status"] == "effective"


def test_a_milestone_finished_before_its_day_is_proven_like_any_other(world: World) -> None:
    to_come = [{"what": "设备到货", "finish_on": "2026-03-20"}]
    case = road.requested(world, milestones=to_come)
    road.park(world, case)
    road.department(world, case)
    world.act("principal1", case, "extension.request", **road.second(world))
    proof = road.last(world, case)["milestone_proof"]
    assert (proof["number"], proof["what"], len(proof["evidence"])) == (1, "设备到货", 1)


def test_what_was_refused_is_not_asked_again_unchanged(world: World) -> None:
    case = road.requested(world)
    road.park(world, case, "refuse")
    with pytest.raises(Conflict, match="differs from request 1"):
        road.request(world, case)
    road.request(world, case, reason="供货方再次书面推迟交货期")
    assert road.last(world, case)["number"] == 2
