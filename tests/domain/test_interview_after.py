"""What follows an interview: report, final date, second interview, silence, late approval."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from tests.domain import extensions
from tests.domain import interviews as road
from tests.domain.test_papers import papers, values
from tests.domain.world import World


def test_the_report_in_time_meets_its_date(world: World) -> None:
    case = road.ready(world)
    road.held(world, case)
    world.do("principal1", case, "report", text="已到货")
    assert road.rows(world, case, "interview_report") == [("met", "2026-03-18")]
    assert road.entry(world, case)["report"]["late"] is False


def test_a_late_report_is_reminded_and_shown_as_late(world: World) -> None:
    case = road.ready(world)
    road.held(world, case)
    road.until(world, "2026-03-20T09:00")
    assert "task.remind" in road.news(world, "principal1")
    world.do("principal1", case, "report", text="已到货")
    assert road.rows(world, case, "interview_report") == [("expired", "2026-03-18")]
    assert road.entry(world, case)["report"]["late"] is True


def test_the_final_date_passes_and_a_second_interview_begins(world: World) -> None:
    case = road.ready(world)
    road.held(world, case, "2026-03-13")
    road.expire(world, "2026-03-13")
    second = road.entry(world, case, 2)
    assert second["counters"]["same_hazard"] == 1
    assert second["matrix_host"] == "leader_principal"
    assert road.rows(world, case, "interview")[-1] == ("live", "2026-03-16")
    assert world.document(case)["interviewed"] is False


def test_a_late_approval_ends_what_was_not_held(world: World) -> None:
    case = extensions.requested(world)
    extensions.park(world, case)
    road.expire(world, "2026-03-17")
    found = road.entry(world, case)
    assert (found["subject"], found["silent"]) == ("authority_silence", ["industry_department"])
    extensions.department(world, case)
    assert road.entry(world, case)["lapsed"]["cause"] == "deadline.moved"
    assert road.rows(world, case, "interview") == [("voided", "2026-03-20")]
    assert not {"propose_host", "schedule", "hold"} & set(world.open_tasks(case))


def test_the_silent_signatory_is_given_a_date_and_the_enterprise_none(world: World) -> None:
    case = extensions.requested(world)
    extensions.park(world, case)
    road.expire(world, "2026-03-17")
    road.until(world, "2026-03-18T09:00")
    road.named(world, case)
    road.noticed(world, case, "2026-03-20T09:00")
    road.until(world, "2026-03-20T10:00")
    with pytest.raises(Invalid) as raised:
        road.held(world, case, None, held_at="2026-03-20T09:00")
    assert raised.value.errors[0].field == "decision_industry_department"
    dates = {"decision_industry_department": "2026-03-23"}
    road.held(world, case, None, held_at="2026-03-20T09:00", **dates)
    held = road.entry(world, case)["held"]
    assert held["decision_dates"] == {"industry_department": "2026-03-23"}
    assert held["silent_conflict"] is False
    assert road.rows(world, case, "final") == []
    assert "interview.decision_date" in road.news(world, "economy_head")


def test_a_host_of_a_silent_body_is_flagged_not_barred(world: World) -> None:
    case = extensions.requested(world)
    road.expire(world, "2026-03-17")
    road.until(world, "2026-03-18T09:00")
    road.named(world, case)
    road.noticed(world, case, "2026-03-20T09:00")
    road.until(world, "2026-03-20T10:00")
    dates = {f"decision_{part}": "2026-03-23" for part in ("park_command", "industry_department")}
    road.held(world, case, None, held_at="2026-03-20T09:00", **dates)
    held = road.entry(world, case)["held"]
    assert (held["silent_conflict"], held["signer_conflict"]) == (True, False)
    (paper,) = papers(world, case, "D15")
    (noted,) = values(paper)["noted"]
    assert "尚未答复" in noted["zh"]
    assert "has not answered" in noted["en"]


def test_no_final_date_is_set_beside_the_silence(world: World) -> None:
    case = extensions.requested(world)
    extensions.park(world, case)
    road.expire(world, "2026-03-17")
    road.until(world, "2026-03-18T09:00")
    road.named(world, case)
    road.noticed(world, case, "2026-03-20T09:00")
    road.until(world, "2026-03-20T10:00")
    dates = {"decision_industry_department": "2026-03-23"}
    with pytest.raises(Invalid) as raised:
        road.held(world, case, "2026-03-23", held_at="2026-03-20T09:00", **dates)
    (error,) = raised.value.errors
    assert error.field == "final_date"
    assert "undecided" in error.message
    assert "延期申请待批" in error.message_zh
    assert road.rows(world, case, "final") == []


def test_a_final_date_set_before_the_request_came_again_waits_for_the_decision(
    world: World,
) -> None:
    case = extensions.requested(world)
    road.expire(world, "2026-03-17")
    road.until(world, "2026-03-18T09:00")
    road.named(world, case)
    road.noticed(world, case, "2026-03-20T09:00")
    road.until(world, "2026-03-20T10:00")
    extensions.park(world, case, "return")
    road.held(world, case, "2026-03-23", held_at="2026-03-20T09:00")
    world.do("principal1", case, "resubmit", **extensions.asked(world, 10))
    road.until(world, "2026-03-25T09:00")
    assert road.rows(world, case, "final") == [("live", "2026-03-23")]
    extensions.department(world, case, "refuse")
    assert road.rows(world, case, "final") == [("expired", "2026-03-23")]
    assert road.entry(world, case, 2)["matrix_host"] == "leader_principal"
