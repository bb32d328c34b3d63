"""Who the application bars from a task is kept beside its candidates and followed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import Invalid
from engine.ports import Actor, Bar, Grant
from engine.store import queries
from engine.store.queries import TaskRow
from tests.work import diagrams as d
from tests.work.application import CHIEF, CLERK
from tests.work.world import World

CHIEF_WROTE = Bar("您起草了，须由另一人办理", "You wrote it, so another has to do this", "chief")
BOTH = Actor("both", "二者", (*CLERK.grants, *CHIEF.grants))
OTHER = replace(CHIEF, id="other")
TWO = d.process(
    "two",
    d.start(),
    d.user("write", "office"),
    d.user("sign", "board"),
    d.end(),
    d.chain("begin", "write", "sign", "end"),
)


@pytest.fixture
def case(world: World) -> str:
    world.deploy("two", TWO)
    return world.start("two")


def _task(world: World, element: str) -> TaskRow:
    with world.database.read() as session:
        return queries.task(session, world.task(element))


def _listed(world: World, actor: Actor) -> list[str]:
    with world.database.read() as session:
        return [task.element for task in queries.inbox(session, actor).items]


def test_a_barred_person_gets_no_next_task(world: World, case: str) -> None:
    world.application.barring["sign"] = (replace(CHIEF_WROTE, person="both"),)
    done = world.runtime.complete_task(BOTH, world.task("write"), {})
    assert done.opened_task_ids == [world.task("sign")]
    assert done.next_task_id is None
    assert _listed(world, BOTH) == []
    assert _listed(world, CHIEF) == ["sign"]


def test_bars_of_a_standing_task_follow_the_case(world: World, case: str) -> None:
    world.runtime.complete_task(CLERK, world.task("write"), {})
    assert _listed(world, CHIEF) == ["sign"]
    world.application.barring["sign"] = (CHIEF_WROTE, replace(CHIEF_WROTE, reason="twice"))
    world.runtime.perform_act(CLERK, case, "comment", {})
    assert _task(world, "sign").bars == (CHIEF_WROTE,)
    assert _listed(world, CHIEF) == []
    world.application.barring.clear()
    world.runtime.perform_act(CLERK, case, "comment", {})
    assert _task(world, "sign").bars == ()
    assert _listed(world, CHIEF) == ["sign"]


def test_a_task_taken_by_who_is_barred_meanwhile_is_free_again(world: World, case: str) -> None:
    world.runtime.complete_task(CLERK, world.task("write"), {})
    world.runtime.claim_task(CHIEF, world.task("sign"))
    seen = _task(world, "sign").row_version
    world.application.barring["sign"] = (CHIEF_WROTE,)
    world.runtime.perform_act(CLERK, case, "comment", {})
    task = _task(world, "sign")
    assert (task.assignee, task.row_version) == (None, seen + 1)
    assert _listed(world, OTHER) == ["sign"]
    freed = world.history(case)[-1]
    assert (freed.act, freed.task_id, freed.data["from"]) == ("task.released", task.id, "chief")
    assert world.sound()


def test_a_body_is_barred_by_the_posts_held_now(world: World, case: str) -> None:
    world.application.barring["sign"] = (replace(CHIEF_WROTE, person="", body="maker"),)
    world.runtime.complete_task(CLERK, world.task("write"), {})
    joined = replace(CHIEF, grants=(*CHIEF.grants, Grant("maker", "clerk")))
    assert _listed(world, CHIEF) == ["sign"]
    assert _listed(world, joined) == []
    assert not _task(world, "sign").is_for(joined)
    assert _task(world, "sign").falls_to(joined)


def test_a_task_is_not_handed_to_who_is_barred(world: World, case: str) -> None:
    world.application.barring["sign"] = (CHIEF_WROTE,)
    world.runtime.complete_task(CLERK, world.task("write"), {})
    task = world.task("sign")
    with pytest.raises(Invalid) as refused:
        world.runtime.delegate_task(OTHER, task, "chief", "出差")
    assert refused.value.errors[0].field == "to"
    with pytest.raises(Invalid):
        world.runtime.assign_task(OTHER, task, "chief", "出差")
    assert _task(world, "sign").assignee is None
