"""A suspended case: its grading stands still and keeps what remained; everything else goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine import clock
from engine.errors import Conflict, Invalid, NotAllowed
from engine.store import queries
from engine.store.tables import Case, RungRow
from engine.work.move_token import MoveToken
from tests.domain.enforcements import expired
from tests.domain.journeys import served
from tests.domain.world import World
from workflows.checking.inspection import inspect
from workflows.domain import organisation, suspension
from workflows.inbox import rows as inbox

REASON = {"reason": "等待省厅答复"}


@pytest.fixture(autouse=True)
def _office(world: World) -> None:
    with world.bihuan.database.begin() as session:
        organisation.add_person(session, "office_head", "安委办主任", "Head of the office")
        organisation.grant(session, "office_head", "office", "head")


def last_day(world: World, case: str, element: str) -> date | None:
    with world.bihuan.database.read() as session:
        due = queries.task(session, world.open_tasks(case)[element]).due_at
    return clock.beijing_date(due - timedelta(microseconds=1)) if due else None


def rungs(world: World, case: str) -> dict[str, date]:
    """Return the last day before each rung of a task that was not told yet."""
    with world.bihuan.database.read() as session:
        rows = session.execute(
            select(RungRow.name, RungRow.fire_at).where(
                RungRow.case_id == case, RungRow.task_id.is_not(None), RungRow.fired_at.is_(None)
            )
        )
        tick = timedelta(microseconds=1)
        return {row.name: clock.beijing_date(row.fire_at - tick) for row in rows}


def agrees(world: World) -> bool:
    report = inspect(world.bihuan)
    assert report.sound, report.lines("en")
    return True


def test_a_limit_of_working_days_stands_still_and_keeps_what_remained(world: World) -> None:
    case = world.register()
    assert last_day(world, case, "confirm_level") == date(2026, 3, 3)
    world.act("office_head", case, "case.suspend", **REASON)
    assert last_day(world, case, "confirm_level") is None
    assert rungs(world, case) == {}
    assert agrees(world)
    world.pass_time(days=7)
    world.act("office_head", case, "case.resume", reason="省厅已答复")
    assert last_day(world, case, "confirm_level") == date(2026, 3, 10)
    assert rungs(world, case) == {
        "remind": date(2026, 3, 10),
        "deputy": date(2026, 3, 11),
        "leader_and_office": date(2026, 3, 12),
    }
    assert agrees(world)
    world.do("inspector1", case, "confirm_level", level="general", criterion=None, reason=None)
    assert agrees(world)


def test_nothing_is_told_of_a_limit_that_stands_still(world: World) -> None:
    case = world.register()
    world.act("office_head", case, "case.suspend", **REASON)
    world.pass_time(days=20)
    with world.bihuan.database.read() as session:
        acts = [row.act for row in queries.case_history(session, case)]
        assert session.get_one(Case, case).next_due_at is None
    assert "rung.fired" not in acts


def test_a_step_that_stands_still_cannot_be_done_or_taken(world: World) -> None:
    case = world.register()
    world.act("office_head", case, "case.suspend", **REASON)
    with pytest.raises(Conflict, match="等待省厅答复"):
        world.do("inspector1", case, "confirm_level", level="general", criterion=None, reason=None)
    with pytest.raises(Conflict):
        world.bihuan.runtime.claim_task(
            world.actor("inspector1"), world.open_tasks(case)["confirm_level"]
        )


def test_a_limit_that_had_passed_stays_passed(world: World) -> None:
    case = world.register()
    world.pass_time(days=3)
    world.act("office_head", case, "case.suspend", **REASON)
    world.pass_time(days=7)
    world.act("office_head", case, "case.resume", **REASON)
    assert last_day(world, case, "confirm_level") == date(2026, 3, 3)
    assert agrees(world)


def test_a_step_that_was_late_before_is_told_as_late_while_it_stands_still(world: World) -> None:
    case = world.register()
    world.pass_time(days=3)
    world.act("office_head", case, "case.suspend", **REASON)
    assert last_day(world, case, "confirm_level") == date(2026, 3, 3)
    assert rungs(world, case) == {}
    world.pass_time(days=7)
    assert last_day(world, case, "confirm_level") == date(2026, 3, 3)
    with world.bihuan.database.read() as session:
        late = inbox.Filters(scope="overdue")
        told = inbox.inbox(session, world.actor("inspector1"), late, clock.now(), limit=10)
    assert [task.element for task in told.items] == ["confirm_level"]
    assert agrees(world)


def test_a_limit_whose_last_day_is_running_has_not_passed(world: World) -> None:
    case = world.register()
    world.pass_time(days=1)
    assert clock.beijing_date(clock.now()) == last_day(world, case, "confirm_level")
    world.act("office_head", case, "case.suspend", **REASON)
    world.pass_time(days=7)
    world.act("office_head", case, "case.resume", **REASON)
    assert last_day(world, case, "confirm_level") == date(2026, 3, 10)
    assert rungs(world, case) == {
        "remind": date(2026, 3, 10),
        "deputy": date(2026, 3, 11),
        "leader_and_office": date(2026, 3, 12),
    }
    assert agrees(world)


def test_on_a_day_of_rest_a_case_goes_on_as_on_the_working_day_after_it(world: World) -> None:
    case = world.register()
    world.pass_time(days=1)
    world.act("office_head", case, "case.suspend", **REASON)
    world.pass_time(days=5)
    assert clock.beijing_date(clock.now()) == date(2026, 3, 8)
    world.act("office_head", case, "case.resume", **REASON)
    assert rungs(world, case) == {
        "remind": date(2026, 3, 9),
        "deputy": date(2026, 3, 10),
        "leader_and_office": date(2026, 3, 11),
    }
    assert agrees(world)


def test_two_pauses_are_both_left_out(world: World) -> None:
    case = world.register()
    for _ in range(2):
        world.act("office_head", case, "case.suspend", **REASON)
        world.pass_time(days=7)
        world.act("office_head", case, "case.resume", **REASON)
    assert last_day(world, case, "confirm_level") == date(2026, 3, 17)
    assert agrees(world)


def test_a_step_that_opens_meanwhile_begins_when_the_case_goes_on(world: World) -> None:
    case = world.register(criterion="令10 第五条(六)")
    why = {"criterion": "令10 第五条(六)", "reason": "无压力报警"}
    world.do("inspector1", case, "propose_major", level="major", **why)
    world.act("office_head", case, "case.suspend", **REASON)
    world.pass_time(days=1)
    order = MoveToken(world.open_tasks(case)["second_proposal"], "propose_major", "条款引用错误")
    world.bihuan.runtime.move_token(world.actor("office_officer"), order)
    assert last_day(world, case, "propose_major") is None
    world.pass_time(days=6)
    world.act("office_head", case, "case.resume", **REASON)
    assert last_day(world, case, "propose_major") == date(2026, 3, 10)
    assert agrees(world)


@pytest.mark.parametrize(
    "begun",
    [
        lambda world: served(world, "general"),
        lambda world: served(world, "larger"),
        lambda world: served(world, "major"),
        lambda world: expired(world, "major"),
        lambda world: world.register(imminent=True),
    ],
    ids=["general", "larger", "major", "expired", "imminent"],
)
def test_a_case_of_which_nothing_may_stand_still_is_not_suspended(
    world: World, begun: Callable[[World], str]
) -> None:
    case = begun(world)
    with pytest.raises(Conflict) as refused:
        world.act("office_head", case, "case.suspend", **REASON)
    assert "没有可以停下的步骤" in refused.value.message_zh
    assert "Expected a step that may stand still" in refused.value.message
    assert suspension.of(world.document(case)) is None
    acts = world.bihuan.runtime.offered_acts(world.actor("office_head"), case)
    assert "case.suspend" not in {one.name for one in acts}


def test_what_is_owed_beside_the_level_runs_on_and_may_be_done(world: World) -> None:
    case = world.register()
    world.act("bureau_deputy", case, "case.void_propose", reason="误报")
    before = last_day(world, case, "decide_void")
    assert before is not None
    world.act("office_head", case, "case.suspend", **REASON)
    assert last_day(world, case, "decide_void") == before
    assert last_day(world, case, "confirm_level") is None
    world.do("bureau_head", case, "decide_void", decision="refuse", reason="不是误报")
    assert agrees(world)


def test_the_safety_office_decides_with_a_reason(world: World) -> None:
    case = world.register()
    for person in ("office_officer", "bureau_head", "inspector1"):
        with pytest.raises(NotAllowed):
            world.act(person, case, "case.suspend", **REASON)
    with pytest.raises(Invalid):
        world.act("office_head", case, "case.suspend", reason=" ")
    with pytest.raises(Conflict, match="goes on"):
        world.act("office_head", case, "case.resume", **REASON)
    world.act("office_head", case, "case.suspend", **REASON)
    with pytest.raises(Conflict, match="is suspended"):
        world.act("office_head", case, "case.suspend", **REASON)


def test_a_case_that_left_is_suspended_no_more(world: World) -> None:
    case = world.register()
    world.act("office_head", case, "case.suspend", **REASON)
    assert suspension.of(world.document(case)) is not None
    world.act("bureau_head", case, "case.transfer", receiver="市局", reason="不属本园区")
    assert suspension.of(world.document(case)) is None
