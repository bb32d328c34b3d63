"""A step is taken back by hand, with a reason, where nothing is passed over by it."""

from __future__ import annotations

import pytest

from engine.errors import Conflict, Invalid, NotFound, Stale
from engine.store import queries
from engine.work.move_token import MoveToken
from tests.domain.journeys import grade_major, reported, served
from tests.domain.world import World
from workflows.checking.inspection import inspect
from workflows.deploying import bundles
from workflows.domain import notifications
from workflows.domain.moves import MOVES

MAJOR = {"level": "major", "criterion": "令10 第五条(六)", "reason": "无压力报警"}


def move(world: World, case: str, source: str, target: str, reason: str = "条款引用错误") -> None:
    order = MoveToken(world.open_tasks(case)[source], target, reason)
    world.bihuan.runtime.move_token(world.actor("office_officer"), order)


def agrees(world: World) -> bool:
    report = inspect(world.bihuan)
    assert report.sound, report.lines("en")
    return True


def proposed(world: World) -> str:
    case = world.register(criterion="令10 第五条(六)")
    world.do("inspector1", case, "propose_major", **MAJOR)
    return case


def test_a_proposal_is_made_again_by_anybody_and_by_two_persons(world: World) -> None:
    case = proposed(world)
    move(world, case, "second_proposal", "propose_major")
    assert set(world.open_tasks(case)) == {"propose_major"}
    assert world.document(case)["proposers"] == []
    assert agrees(world)
    world.do("inspector2", case, "propose_major", **MAJOR)
    world.do("inspector1", case, "second_proposal", decision="agree")
    assert world.document(case)["proposers"] == ["inspector2", "inspector1"]
    assert agrees(world)


def test_a_major_level_is_named_anew_before_it_is_confirmed(world: World) -> None:
    case = proposed(world)
    world.do("inspector2", case, "second_proposal", decision="agree")
    move(world, case, "confirm_major", "confirm_level")
    world.do("inspector1", case, "confirm_level", level="general", criterion=None, reason="非重大")
    assert set(world.open_tasks(case)) == {"serve_order"}
    assert agrees(world)


def test_a_recheck_is_done_anew_and_the_first_is_kept_as_returned(world: World) -> None:
    case = served(world, "larger")
    reported(world, case)
    items = [{"item": "压力报警", "state": "done"}]
    seen = {"method": "visit", "items": items, "result": "pass"}
    world.do("inspector2", case, "recheck", **seen, photos=[world.photo("inspector2")])
    move(world, case, "recheck_second", "recheck")
    assert world.document(case)["rechecks"][-1]["verdict"] == "returned"
    assert agrees(world)
    world.do("inspector1", case, "recheck", **seen, photos=[world.photo("inspector1")])
    world.do("inspector2", case, "recheck_second", decision="agree")
    assert agrees(world)


def test_the_history_says_who_moved_it_where_and_why(world: World) -> None:
    case = proposed(world)
    move(world, case, "second_proposal", "propose_major", " 条款引用错误 ")
    with world.bihuan.database.read() as session:
        [row] = [r for r in queries.case_history(session, case) if r.act == "token.moved"]
    assert (row.actor, row.element) == ("office_officer", "second_proposal")
    assert (row.data["to"], row.data["reason"]) == ("propose_major", "条款引用错误")


def test_a_preview_tells_who_would_do_it_and_by_when(world: World) -> None:
    case = proposed(world)
    task = world.open_tasks(case)["second_proposal"]
    found = world.bihuan.runtime.places(world.actor("office_officer"), task)
    assert [one.element for one in found] == ["propose_major", "confirm_level"]
    assert {grant.body for one in found for grant in one.candidates} == {"bureau"}
    assert all(one.due_at is not None for one in found)
    assert set(world.open_tasks(case)) == {"second_proposal"}


@pytest.mark.parametrize("target", ["serve_order", "confirm_major", "nowhere", ""])
def test_no_step_is_passed_over(world: World, target: str) -> None:
    case = proposed(world)
    with pytest.raises(Conflict if target else Invalid):
        move(world, case, "second_proposal", target)
    assert set(world.open_tasks(case)) == {"second_proposal"}


def test_a_signed_paper_is_no_place_to_go_back_from(world: World) -> None:
    case = world.register(criterion="令10 第五条(六)")
    grade_major(world, case)
    with pytest.raises(Conflict):
        move(world, case, "serve_order", "confirm_level")


def test_a_move_owes_a_reason_and_the_task_as_it_was_seen(world: World) -> None:
    case = proposed(world)
    with pytest.raises(Invalid):
        move(world, case, "second_proposal", "propose_major", " ")
    actor, task = world.actor("office_officer"), world.open_tasks(case)["second_proposal"]
    with pytest.raises(Stale):
        world.bihuan.runtime.move_token(actor, MoveToken(task, "propose_major", "改", 7))
    with pytest.raises(NotFound):
        world.bihuan.runtime.move_token(actor, MoveToken("none", "propose_major", "改"))


def test_every_move_is_between_steps_of_the_shipped_process() -> None:
    for process, table in MOVES.items():
        [bundle] = bundles([process])
        assert bundle.diagram is not None
        drawn = {node.id for node in bundle.diagram.nodes if node.kind == "userTask"}
        assert set(table) <= drawn
        assert {target for targets in table.values() for target in targets} <= drawn


def test_whoever_took_the_step_is_told_that_it_is_withdrawn(world: World) -> None:
    case = proposed(world)
    task = world.open_tasks(case)["second_proposal"]
    world.bihuan.runtime.claim_task(world.actor("inspector2"), task)
    move(world, case, "second_proposal", "confirm_level")
    with world.bihuan.database.read() as session:
        told = {
            person: [one.text_zh for one in notifications.latest(session, person)]
            for person in ("inspector1", "inspector2", "office_officer")
        }
    assert [text for text in told["inspector2"] if "“第二人复核”已由安委办移到其他步骤" in text]
    assert not [
        text for one in ("inspector1", "office_officer") for text in told[one] if "移到" in text
    ]
    assert agrees(world)
