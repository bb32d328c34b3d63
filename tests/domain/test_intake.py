"""The intake gate: who may register what, bad input, duplicates, origins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import clock
from engine.errors import Invalid, NotAllowed
from engine.store.tables import History
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import ledger
from workflows.domain.levels import kept_source, origin_shown
from workflows.domain.registration import fingerprint


def refused(world: World, person: str = "inspector1", **changes: Any) -> Invalid:
    with pytest.raises(Invalid) as caught:
        world.register(person, **changes)
    with world.bihuan.database.read() as session:
        page = ledger.page(session, world.actor("auditor"), ledger.LedgerFilter(), clock.now())
    assert page.total == 0
    return caught.value


def test_a_town_alone_may_not_inspect_an_above_scale_enterprise(world: World) -> None:
    error = refused(world, "town_officer", finder_body="town1", source="town")
    assert error.errors[0].field == "finder_body"
    assert "四上" in error.message_zh


def test_a_town_may_inspect_a_small_one(world: World) -> None:
    case = world.register("town_officer", finder_body="town1", enterprise="enterprise02")
    assert world.document(case)["bodies"]["park_command"] == "town1"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"found_at": "2026-03-02T09:00:01+08:00"}, "found_at"),
        ({"found_at": "2026-02-30T09:00:00+08:00"}, "found_at"),
        ({"enterprise": "enterprise99"}, "enterprise"),
        ({"category": "weather"}, "category"),
        ({"description": " "}, "description"),
        ({"photos": ["no-such-photo"]}, "photos"),
    ],
)
def test_bad_input_is_refused_at_its_field(
    world: World, changes: dict[str, Any], field: str
) -> None:
    assert field in {error.field for error in refused(world, **changes).errors}


def test_only_inspectors_of_the_body_register_in_its_name(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.register("principal1", finder_body="bureau")


def test_an_enterprise_reports_its_own_hazard(world: World) -> None:
    case = world.register("safety1", source="self", finder_body="park_east")
    document = world.document(case)
    assert (document["source"], document["entry_mode"]) == ("self", "self")


def test_a_self_reported_major_hazard_runs_from_the_report(world: World) -> None:
    case = world.register("safety1", source="self", finder_body="bureau", criterion="令10 五(六)")
    world.pass_time(days=1)
    journeys.grade_major(world, case)
    with pytest.raises(Invalid, match="not later than 2026-03-17"):
        journeys.serve(world, case, "major")
    journeys.serve(world, case, "major", due_date="2026-03-17")
    assert world.document(case)["deadlines"][-1]["due_date"] == "2026-03-17"


def test_the_same_open_hazard_is_linked_not_refused(world: World) -> None:
    first = world.register()
    second = world.register("inspector2", description="冷却水,未设压力报警 ")
    other = world.register("inspector2", location="二号车间")
    assert world.document(second)["duplicate_of"] == first
    assert world.document(other)["duplicate_of"] is None


def test_fingerprints_ignore_width_case_and_punctuation() -> None:
    assert fingerprint("A炉,无报警。", "1号") == fingerprint("a炉无报警", "１号")
    assert fingerprint("A炉无报警", "1号") != fingerprint("A炉无报警", "2号")


def test_no_kept_origin_tells_a_report_from_an_inspection(world: World) -> None:
    documents = [
        world.document(world.register(source=source, description=str(number)))
        for number, source in enumerate(("report_transferred", "department", "expert"))
    ]
    assert {document["source"] for document in documents} == {"inspection"}
    with world.bihuan.database.read() as session:
        kept = " ".join(session.scalars(select(History.data)))
    assert "report_transferred" not in kept
    assert origin_shown(kept_source("report_transferred")) == origin_shown("department")
    assert origin_shown("self")[0] == "自查"


def test_numbers_follow_one_another_within_the_year(world: World) -> None:
    numbers = [world.document(world.register(description=str(n)))["number"] for n in range(2)]
    assert numbers == ["GY-2026-000001", "GY-2026-000002"]


def test_service_is_checked(world: World) -> None:
    case = world.register("inspector1", finder_body="bureau")
    world.do("inspector1", case, "confirm_level", level="larger")
    later = (clock.beijing(clock.now()) + timedelta(minutes=1)).isoformat()
    faults: list[tuple[dict[str, Any], str]] = [
        ({"served_at": later}, "served_at"),
        ({"served_at": "2026-03-01T09:00:00+08:00"}, "served_at"),
        ({"due_date": "2026-03-18"}, "due_date"),
        ({"due_date": "2026-03-01"}, "due_date"),
        ({"service_method": "left", "recipient": None, "witnesses": "示例丁"}, "witnesses"),
    ]
    for changes, field in faults:
        with pytest.raises(Invalid) as caught:
            journeys.serve(world, case, "larger", **changes)
        assert caught.value.errors[0].field == field
    journeys.serve(
        world,
        case,
        "larger",
        service_method="refused_witnessed",
        recipient=None,
        witnesses="示例丁、示例戊",
        document_kind="order",
    )
    kinds = {d["kind"]: d["state"] for d in world.document(case)["deadlines"]}
    assert kinds == {"serve": "met", "rectification": "live", "order": "live"}


def test_a_general_hazard_beyond_a_day_needs_a_reason(world: World) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="general")
    with pytest.raises(Invalid) as caught:
        journeys.serve(world, case, "general", due_date="2026-03-05")
    assert caught.value.errors[0].field == "reason"
    journeys.serve(world, case, "general", due_date="2026-03-05", reason="须夜间停机")


def test_a_body_without_enforcement_power_issues_no_order(world: World) -> None:
    case = world.register("park_east_head", finder_body="park_east")
    world.do("park_east_head", case, "confirm_level", level="larger")
    with pytest.raises(Invalid, match="enforcement power"):
        journeys.serve(world, case, "larger", "park_east_head", document_kind="order")


def test_a_town_does_not_pass_the_gate_by_naming_a_self_check(world: World) -> None:
    error = refused(world, "town_officer", finder_body="town1", source="self")
    assert error.errors[0].field == "finder_body"


def test_an_enterprise_reports_to_a_body_that_answers_for_it(world: World) -> None:
    error = refused(world, "safety1", finder_body="park_west", source="self")
    assert error.errors[0].field == "finder_body"
    assert world.register("safety1", finder_body="industry_economy", source="self")


def test_a_self_reported_major_hazard_graded_late_can_still_be_served(world: World) -> None:
    case = world.register("safety1", source="self", finder_body="bureau", criterion="令10 五(六)")
    world.pass_time(days=20)
    journeys.grade_major(world, case)
    journeys.serve(world, case, "major")
    assert world.document(case)["deadlines"][-1]["due_date"] == "2026-04-06"


def test_a_raised_paper_is_not_served_before_it_was_raised(world: World) -> None:
    case = journeys.served(world, "general")
    before = clock.beijing(clock.now())
    world.pass_time(hours=20, seconds=30)
    world.act("inspector1", case, "level.raise", level="larger", reason="r")
    with pytest.raises(Invalid, match="after the level was raised"):
        journeys.serve(world, case, "larger", served_at=before.isoformat())
    journeys.serve(world, case, "larger", served_at=_minute())
    assert world.document(case)["grading"][-1]["act"] == "level.raise"


def _minute() -> str:
    return clock.beijing(clock.now()).replace(second=0, microsecond=0).isoformat()


def test_a_plan_does_not_end_before_service_nor_a_notice_hang_tomorrow(world: World) -> None:
    case = journeys.served(world, "major")
    five = {"responsible": "a", "measures": "m", "funds": 1, "contingency": "c"}
    with pytest.raises(Invalid, match="from the day of service"):
        world.do("principal1", case, "submit_plan", **five, finish_date="2026-03-01")
    world.do("principal1", case, "submit_plan", **five, finish_date="2026-03-02")
    notice = {"place": "p", "photos": [world.photo("safety1")]}
    with pytest.raises(Invalid, match="not after today"):
        world.do("safety1", case, "post_notice", **notice, posted_on="2026-03-03")
    world.do("safety1", case, "post_notice", **notice, posted_on="2026-03-02")
    assert world.document(case)["phase"] == "rectifying"
