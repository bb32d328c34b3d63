"""An expiry opens the interview in its own settle, dated from the law's date, and day 3 counts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain import interviews as road
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import organisation


@pytest.mark.parametrize(
    ("level", "served", "due", "held_by"),
    [
        ("larger", "2026-03-02T09:00", "2026-03-17", "2026-03-20"),
        ("major", "2026-03-02T09:00", "2026-03-17", "2026-03-20"),
        ("larger", "2026-06-01T09:00", "2026-06-12", "2026-06-15"),
        ("larger", "2026-09-18T09:00", "2026-09-30", "2026-10-08"),
        ("major", "2026-09-18T09:00", "2026-09-30", "2026-10-03"),
        ("larger", "2026-03-02T09:00", "2026-03-11", "2026-03-16"),
        ("major", "2026-03-02T09:00", "2026-03-11", "2026-03-14"),
    ],
)
def test_day_three_rolls_for_larger_and_never_for_major(
    world: World, level: str, served: str, due: str, held_by: str
) -> None:
    if served != "2026-03-02T09:00":
        road.until(world, served)
    case = road.overdue(world, level, due)
    assert road.rows(world, case, "interview") == [("live", held_by)]
    opened = road.entry(world, case)
    assert opened["opened_at"] == world.document(case)["deadlines"][-1]["set_at"]
    assert (opened["kind"], opened["subject"], opened["late"]) == ("interview", "enterprise", False)


def test_nothing_is_open_an_instant_before_the_end_of_the_day(world: World) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date=road.DUE)
    road.until(world, "2026-03-09T23:59:59")
    assert world.document(case)["interviews"] == []
    assert set(world.open_tasks(case)) == {"rectify"}


def test_downtime_moves_no_date(world: World) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date=road.DUE)
    road.until(world, "2026-03-20T09:00")
    assert road.rows(world, case, "interview") == [("expired", "2026-03-12")]
    found = road.entry(world, case)
    assert (found["late"], found["late_reason"]) == (True, "not_held")
    assert "propose_host" in world.open_tasks(case)


def test_not_held_by_day_three_stays_owed_and_goes_to_the_principal(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-12T23:59:59")
    assert road.entry(world, case)["late"] is False
    assert "interview.late" not in road.news(world, "principal_leader")
    road.until(world, "2026-03-13T00:00")
    assert road.entry(world, case)["late"] is True
    assert road.rows(world, case, "interview") == [("expired", "2026-03-12")]
    assert "schedule" in world.open_tasks(case)
    assert "interview.late" in road.news(world, "principal_leader")
    assert "interview.late" in road.news(world, "office_officer")
    road.noticed(world, case, "2026-03-13T09:00", late_reason="约谈对象外地返回")
    road.until(world, "2026-03-13T10:00")
    road.held(world, case, "2026-03-18", held_at="2026-03-13T09:00")
    assert road.entry(world, case)["late"] is True
    assert road.rows(world, case, "interview") == [("expired", "2026-03-12")]


def test_a_recheck_failed_on_day_nineteen_makes_it_late_at_once_and_blames_nobody(
    world: World,
) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date="2026-03-17")
    road.until(world, "2026-03-16T10:00")
    journeys.reported(world, case)
    road.until(world, "2026-03-21T10:00")
    assert world.document(case)["interviews"] == []
    journeys.rechecked(world, case, "larger", "fail")
    found = road.entry(world, case)
    assert found["recheck_late"] == {"from": "2026-03-18", "to": "2026-03-21"}
    assert (found["late"], found["late_reason"]) == (True, "recheck_late")
    (duty,) = [d for d in world.document(case)["deadlines"] if d["kind"] == "interview"]
    assert (duty["state"], duty["due_date"]) == ("expired", "2026-03-20")
    assert "责任不在企业" in duty["events"][-1]["note"]
    overdue = next(d for d in world.document(case)["deadlines"] if d["kind"] == "rectification")
    assert overdue["expired_at"] == overdue["due_at"]


def test_a_recheck_failed_in_time_of_the_duty_is_noted_too(world: World) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date="2026-03-17")
    road.until(world, "2026-03-16T10:00")
    journeys.reported(world, case)
    road.until(world, "2026-03-18T10:00")
    journeys.rechecked(world, case, "larger", "fail")
    found = road.entry(world, case)
    assert (found["late"], found["recheck_late"]["to"]) == (False, "2026-03-18")


def test_a_general_hazard_brings_a_talk_with_a_short_record(world: World) -> None:
    case = road.overdue(world, "general", "2026-03-03")
    found = road.entry(world, case)
    assert (found["kind"], found["duty"], found["host"]) == ("talk", None, None)
    assert road.rows(world, case, "interview") == []
    road.until(world, "2026-03-04T09:00")
    world.do(
        "park_east_head",
        case,
        "talk",
        talked_at=road.at("2026-03-04T08:30").isoformat(),
        spoken_to="厂长",
        record="限今日完成",
    )
    assert road.entry(world, case)["talk"]["record"] == "限今日完成"
    assert "talk" not in world.open_tasks(case)


def test_the_third_overdue_of_an_enterprise_in_ninety_days_is_an_interview(world: World) -> None:
    kinds = [
        road.entry(world, road.overdue(world, "general", due))["kind"]
        for due in ("2026-03-03", "2026-03-05", "2026-03-09")
    ]
    assert kinds == ["talk", "talk", "interview"]


def test_what_is_older_than_ninety_days_or_voided_is_not_counted(world: World) -> None:
    road.overdue(world, "general", "2026-03-03")
    voided = road.overdue(world, "general", "2026-03-05")
    world.act("bureau_deputy", voided, "case.void_propose", reason="误报")
    world.do("bureau_head", voided, "decide_void", decision="agree", reason="误报")
    third = road.overdue(world, "general", "2026-03-09")
    assert road.entry(world, third)["counters"]["overdue_90"] == 1
    road.until(world, "2026-06-15T09:00")
    later = road.overdue(world, "general", "2026-06-17")
    assert road.entry(world, later)["counters"]["overdue_90"] == 0


def test_another_enterprise_counts_for_itself(world: World) -> None:
    with world.bihuan.database.read() as session:
        assert organisation.enterprise(session, "enterprise02").park is None
    for due in ("2026-03-03", "2026-03-05"):
        road.overdue(world, "general", due)
    case = world.register(enterprise="enterprise02")
    world.do("inspector1", case, "confirm_level", level="general", criterion=None, reason=None)
    journeys.serve(world, case, "general")
    road.expire(world, str(date(2026, 3, 7)))
    assert road.entry(world, case)["counters"]["overdue_90"] == 0
    task = world.open_tasks(case)["talk"]
    record = {"talked_at": road.at("2026-03-07T09:00").isoformat(), "spoken_to": "厂长"}
    world.bihuan.runtime.complete_task(world.actor("town_officer"), task, record | {"record": "r"})
    assert road.entry(world, case)["talk"]["by"] == "town_officer"


def test_an_exit_voids_what_still_runs(world: World) -> None:
    case = road.overdue(world)
    world.act("bureau_deputy", case, "case.void_propose", reason="误报")
    world.do("bureau_head", case, "decide_void", decision="agree", reason="误报")
    assert road.rows(world, case, "interview") == [("voided", "2026-03-12")]
    assert world.open_tasks(case) == {}
