"""What random walks have found, each as the shortest road to it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from engine import clock
from engine.store.tables import TaskCandidate
from tests.domain import journeys
from tests.domain.answers import CLAUSE
from tests.domain.world import World


def test_somebody_is_always_left_to_confirm_a_major_level(world: World) -> None:
    """Head and deputy may not be the two proposers, because only they may confirm."""
    case = world.register(criterion=CLAUSE)
    major: dict[str, Any] = {"level": "major", "criterion": CLAUSE, "reason": "r"}
    world.do("bureau_head", case, "propose_major", **major)
    seconds = _candidates(world, case, "second_proposal")
    assert ("bureau", "officer") in seconds
    assert not {("bureau", "head"), ("bureau", "deputy")} & seconds
    world.do("inspector1", case, "second_proposal", decision="agree")
    world.do("bureau_deputy", case, "confirm_major", decision="agree", criterion=CLAUSE)


def _candidates(world: World, case: str, element: str) -> set[tuple[str, str]]:
    task = world.open_tasks(case)[element]
    query = select(TaskCandidate.body, TaskCandidate.role).where(TaskCandidate.task_id == task)
    with world.bihuan.database.read() as session:
        return {(row.body, row.role) for row in session.execute(query)}


def test_completion_is_not_dated_to_a_report_that_was_found_wrong(world: World) -> None:
    """Reported on day 1 and refuted; found done after expiry: done when that is verified."""
    case = journeys.served(world, "general")
    journeys.reported(world, case)
    journeys.rechecked(world, case, "general", "fail")
    world.pass_time(days=3)
    world.do("inspector2", case, "expiry_recheck", result="pass")
    world.do("bureau_head", case, "strike_finder", decision="return", opinion="再看")
    world.pass_time(days=1)
    journeys.rechecked(world, case, "general")
    assert world.document(case)["done_at"] == clock.now().isoformat()
