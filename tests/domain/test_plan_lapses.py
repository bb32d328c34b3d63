"""Plan and public notice of a major hazard lapse with its level, and are owed again with it."""

from __future__ import annotations

from engine.store import queries
from tests.domain import journeys
from tests.domain.test_listing import LOWER
from tests.domain.world import World
from workflows.domain.rectifying import FIVE

PLAN = dict.fromkeys(FIVE, "x") | {"funds": 1, "finish_date": "2026-03-17"}


def lowered(world: World, case: str) -> None:
    world.act("bureau_head", case, "level.lower", **LOWER)


def raised(world: World, case: str) -> None:
    journeys.raised(world, case)
    journeys.serve(world, case, "major")


def lapses(world: World, case: str) -> list[dict[str, object]]:
    with world.bihuan.database.read() as session:
        rows = queries.case_history(session, case)
    return [dict(row.data) for row in rows if row.act == "plan.lapsed"]


def open_work(world: World, case: str) -> set[str]:
    return set(world.open_tasks(case)) & {"submit_plan", "post_notice", "rectify"}


def test_the_plan_lapses_by_itself_and_the_cause_is_on_record(world: World) -> None:
    case = journeys.served(world, "major")
    assert (open_work(world, case), world.document(case)["phase"]) == ({"submit_plan"}, "planning")
    lowered(world, case)
    assert (open_work(world, case), world.document(case)["phase"]) == ({"rectify"}, "rectifying")
    assert lapses(world, case) == [{"reason": "downgraded"}]
    raised(world, case)
    assert open_work(world, case) == {"submit_plan"}


def test_the_notice_alone_is_owed_again_when_the_plan_was_submitted(world: World) -> None:
    case = journeys.served(world, "major")
    world.do("principal1", case, "submit_plan", **PLAN)
    lowered(world, case)
    assert open_work(world, case) == {"rectify"}
    raised(world, case)
    assert open_work(world, case) == {"post_notice"}


def test_what_was_done_is_not_owed_twice(world: World) -> None:
    case = journeys.served(world, "major")
    journeys.planned(world, case)
    lowered(world, case)
    assert lapses(world, case) == []
    raised(world, case)
    assert open_work(world, case) == {"rectify"}


def test_a_notice_not_posted_is_owed_after_a_failed_recheck(world: World) -> None:
    case = journeys.served(world, "major")
    world.do("principal1", case, "submit_plan", **PLAN)
    world.pass_time(days=16)
    world.do("inspector2", case, "expiry_recheck", result="pass")
    assert open_work(world, case) == set()
    journeys.rechecked(world, case, "major", "fail")
    assert open_work(world, case) == {"post_notice"}
