"""An interview beside an undecided request fixes no date; if the request dies, one is owed."""

from __future__ import annotations

import pytest

from engine import clock
from engine.errors import Invalid, NotAllowed
from tests.domain import extensions, journeys
from tests.domain import interviews as road
from tests.domain.test_interview_outlives import in_calendar
from tests.domain.test_interview_silence import silent
from tests.domain.test_issuer_silence import sent_back_and_failed
from tests.domain.test_leaving import shut_down
from tests.domain.test_papers import papers, values
from tests.domain.world import World
from workflows.domain.interview import calendar
from workflows.domain.interview.calendar import Wanted

HOST = "park_east_head"


def state(world: World, case: str) -> str:
    return extensions.state(world, case)


def refused(world: World) -> str:
    """Return a hazard interviewed on 2026-03-20 whose extension is refused on 2026-03-24."""
    case = silent(world)
    road.until(world, "2026-03-24T09:00")
    extensions.department(world, case, "refuse")
    return case


def test_while_it_is_undecided_nothing_is_asked(world: World) -> None:
    case = silent(world)
    assert "fix_final" not in world.open_tasks(case)
    road.expire(world, "2026-03-25")
    assert "fix_final" not in world.open_tasks(case)
    assert state(world, case) == "interviewed"


def test_refused_the_case_is_overdue_and_the_host_owes_a_date(world: World) -> None:
    case = refused(world)
    assert state(world, case) == "overdue"
    assert extensions.tasks(world, case, "fix_final")
    assert road.rows(world, case, "final") == []
    with pytest.raises(NotAllowed):
        world.do("leader", case, "fix_final", final_date="2026-03-27")


def test_withdrawn_it_is_owed_too(world: World) -> None:
    case = silent(world)
    world.act("safety1", case, "extension.withdraw", reason="x")
    assert "fix_final" in world.open_tasks(case)
    assert state(world, case) == "overdue"


def test_returned_and_not_sent_again_it_is_owed_too(world: World) -> None:
    case = silent(world)
    road.until(world, "2026-03-24T09:00")
    extensions.department(world, case, "return")
    assert "fix_final" not in world.open_tasks(case)
    road.until(world, "2026-03-26T09:00")
    assert extensions.last(world, case)["status"] == "lapsed"
    assert "fix_final" in world.open_tasks(case)


def test_it_lies_within_seven_days_of_the_fixing(world: World) -> None:
    case = refused(world)
    for day in ("2026-03-23", "2026-04-01", ""):
        with pytest.raises(Invalid):
            world.do(HOST, case, "fix_final", final_date=day)
    world.do(HOST, case, "fix_final", final_date="2026-03-31")
    assert road.rows(world, case, "final") == [("live", "2026-03-31")]


def test_fixed_it_runs_as_a_date_of_the_minutes_does(world: World) -> None:
    case = refused(world)
    world.do(HOST, case, "fix_final", final_date="2026-03-27")
    held = road.entry(world, case)["held"]
    assert (held["final_date"], held["final_until"]) == ("2026-03-27", "2026-03-31")
    assert state(world, case) == "interviewed"
    assert "fix_final" not in world.open_tasks(case)
    assert "interview.final_fixed" in extensions.history(world, case)
    assert "interview.final_fixed" in road.news(world, "safety1")
    road.expire(world, "2026-03-27")
    assert road.rows(world, case, "final") == [("expired", "2026-03-27")]
    assert len(world.document(case)["interviews"]) == 2
    assert world.document(case)["enforcements"][-1]["mandatory"]
    assert state(world, case) == "overdue"


def test_the_minutes_come_in_a_second_edition(world: World) -> None:
    case = refused(world)
    world.do(HOST, case, "fix_final", final_date="2026-03-27")
    first, second = papers(world, case, "D15")
    assert (first.number, first.edition, second.edition) == (second.number, 1, 2)
    assert values(first)["final_date"] is None
    assert values(second)["final_date"] == "2026-03-27"
    assert "2026-03-24" in values(second)["noted"][-1]["en"]
    assert road.entry(world, case)["held"]["paper"] == second.number


def test_a_date_owed_stays_owed_however_long_nobody_fixes_it(world: World) -> None:
    case = refused(world)
    road.until(world, "2026-04-20T09:00")
    assert state(world, case) == "overdue"
    world.do(HOST, case, "fix_final", final_date="2026-04-27")
    assert road.rows(world, case, "final") == [("live", "2026-04-27")]


def test_a_new_paper_ends_it(world: World) -> None:
    case = refused(world)
    journeys.raised(world, case)
    assert "fix_final" not in world.open_tasks(case)


def test_an_exit_ends_it(world: World) -> None:
    case = refused(world)
    shut_down(world, case)
    assert "fix_final" not in world.open_tasks(case)


def test_found_to_be_fixed_it_is_not_asked_for_and_sent_back_it_is(world: World) -> None:
    case = refused(world)
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    assert "fix_final" not in world.open_tasks(case)
    sent_back_and_failed(world, case)
    assert state(world, case) == "overdue"
    assert "fix_final" in world.open_tasks(case)


def test_strike_off_ends_it(world: World) -> None:
    case = refused(world)
    journeys.reported(world, case)
    journeys.rechecked(world, case, "larger")
    journeys.struck_off(world, case, "larger")
    assert "fix_final" not in world.open_tasks(case)
    assert state(world, case) == "struck_off"


def test_an_extension_in_force_owes_none_until_it_is_undone(world: World) -> None:
    case = silent(world)
    road.until(world, "2026-03-24T09:00")
    extensions.department(world, case)
    assert state(world, case) == "rectifying"
    world.do("inspector1", case, "file", decision="object", reason="理由不足")
    world.do("leader", case, "objection", decision="uphold", reason="不属客观因素")
    assert "fix_final" in world.open_tasks(case)
    assert state(world, case) == "overdue"
    world.do(HOST, case, "fix_final", final_date="2026-03-27")
    assert state(world, case) == "interviewed"


def test_the_calendar_lists_it_until_it_is_fixed(world: World) -> None:
    case = refused(world)
    kind = ("final_date", "fix_final", False)
    assert kind in in_calendar(world, "office_officer")
    assert kind in in_calendar(world, HOST)
    assert kind not in in_calendar(world, "safety1")
    with world.bihuan.database.read() as session:
        wanted = Wanted(step="fix_final")
        (duty,) = calendar.duties(session, world.actor("office_officer"), wanted, clock.now())
    assert (duty.host, duty.due_date.isoformat()) == ("park_command", "2026-03-25")
    world.do(HOST, case, "fix_final", final_date="2026-03-27")
    assert kind not in in_calendar(world, "office_officer")
