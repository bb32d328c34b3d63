"""A running case goes on under a newer version, or is told why it cannot; nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.errors import Conflict, Incident, Invalid, NotFound
from engine.ports import SYSTEM, Context, Grant, Routing, Rung, TaskFacts
from engine.store import running
from engine.store.tables import Instance, RungRow, Task
from engine.work.case_row import read_case
from engine.work.checking.records import record_findings
from engine.work.checking.routes import route_findings
from engine.work.checking.states import state_findings
from engine.work.migrate import MigrateCase
from engine.work.open_case import open_case
from tests.work import diagrams as d
from tests.work.application import CHIEF, CLERK
from tests.work.world import World

FIRST = d.process(
    "flow", d.start(), d.user("write", "office"), d.end(), d.chain("begin", "write", "end")
)
LONGER = d.process(
    "flow",
    d.start(),
    d.user("write", "office", english="Write", form="other"),
    d.user("read", "office"),
    d.end(),
    d.chain("begin", "write", "read", "end"),
)
GONE = d.process(
    "flow", d.start(), d.user("read", "office"), d.end(), d.chain("begin", "read", "end")
)


@pytest.fixture
def flow(world: World) -> World:
    world.deploy("flow", FIRST)
    return world


def migrate(world: World, case: str, version: int = 2, reason: str = "新版图") -> Any:
    return world.runtime.migrate_case(CHIEF, MigrateCase(case, "flow", version, reason))


def agrees(world: World, case: str) -> bool:
    """Check the case as the deep check of the database does."""
    with world.database.read() as session:
        opened = open_case(world.runtime._parts, session, read_case(session, case), SYSTEM)
        found = [*state_findings(opened), *route_findings(opened), *record_findings(session, case)]
    assert found == []
    return world.sound()


def test_a_task_keeps_its_row_its_taker_and_its_draft(flow: World) -> None:
    case = flow.start("flow")
    task = flow.task("write")
    flow.runtime.claim_task(CLERK, task)
    flow.runtime.save_draft(CLERK, task, {"decision": "half"})
    flow.deploy("flow", LONGER)
    flow.later(hours=3)

    found = migrate(flow, case)

    assert (found.before, found.possible, found.dates, found.actors) == ((1,), True, (), ())
    with flow.database.read() as session:
        row = session.execute(select(Task).where(Task.id == task)).scalar_one()
        assert (row.status, row.assignee, row.version, row.form) == ("open", "clerk", 2, "other")
        assert row.title == "Write"
        assert session.execute(select(Instance.version)).scalars().all() == [2]
    assert flow.runtime.draft(CLERK, task) == {"decision": "half"}
    assert agrees(flow, case)
    flow.runtime.complete_task(CLERK, task, {})
    assert flow.open_elements() == ["read"]
    assert agrees(flow, case)


def test_the_history_says_from_which_version_to_which_and_why(flow: World) -> None:
    case = flow.start("flow")
    flow.deploy("flow", LONGER)
    migrate(flow, case, reason=" 图纸更正 ")
    [row] = [row for row in flow.history(case) if row.act == "process.migrated"]
    assert row.actor == "chief"
    assert (row.data["from"], row.data["to"], row.data["reason"]) == (1, 2, "图纸更正")


def test_a_page_drawn_before_is_stale(flow: World) -> None:
    case = flow.start("flow")
    task = flow.task("write")
    flow.deploy("flow", LONGER)
    migrate(flow, case)
    with pytest.raises(Conflict, match="present one"):
        flow.runtime.complete_task(CLERK, task, {}, seen_version=1)
    flow.runtime.complete_task(CLERK, task, {}, seen_version=2)


def test_looking_ahead_changes_nothing(flow: World) -> None:
    case = flow.start("flow")
    flow.deploy("flow", LONGER)
    before = (flow.acts(case), flow.case(case).lock_version)
    assert flow.runtime.look_ahead(CHIEF, case, "flow", 2).possible
    assert (flow.acts(case), flow.case(case).lock_version) == before


def test_a_case_whose_step_is_gone_stays_and_says_why(flow: World) -> None:
    case = flow.start("flow")
    flow.deploy("flow", GONE)
    found = flow.runtime.look_ahead(CHIEF, case, "flow", 2)
    assert not found.possible
    assert found.reasons[0].message_zh == "案件停在“任务 write”，第 2 版没有这一步"
    with pytest.raises(Conflict, match="does not have"):
        migrate(flow, case)
    assert "process.migrated" not in flow.acts(case)
    assert agrees(flow, case)
    assert flow.incidents() == []


def test_a_case_that_the_version_cannot_route_stays_and_says_why(
    flow: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = flow.start("flow")
    flow.deploy("flow", FIRST.replace(b'value="office"', b'value="board"'))
    route = flow.application.route

    def without_board(file: Any, task: TaskFacts, context: Context) -> Routing:
        if task.properties["body"] == "board":
            raise Incident("Expected a board, but there is none", "没有董事会")
        return route(file, task, context)

    monkeypatch.setattr(flow.application, "route", without_board)
    found = flow.runtime.look_ahead(CHIEF, case, "flow", 2)
    assert [reason.message_zh for reason in found.reasons] == ["没有董事会"]
    with pytest.raises(Conflict, match="a board"):
        migrate(flow, case)
    assert agrees(flow, case)
    assert flow.incidents() == []


def test_a_case_that_has_the_version_already_is_refused(flow: World) -> None:
    case = flow.start("flow")
    flow.deploy("flow", LONGER)
    migrate(flow, case)
    with pytest.raises(Conflict, match="does not"):
        migrate(flow, case)
    with pytest.raises(NotFound):
        flow.runtime.look_ahead(CHIEF, case, "flow", 9)


def test_a_reason_is_owed(flow: World) -> None:
    case = flow.start("flow")
    flow.deploy("flow", LONGER)
    with pytest.raises(Invalid):
        migrate(flow, case, reason="  ")


def test_another_body_takes_over_and_whoever_took_the_task_gives_it_back(flow: World) -> None:
    case = flow.start("flow")
    task = flow.task("write")
    flow.runtime.claim_task(CLERK, task)
    flow.deploy("flow", FIRST.replace(b'value="office"', b'value="board"'))
    [change] = flow.runtime.look_ahead(CHIEF, case, "flow", 2).actors
    assert (change.before, change.after) == ((Grant("office", "clerk"),), (Grant("board", "head"),))
    migrate(flow, case)
    assert "task.released" in flow.acts(case)
    assert agrees(flow, case)
    flow.runtime.complete_task(CHIEF, task, {})
    assert flow.case(case).closed_at is not None


def test_whoever_was_added_by_a_ladder_stays(flow: World) -> None:
    climbing = FIRST.replace(
        b'name="body"', b'name="ladder" value="l"/><spiffworkflow:property name="body"'
    )
    flow.deploy("flow", climbing)
    flow.application.rungs["l"] = [Rung("widen", flow.moment.now() + timedelta(hours=1))]
    case = flow.start("flow")
    flow.later(hours=2)
    flow.runtime.fire_due()
    flow.deploy(
        "flow",
        LONGER.replace(
            b'name="body"', b'name="ladder" value="l"/><spiffworkflow:property name="body"'
        ),
    )
    assert migrate(flow, case, version=3).actors == ()
    flow.runtime.complete_task(CHIEF, flow.task("write"), {})
    assert agrees(flow, case)


def test_another_ladder_is_climbed_and_what_was_told_stays_told(flow: World) -> None:
    def climbing(ladder: str) -> bytes:
        given = f'name="ladder" value="{ladder}"/><spiffworkflow:property name="body"'.encode()
        return FIRST.replace(b'name="body"', given)

    now = flow.moment.now()
    flow.application.rungs = {
        "slow": [Rung("remind", now + timedelta(hours=1)), Rung("late", now + timedelta(hours=9))],
        "fast": [Rung("remind", now + timedelta(hours=3)), Rung("late", now + timedelta(hours=5))],
    }
    flow.deploy("flow", climbing("slow"))
    case = flow.start("flow")
    flow.later(hours=2)
    flow.runtime.fire_due()
    flow.deploy("flow", climbing("fast"))
    migrate(flow, case, version=3)
    with flow.database.read() as session:
        rungs = {row.name: row.fire_at for row in session.execute(select(RungRow)).scalars()}
    assert rungs == {"remind": now + timedelta(hours=1), "late": now + timedelta(hours=5)}
    assert flow.case(case).next_due_at == now + timedelta(hours=5)
    assert agrees(flow, case)


def test_a_kept_message_and_a_side_process_stay(world: World) -> None:
    asking = d.process(
        "ask",
        d.start(message="appeal"),
        d.user("answer", "office"),
        d.end(),
        d.chain("begin", "answer", "end"),
        messages=("appeal",),
    )
    world.deploy("flow", FIRST)
    world.deploy("ask", asking)
    case = world.start("flow")
    world.runtime.perform_act(CLERK, case, "appeal", {})
    world.runtime.send_message(CLERK, case, "unheard", {})
    world.deploy("flow", LONGER)
    migrate(world, case)
    assert world.open_elements() == ["answer", "write"]
    assert [row.version for row in _instances(world)] == [2, 1]
    assert agrees(world, case)


def _instances(world: World) -> list[Instance]:
    with world.database.read() as session:
        return list(session.execute(select(Instance).order_by(Instance.id)).scalars())


def test_cases_behind_are_found_by_version(flow: World) -> None:
    first, second = flow.start("flow"), flow.start("flow")
    flow.deploy("flow", LONGER)
    third = flow.start("flow")
    with flow.database.read() as session:
        assert running.versions_in_use(session, "flow", agency="zone") == {1: 2, 2: 1}
        assert running.cases_behind(session, "flow", 2, agency="zone") == sorted([first, second])
        among = running.cases_behind(session, "flow", 2, agency="zone", among=[second, third])
        assert among == [second]
        assert running.cases_behind(session, "flow", 2, agency="elsewhere") == []


def test_what_failed_under_the_former_version_falls_due_under_the_newer_by_itself(
    world: World,
) -> None:
    def dated(operation: str) -> bytes:
        return d.process(
            "flow",
            d.start(),
            d.timer("clock", "limit"),
            d.service("then", operation),
            d.user("read", "office"),
            d.end(),
            d.chain("begin", "clock", "then", "read", "end"),
        )

    world.application.dates = {"limit": world.instant(days=1)}
    world.deploy("flow", dated("later"))
    case = world.start("flow")
    world.later(days=2)
    world.runtime.fire_due()
    assert [one.status for one in world.incidents()] == ["open"]
    world.deploy("flow", dated("stamp"))
    migrate(world, case)
    by = {row.act: row.actor for row in world.history(case)}
    assert (by["process.migrated"], by["paper.stamped"]) == (CHIEF.id, SYSTEM.id)
    assert world.open_elements() == ["read"]
    assert [one.status for one in world.incidents()] == ["resolved"]
    assert agrees(world, case)
