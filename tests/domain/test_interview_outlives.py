"""A duty to interview outlives strike-off: held late, reported on, and with no final date."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine import clock
from engine.store.tables import Case
from tests.domain import enforcements, extensions, journeys
from tests.domain import interviews as road
from tests.domain.test_leaving import shut_down, transfer, void
from tests.domain.test_papers import papers, values
from tests.domain.world import World
from workflows.domain import ledger_flags
from workflows.domain.case_schema import CaseSchema
from workflows.domain.interview import calendar
from workflows.domain.interview.calendar import Wanted

NAMING = {"propose_host", "confirm_host", "schedule", "hold"}


def struck_off(world: World, case: str, level: str = "larger") -> None:
    journeys.reported(world, case)
    journeys.rechecked(world, case, level)
    journeys.struck_off(world, case, level)


def owed(world: World) -> str:
    """Return a hazard struck off on 2026-03-10, its interview owed by the end of 2026-03-12."""
    case = road.overdue(world)
    road.until(world, "2026-03-10T09:00")
    enforcements.decide(world, case)
    struck_off(world, case)
    return case


def open_case(world: World, case: str) -> bool:
    with world.bihuan.database.read() as session:
        return session.scalars(select(Case.status).where(Case.id == case)).one() == "open"


def in_calendar(world: World, person: str) -> list[tuple[str, str, bool]]:
    with world.bihuan.database.read() as session:
        found = calendar.duties(session, world.actor(person), Wanted(), clock.now())
    return [(one.kind, one.step, one.late) for one in found]


def test_it_is_owed_after_strike_off_by_its_own_date(world: World) -> None:
    case = owed(world)
    assert extensions.state(world, case) == "struck_off"
    assert set(world.open_tasks(case)) == {"propose_host"}
    assert road.rows(world, case, "interview") == [("live", "2026-03-12")]
    assert road.entry(world, case)["lapsed"] is None
    assert in_calendar(world, "office_officer") == [("interview", "propose", False)]
    assert open_case(world, case)


def test_it_becomes_late_after_strike_off_and_the_ledger_says_so(world: World) -> None:
    case = owed(world)
    road.until(world, "2026-03-13T09:00")
    assert road.entry(world, case)["late"] is True
    assert "interview.late" in road.news(world, "principal_leader")
    assert in_calendar(world, "office_officer") == [("interview", "schedule", True)]
    with world.bihuan.database.read() as session:
        assert ledger_flags.INTERVIEW_LATE in ledger_flags.flags_of(session, [case])[case]


def test_its_minutes_ask_for_no_final_date_and_the_paper_says_why(world: World) -> None:
    case = owed(world)
    road.until(world, "2026-03-11T09:30")
    road.noticed(world, case, "2026-03-12T10:00")
    (notice,) = papers(world, case, "D14")
    assert "仍须进行" in values(notice)["cause"][-1]["zh"]
    road.until(world, "2026-03-12T11:00")
    road.held(world, case, "2026-03-16", held_at="2026-03-12T10:00")
    assert road.entry(world, case)["held"]["final_date"] is None
    assert road.rows(world, case, "final") == []
    (minutes,) = papers(world, case, "D15")
    assert values(minutes)["final_date"]["en"] == "None: the hazard is struck off"
    assert road.rows(world, case, "interview") == [("met", "2026-03-12")]
    assert extensions.state(world, case) == "struck_off"


def test_the_report_on_it_is_owed_too_and_then_the_case_is_closed(world: World) -> None:
    case = owed(world)
    road.until(world, "2026-03-11T09:30")
    road.noticed(world, case, "2026-03-12T10:00")
    road.until(world, "2026-03-12T11:00")
    road.held(world, case, None, held_at="2026-03-12T10:00")
    assert set(world.open_tasks(case)) == {"report"}
    assert open_case(world, case)
    world.do("principal1", case, "report", text="已整改，落实管理责任")
    assert not world.open_tasks(case)
    assert not open_case(world, case)
    assert not CaseSchema().validate(dict(world.document(case)))


def test_a_report_owed_before_strike_off_is_owed_after_it(world: World) -> None:
    case = road.ready(world)
    enforcements.decide(world, case)
    road.held(world, case, "2026-03-16")
    struck_off(world, case)
    assert set(world.open_tasks(case)) == {"report"}
    assert road.rows(world, case, "interview_report") == [("live", "2026-03-18")]
    assert road.rows(world, case, "final") == [("met", "2026-03-16")]
    world.do("principal1", case, "report", text="已整改")
    assert not open_case(world, case)


def test_a_no_show_after_strike_off_goes_to_the_principal_leader(world: World) -> None:
    case = owed(world)
    road.until(world, "2026-03-11T09:30")
    road.noticed(world, case, "2026-03-12T10:00")
    road.until(world, "2026-03-12T11:00")
    world.do("park_east_head", case, "hold", outcome="no_show", absence_reason="未到")
    assert road.entry(world, case)["host"] == "leader_principal"
    assert set(world.open_tasks(case)) >= {"schedule"}


def test_a_talk_is_owed_after_strike_off(world: World) -> None:
    case = road.overdue(world, "general", "2026-03-04")
    enforcements.decide(world, case)
    struck_off(world, case, "general")
    assert set(world.open_tasks(case)) == {"talk"}
    talked_at = clock.beijing(clock.now()).isoformat()
    world.do("park_east_head", case, "talk", talked_at=talked_at, spoken_to="厂长", record="x")
    assert road.entry(world, case)["talk"]["spoken_to"] == "厂长"
    assert not open_case(world, case)


@pytest.mark.parametrize("leave", [void, transfer, shut_down])
def test_any_other_exit_takes_interview_and_report_along(
    world: World, leave: Callable[[World, str], None]
) -> None:
    case = road.ready(world)
    road.held(world, case, "2026-03-12")
    road.expire(world, "2026-03-12")
    assert {"report", "propose_host"} <= set(world.open_tasks(case))
    leave(world, case)
    assert not world.open_tasks(case)
    assert not open_case(world, case)
    assert road.rows(world, case, "interview_report") == [("voided", "2026-03-18")]
    assert road.entry(world, case, 2)["lapsed"]["cause"] == world.document(case)["phase"]
