"""Enforcement: who decides what by when, what a second expiry changes, what nothing does alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine import clock
from engine.errors import Invalid, NotAllowed
from engine.store.tables import Task
from tests.domain import enforcements as road
from tests.domain import extensions, interviews, journeys
from tests.domain.world import World


def limit(world: World, case: str, element: str) -> str:
    with world.bihuan.database.read() as session:
        query = select(Task.due_at).where(
            Task.case_id == case, Task.element == element, Task.status == "open"
        )
        due = session.scalar(query)
    return clock.beijing(due).isoformat() if due else ""


def refused_at(world: World, person: str, case: str, element: str, **data: object) -> str:
    with pytest.raises(Invalid) as caught:
        world.do(person, case, element, **data)
    return caught.value.errors[0].field


def test_an_expiry_opens_a_decision_of_three_working_days(world: World) -> None:
    case = road.expired(world)
    assert "decide" in world.open_tasks(case)
    found = road.entry(world, case)
    assert (found["number"], found["mandatory"], found["decision"]) == (1, False, None)
    # The date ended with Monday 9 March; it is Tuesday, and Friday is the third working day.
    assert limit(world, case, "decide") == "2026-03-14T00:00:00+08:00"


def test_what_an_expiry_opens_at_its_24_hours_counts_from_the_day_that_ended(world: World) -> None:
    case = interviews.overdue(world)
    # Monday 9 March has ended: Tuesday, Wednesday and Thursday are the three working days.
    for element in ("decide", "expiry_recheck"):
        assert limit(world, case, element) == "2026-03-13T00:00:00+08:00"


def test_after_a_first_expiry_the_head_may_let_it_be_with_reasons(world: World) -> None:
    case = road.expired(world)
    with pytest.raises(NotAllowed):
        road.decide(world, case, person="inspector1")
    field = refused_at(world, "bureau_head", case, "decide", pursue="no")
    assert field == "reason"
    road.decide(world, case)
    assert road.entry(world, case)["decision"]["pursue"] is False
    assert "decide" not in world.open_tasks(case)


def test_to_pursue_is_to_choose(world: World) -> None:
    case = road.expired(world)
    data = {"pursue": "yes", "reason": "r"}
    assert refused_at(world, "bureau_head", case, "decide", **data) == "pursue"


@pytest.mark.parametrize("measure", ["stop_measures", "power_cut"])
def test_only_a_major_hazard_is_stopped_or_cut_off(world: World, measure: str) -> None:
    case = road.expired(world)
    data = {"pursue": "yes", "reason": "r", measure: True}
    assert refused_at(world, "bureau_head", case, "decide", **data) == measure


def test_measures_run_side_by_side_and_only_the_chosen_ones(world: World) -> None:
    case = road.expired(world, "major")
    road.decide(world, case, "stop_measures", "penalty")
    assert {"stop_measures", "penalty"} <= set(world.open_tasks(case))
    assert not {"power_cut", "check_elements"} & set(world.open_tasks(case))


def test_stop_measures_take_two_officers_with_their_certificates(world: World) -> None:
    case = road.expired(world, "major")
    road.decide(world, case, "stop_measures")
    said = {"measure": "stop_use", "scope": "一号炉", "ground": "仍在使用"}
    same = [road.OFFICERS[0], road.OFFICERS[0]]
    for officers in (road.OFFICERS[:1], same):
        field = refused_at(world, "inspector1", case, "stop_measures", **said, officers=officers)
        assert field == "officers"
    world.do("inspector1", case, "stop_measures", **said, officers=road.OFFICERS)
    assert len(road.entry(world, case)["stop_measures"]["officers"]) == 2


def test_penalties_of_the_enterprise_are_counted_over_its_cases(world: World) -> None:
    for number in range(2):
        case = road.expired(world, description=f"隐患{number}")
        road.decide(world, case, "penalty")
        world.do("inspector1", case, "penalty", **road.PENALTY)
        assert road.entry(world, case)["penalty"]["counters"] == {
            "180": number,
            "365": number,
        }
    world.pass_time(days=200)
    case = road.expired(world, description="隐患3")
    form = world.bihuan.runtime.task_form(
        world.actor("bureau_head"), world.open_tasks(case)["decide"]
    )
    assert "180 天内处罚 0 次" in str(form.values["counters"])
    assert "365 天内处罚 2 次" in str(form.values["counters"])


def test_a_penalty_for_what_never_was_a_hazard_is_not_counted(world: World) -> None:
    case = road.expired(world, description="误报")
    road.decide(world, case, "penalty")
    world.do("inspector1", case, "penalty", **road.PENALTY)
    world.act("bureau_deputy", case, "case.void_propose", reason="误报")
    world.do("bureau_head", case, "decide_void", decision="agree", reason="误报")
    case = road.expired(world, description="另一处")
    road.decide(world, case, "penalty")
    world.do("inspector1", case, "penalty", **road.PENALTY)
    assert road.entry(world, case)["penalty"]["counters"] == {"180": 0, "365": 0}


def test_the_power_is_cut_a_day_after_the_notice_save_in_danger(world: World) -> None:
    case = road.expired(world, "major")
    only = {"pursue": "yes", "reason": "r", "power_cut": True}
    assert refused_at(world, "bureau_head", case, "decide", **only) == "power_cut"
    road.decide(world, case, "stop_measures", "power_cut")
    told = clock.now()
    at_once = {"emergency": True, "cut_at": told.isoformat()}
    assert refused_at(world, "bureau_head", case, "power_cut", **road.CUT, **at_once) == "refusal"
    said = {"measure": "stop_use", "scope": "一号炉", "ground": "仍在使用"}
    world.do("inspector1", case, "stop_measures", **said, officers=road.OFFICERS)
    before = {"emergency": True, "cut_at": (told - timedelta(hours=1)).isoformat()}
    assert refused_at(world, "bureau_head", case, "power_cut", **road.CUT, **before) == "cut_at"
    early = {"noticed_at": told.isoformat(), "cut_at": (told + timedelta(hours=23)).isoformat()}
    assert refused_at(world, "bureau_head", case, "power_cut", **road.CUT, **early) == "cut_at"
    with pytest.raises(NotAllowed):
        world.do("inspector1", case, "power_cut", **road.CUT, **early)
    world.do("bureau_head", case, "power_cut", **road.CUT, **at_once)
    assert road.entry(world, case)["power_cut"]["noticed_at"] is None


def test_a_referral_takes_two_officers_and_the_head_three_persons(world: World) -> None:
    case = road.expired(world, "major")
    road.decide(world, case, "referral")
    data = road.elements(world, "bureau_head")
    world.do("bureau_head", case, "check_elements", **data)
    with pytest.raises(NotAllowed):
        world.do("bureau_head", case, "check_second", decision="agree")
    world.do("inspector1", case, "check_second", decision="agree")
    with pytest.raises(NotAllowed):
        world.do("bureau_head", case, "refer", refer="yes")


def test_the_head_cannot_refer_while_an_element_is_missing(world: World) -> None:
    case = road.expired(world, "major")
    road.decide(world, case, "referral")
    road.checked(world, case, "actual_danger")
    assert refused_at(world, "bureau_head", case, "refer", refer="yes") == "refer"
    assert refused_at(world, "bureau_head", case, "refer", refer="no") == "reason"
    world.do("bureau_head", case, "refer", refer="no", reason="无现实危险")
    assert "hand_over" not in world.open_tasks(case)
    assert road.entry(world, case)["referral"]["refer"] is False


def test_a_hazard_that_is_not_major_is_never_referred(world: World) -> None:
    case = road.expired(world)
    road.decide(world, case, "referral")
    road.checked(world, case)
    assert refused_at(world, "bureau_head", case, "refer", refer="yes") == "refer"


def test_a_met_element_needs_evidence(world: World) -> None:
    case = road.expired(world, "major")
    road.decide(world, case, "referral")
    data = road.elements(world, "inspector1") | {"refusal_evidence": []}
    field = refused_at(world, "inspector1", case, "check_elements", **data)
    assert field == "refusal_evidence"


def test_the_referral_is_decided_in_three_days_and_handed_over_in_24_hours(world: World) -> None:
    case = road.expired(world, "major")
    road.decide(world, case, "referral")
    road.checked(world, case)
    day = clock.beijing_date(clock.now())
    assert limit(world, case, "refer")[:10] == (day + timedelta(days=4)).isoformat()
    world.do("bureau_head", case, "refer", refer="yes")
    decided = clock.now()
    assert (
        limit(world, case, "hand_over") == clock.beijing(decided + timedelta(hours=24)).isoformat()
    )
    early = {"handed_over_at": (decided - timedelta(hours=1)).isoformat()}
    receipt = {"police": "公安分局", "receipt_number": "公收1号"}
    field = refused_at(world, "inspector1", case, "hand_over", **receipt, **early)
    assert field == "handed_over_at"
    world.do("inspector1", case, "hand_over", **receipt, handed_over_at=decided.isoformat())
    assert road.entry(world, case)["referral"]["receipt"]["number"] == "公收1号"


def test_nothing_is_decided_or_referred_by_itself(world: World) -> None:
    case = road.expired(world, "major")
    world.pass_time(days=120)
    assert "decide" in world.open_tasks(case)
    road.decide(world, case, "referral")
    road.checked(world, case)
    world.pass_time(days=120)
    assert "refer" in world.open_tasks(case)
    assert road.entry(world, case)["referral"]["decided_at"] is None


def test_no_decision_while_a_timely_request_is_undecided(world: World) -> None:
    case = extensions.requested(world)
    world.pass_time(days=17)
    assert "decide" not in world.open_tasks(case)
    assert road.entry(world, case)["decision"] is None
    extensions.park(world, case, "refuse")
    assert "decide" in world.open_tasks(case)


def test_a_late_approval_takes_the_expiry_back(world: World) -> None:
    case = extensions.requested(world)
    world.pass_time(days=17)
    extensions.park(world, case)
    extensions.department(world, case)
    assert road.entry(world, case)["lapsed"]["cause"] == "extension"
    assert "decide" not in world.open_tasks(case)
    world.pass_time(days=20)
    found = road.entry(world, case)
    assert (found["number"], found["mandatory"]) == (2, False)
    assert "decide" in world.open_tasks(case)


def test_it_outlives_a_new_paper_and_ends_with_the_case(world: World) -> None:
    case = road.expired(world)
    journeys.raised(world, case)
    assert {"decide", "serve_order"} <= set(world.open_tasks(case))
    photo = world.photo("bureau_head")
    world.act("bureau_head", case, "case.shut_down", reason="关停", photos=[photo])
    assert "decide" not in world.open_tasks(case)
