"""A task never waits for a person who may not do it, nor for an order that is gone."""

from __future__ import annotations

from sqlalchemy import select

from engine.store.tables import Instance, TaskCandidate
from tests.domain import journeys
from tests.domain.world import World
from workflows.domain import organisation

UPWARD = {"level": "major", "criterion": "令10 第五条(六)", "reason": "升级"}


def _candidates(world: World, task: str) -> set[tuple[str, str]]:
    with world.bihuan.database.read() as session:
        rows = session.execute(
            select(TaskCandidate.body, TaskCandidate.role).where(TaskCandidate.task_id == task)
        )
        return {(row.body, row.role) for row in rows}


def test_the_deputy_strikes_off_what_the_head_verified_alone(world: World) -> None:
    with world.bihuan.database.begin() as session:
        organisation.grant(session, "expert1", "bureau", "deputy")
    case = journeys.served(world, "general")
    journeys.reported(world, case)
    world.do("bureau_head", case, "recheck", method="desk", result="pass", items=[])
    task = world.open_tasks(case)["strike_finder"]
    assert _candidates(world, task) == {("bureau", "head"), ("bureau", "deputy")}
    world.do("expert1", case, "strike_finder", decision="agree")
    assert world.document(case)["phase"] == "struck_off"


def test_the_deputy_waits_for_the_ladder_while_the_head_may_act(world: World) -> None:
    case = journeys.served(world, "general")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "general")
    assert _candidates(world, world.open_tasks(case)["strike_finder"]) == {("bureau", "head")}


def test_raising_the_level_ends_what_hung_on_the_old_paper(world: World) -> None:
    case = journeys.served(world, "larger")
    world.pass_time(days=8)
    assert "handle_overdue" in world.open_tasks(case)
    for person in ("inspector1", "inspector2"):
        world.act(person, case, "level.raise_propose", **UPWARD)
    world.act("bureau_head", case, "level.raise", **UPWARD)
    assert list(world.open_tasks(case)) == ["serve_order"]
    with world.bihuan.database.read() as session:
        ended = session.execute(
            select(Instance.process, Instance.reason).where(Instance.status == "cancelled")
        )
        assert [tuple(row) for row in ended] == [("overdue_interview", "order.cancelled")]
