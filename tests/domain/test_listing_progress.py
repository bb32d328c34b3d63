"""Weekly reports of a listing: each has a day of its own, whatever became of the one before."""

from __future__ import annotations

from typing import Any

from tests.domain import interviews
from tests.domain.test_listing import notice, ordered
from tests.domain.world import World
from workflows.domain.case_schema import CaseSchema


def listing(world: World, case: str) -> dict[str, Any]:
    found: dict[str, Any] = world.document(case)["listing"]
    return found


def listed(world: World) -> str:
    """Return a listing of Monday 2 March: reports are due on 9, 16, 23 and 30 March."""
    case = ordered(world)
    notice(world, case)
    return case


def due(world: World, case: str) -> str:
    at = listing(world, case)["progress_due"]
    return str(at)[:16]


def test_a_missed_week_stays_on_record_and_the_next_opens_on_its_day(world: World) -> None:
    case = listed(world)
    interviews.until(world, "2026-03-10T09:00")
    first = world.open_tasks(case)["progress"]
    interviews.until(world, "2026-03-16T23:00")
    assert world.open_tasks(case)["progress"] == first
    interviews.until(world, "2026-03-17T00:10")
    assert world.open_tasks(case)["progress"] != first
    assert [one["due_date"] for one in listing(world, case)["missed"]] == ["2026-03-09"]
    assert "listing.missed" in interviews.news(world, "office_officer")
    interviews.until(world, "2026-03-24T09:00")
    found = [one["due_date"] for one in listing(world, case)["missed"]]
    assert found == ["2026-03-09", "2026-03-16"]
    world.do("principal1", case, "progress", progress="p", percent=10)
    assert due(world, case) == "2026-03-30T16:00"
    assert not CaseSchema().validate(dict(world.document(case)))


def test_a_late_report_moves_no_later_one(world: World) -> None:
    case = listed(world)
    interviews.until(world, "2026-03-15T09:00")
    world.do("principal1", case, "progress", progress="p", percent=10)
    world.do("office_officer", case, "take_note", opinion="抓紧")
    assert listing(world, case)["missed"] == []
    assert due(world, case) == "2026-03-16T16:00"
    interviews.until(world, "2026-03-17T00:10")
    assert "progress" in world.open_tasks(case)


def test_a_note_that_is_not_taken_holds_no_report_back(world: World) -> None:
    case = listed(world)
    interviews.until(world, "2026-03-10T09:00")
    world.do("principal1", case, "progress", progress="p", percent=10)
    interviews.until(world, "2026-03-17T09:00")
    assert "progress" in world.open_tasks(case)
    assert "take_note" not in world.open_tasks(case)
    world.do("principal1", case, "progress", progress="q", percent=20)
    world.do("office_officer", case, "take_note", opinion="抓紧")
    noted = [one["noted"]["opinion"] for one in listing(world, case)["reports"]]
    assert noted == ["抓紧", "抓紧"]
    assert listing(world, case)["missed"] == []


def test_what_the_supervising_body_wrote_needs_no_note(world: World) -> None:
    case = listed(world)
    interviews.until(world, "2026-03-10T09:00")
    interviews.until(world, "2026-03-15T17:00")
    world.do("office_officer", case, "progress", progress="现场核实", percent=10)
    interviews.until(world, "2026-03-17T09:00")
    world.do("principal1", case, "progress", progress="p", percent=20)
    world.do("office_officer", case, "take_note", opinion="抓紧")
    assert [bool(one["noted"]) for one in listing(world, case)["reports"]] == [False, True]
