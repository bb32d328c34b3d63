"""The day by which a silent signatory decides: a date of its own, watched, never consent."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import Invalid
from tests.domain import extensions
from tests.domain import interviews as road
from tests.domain.world import World
from workflows.domain import working_days
from workflows.domain.interview import decision_days


def unanswered(world: World) -> str:
    """Return a hazard interviewed at 09:00 of 2026-03-20, the department being silent."""
    case = extensions.requested(world)
    extensions.park(world, case)
    road.expire(world, "2026-03-17")
    road.until(world, "2026-03-18T09:00")
    road.named(world, case)
    road.noticed(world, case, "2026-03-20T09:00")
    road.until(world, "2026-03-20T10:00")
    return case


def silent(world: World) -> str:
    """Return a hazard whose minutes of 2026-03-20 give the department until 2026-03-25."""
    case = unanswered(world)
    dates = {"decision_industry_department": "2026-03-25"}
    road.held(world, case, None, held_at="2026-03-20T09:00", **dates)
    return case


def owed(world: World, case: str) -> dict[str, str]:
    """Return the date that the minutes set for the department."""
    duties = road.entry(world, case)["held"]["decision_duties"]
    number = duties["industry_department"]
    row = next(d for d in world.document(case)["deadlines"] if d["number"] == number)
    return {name: row[name] for name in ("kind", "body", "due_date", "state")}


def test_it_is_a_date_of_that_body(world: World) -> None:
    case = silent(world)
    assert owed(world, case) == {
        "kind": "sign",
        "body": "industry_economy",
        "due_date": "2026-03-25",
        "state": "live",
    }


def test_passed_it_is_told_to_leader_and_office_and_is_no_consent(world: World) -> None:
    case = silent(world)
    assert "interview.undecided" not in road.news(world, "principal_leader")
    road.expire(world, "2026-03-25")
    assert owed(world, case)["state"] == "expired"
    assert "interview.undecided" in extensions.history(world, case)
    for person in ("principal_leader", "office_officer"):
        assert "interview.undecided" in road.news(world, person)
    assert extensions.last(world, case)["status"] == "pending"
    assert "sign_department" in world.open_tasks(case)


def test_who_decides_in_time_meets_it(world: World) -> None:
    case = silent(world)
    road.until(world, "2026-03-24T09:00")
    extensions.department(world, case, "refuse")
    assert owed(world, case)["state"] == "met"
    road.until(world, "2026-03-27T09:00")
    assert "interview.undecided" not in extensions.history(world, case)


def test_withdrawn_nothing_is_awaited(world: World) -> None:
    case = silent(world)
    world.act("safety1", case, "extension.withdraw", reason="x")
    assert owed(world, case)["state"] == "voided"
    road.until(world, "2026-03-27T09:00")
    assert "interview.undecided" not in extensions.history(world, case)


def test_a_rest_day_is_refused_at_its_field_and_the_next_working_day_named(world: World) -> None:
    case = unanswered(world)
    for day in ("2026-03-21", "2026-03-22"):
        dates = {"decision_industry_department": day}
        with pytest.raises(Invalid) as refused:
            road.held(world, case, None, held_at="2026-03-20T09:00", **dates)
        (error,) = refused.value.errors
        assert error.field == "decision_industry_department"
        for said in (error.message, error.message_zh):
            assert day in said
            assert "2026-03-23" in said
    assert road.entry(world, case)["held"] is None


def test_a_long_holiday_leaves_any_day_or_the_last_one_worked() -> None:
    days = working_days.WorkingCalendar.of(
        working_days.SpecialDay(date(2026, 2, day), working_days.HOLIDAY, "春节", "Spring Festival")
        for day in range(15, 24)
    )
    nearest = decision_days.nearest
    assert nearest(days, date(2026, 2, 17), (date(2026, 2, 15), date(2026, 2, 22))) is None
    within = (date(2026, 2, 13), date(2026, 2, 20))
    assert nearest(days, date(2026, 2, 17), within) == date(2026, 2, 13)
