"""The interview itself: notice, no-show, postponement, minutes, final date, report, lapse."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Invalid
from tests.domain import extensions, journeys
from tests.domain import interviews as road
from tests.domain.world import World


def refused(world: World, field: str, **changes: Any) -> None:
    """Expect a refusal at a field of the host's form; nothing is written."""
    case = road.ready(world)
    data = road.minutes("2026-03-11T10:00", "2026-03-16") | changes
    with pytest.raises(Invalid) as raised:
        world.do("park_east_head", case, "hold", **data)
    assert [one.field for one in raised.value.errors] == [field]
    assert road.entry(world, case)["held"] is None


# ---------------------------------------------------------------- held


def test_held_in_time_with_a_final_date_and_a_report_due(world: World) -> None:
    case = road.ready(world)
    road.held(world, case, "2026-03-18")
    assert road.rows(world, case, "interview") == [("met", "2026-03-12")]
    assert road.rows(world, case, "interview_report") == [("live", "2026-03-18")]
    (final,) = [d for d in world.document(case)["deadlines"] if d["kind"] == "final"]
    assert (final["state"], final["due_date"]) == ("live", "2026-03-18")
    assert [change["cause"] for change in final["changes"]] == ["interview_final"]
    document = world.document(case)
    assert document["interviewed"] is True
    overdue = next(d for d in document["deadlines"] if d["kind"] == "rectification")
    assert overdue["state"] == "expired"
    assert "interview.held" in road.news(world, "principal1")


def test_held_is_not_ahead_of_now(world: World) -> None:
    refused(world, "held_at", held_at=road.at("2026-03-11T11:01").isoformat())


def test_held_is_not_before_the_notice(world: World) -> None:
    refused(world, "held_at", held_at=road.at("2026-03-10T08:59").isoformat())


def test_nothing_can_be_held_before_the_expiry(world: World) -> None:
    case = world.register()
    world.do("inspector1", case, "confirm_level", level="larger", criterion=None, reason=None)
    journeys.serve(world, case, "larger", due_date=road.DUE)
    road.until(world, "2026-03-09T23:59:59")
    assert not {"propose_host", "schedule", "hold"} & set(world.open_tasks(case))


def test_a_substitute_is_no_interview(world: World) -> None:
    refused(world, "came", came="substitute")


@pytest.mark.parametrize("final", ["2026-03-19", "2026-03-10", None])
def test_the_final_date_lies_within_seven_days_of_the_interview(
    world: World, final: str | None
) -> None:
    refused(world, "final_date", final_date=final)


def test_minutes_entered_after_day_three_of_an_interview_held_in_time(world: World) -> None:
    case = road.ready(world)
    road.until(world, "2026-03-13T09:00")
    assert road.entry(world, case)["late"] is True
    road.held(world, case)
    assert road.entry(world, case)["late"] is False
    (duty,) = [d for d in world.document(case)["deadlines"] if d["kind"] == "interview"]
    assert (duty["state"], duty["expired_at"]) == ("met", None)
    assert [event["state"] for event in duty["events"]] == ["expired", "met"]


def test_minutes_entered_too_late_for_a_final_date_are_taken_without_one(world: World) -> None:
    case = road.ready(world)
    road.until(world, "2026-03-19T09:00")
    with pytest.raises(Invalid) as raised:
        road.held(world, case, "2026-03-18")
    assert "2026-03-18" in raised.value.errors[0].message_zh
    road.held(world, case, None)
    found = road.entry(world, case)
    assert (found["held"]["final_date"], found["held"]["final_until"]) == (None, "2026-03-18")
    assert found["late"] is False
    assert road.rows(world, case, "final") == []
    assert {"decide", "report"} <= set(world.open_tasks(case))


def test_a_host_who_signed_the_extension_is_flagged_not_barred(world: World) -> None:
    case = extensions.granted(world)
    road.expire(world, "2026-03-27")
    road.until(world, "2026-03-28T09:00")
    road.named(world, case, "park_command")
    road.noticed(world, case, "2026-03-30T09:00")
    road.until(world, "2026-03-30T10:00")
    road.held(world, case, "2026-04-02", held_at="2026-03-30T09:00")
    assert road.entry(world, case)["held"]["signer_conflict"] is True


def test_no_final_date_once_the_recheck_has_passed(world: World) -> None:
    case = road.ready(world)
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    with pytest.raises(Invalid) as raised:
        road.held(world, case)
    assert raised.value.errors[0].field == "final_date"
    road.held(world, case, None)
    assert road.rows(world, case, "final") == []


def test_no_final_date_while_a_new_paper_is_to_be_served(world: World) -> None:
    case = road.ready(world)
    journeys.raised(world, case)
    with pytest.raises(Invalid) as raised:
        road.held(world, case)
    assert raised.value.errors[0].field == "final_date"
    road.held(world, case, None)
    assert road.rows(world, case, "interview") == [("met", "2026-03-12")]
    assert road.rows(world, case, "final") == []


# ---------------------------------------------------------------- not held


def test_a_no_show_is_made_known_and_the_principal_leader_is_next(world: World) -> None:
    case = road.ready(world)
    data = {"absence_reason": "派副总到场", "substitute_came": True}
    world.do("park_east_head", case, "hold", outcome="no_show", **data)
    found = road.entry(world, case)
    assert (found["host"], found["notice"], len(found["no_shows"])) == ("leader_principal", None, 1)
    assert found["no_shows"][0]["substitute"] is True
    for person in ("principal_leader", "park_east_head", "economy_head", "bureau_head"):
        assert "interview.no_show" in road.news(world, person)
    road.noticed(world, case, "2026-03-12T10:00")
    road.until(world, "2026-03-12T11:00")
    world.do("principal_leader", case, "hold", outcome="no_show", absence_reason="未到")
    road.noticed(world, case, "2026-03-12T16:00")
    road.until(world, "2026-03-12T17:00")
    road.held(world, case, "2026-03-19", "principal_leader", "2026-03-12T16:00")
    assert len(road.entry(world, case)["no_shows"]) == 2
    assert road.rows(world, case, "interview") == [("met", "2026-03-12")]


def test_nobody_is_absent_before_the_time(world: World) -> None:
    case = road.overdue(world)
    road.until(world, "2026-03-10T09:00")
    road.named(world, case)
    road.noticed(world, case, "2026-03-11T10:00")
    with pytest.raises(Invalid) as raised:
        world.do("park_east_head", case, "hold", outcome="no_show", absence_reason="x")
    assert raised.value.errors[0].field == "outcome"


def postpone(world: World, case: str, to: str, **changes: Any) -> None:
    data: dict[str, Any] = {
        "outcome": "postponed",
        "ground": "illness",
        "to": road.at(to).isoformat(),
        "new_mode": "video",
        "proof": [world.photo("park_east_head")],
    }
    world.do("park_east_head", case, "hold", **(data | changes))


def test_illness_puts_it_off_by_three_days_in_all_and_moves_no_date(world: World) -> None:
    case = road.ready(world)
    postpone(world, case, "2026-03-12T10:00")
    postpone(world, case, "2026-03-14T10:00", ground="abroad")
    with pytest.raises(Invalid) as raised:
        postpone(world, case, "2026-03-14T10:01")
    (error,) = raised.value.errors
    assert error.field == "to"
    assert "put off before" in error.message
    assert "2026-03-14 10:00 Beijing time" in error.message
    assert "已推迟过一次" in error.message_zh
    assert "可改为视频" not in error.message_zh
    found = road.entry(world, case)
    assert [one["ground"] for one in found["postponements"]] == ["illness", "abroad"]
    assert found["notice"]["mode"] == "video"
    assert road.rows(world, case, "interview") == [("live", "2026-03-12")]
    road.until(world, "2026-03-13T00:00")
    assert road.entry(world, case)["late"] is True


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("proof", {"proof": []}),
        ("ground", {"ground": "busy"}),
        ("to", {"to": "2026-03-11T11:00"}),
    ],
)
def test_a_postponement_needs_ground_proof_and_a_time_ahead(
    world: World, field: str, changes: dict[str, Any]
) -> None:
    case = road.ready(world)
    with pytest.raises(Invalid) as raised:
        postpone(world, case, **({"to": "2026-03-12T10:00"} | changes))
    assert [one.field for one in raised.value.errors] == [field]
