"""A token is moved by hand where the application lets it; rows, rungs and dates go with it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.errors import Conflict, Invalid
from engine.ports import Context, TaskFacts
from engine.work.migrate import MigrateCase
from engine.work.move_token import MoveToken
from tests.work import diagrams as d
from tests.work.application import CHIEF, CLERK, PaperApplication, PaperFile
from tests.work.test_migrating import agrees
from tests.work.world import World

FLOW = d.process(
    "flow",
    d.start(),
    d.user("write", "office"),
    d.user("read", "office", english="Read"),
    d.boundary("stop", "read", signal="case.over"),
    d.end(),
    d.end("stopped"),
    d.chain("begin", "write", "read", "end"),
    d.flow("stop", "stopped"),
    signals=("case.over",),
)


class Moving(PaperApplication):
    """Lets a reader give the paper back to its writer."""

    def moves(self, case: PaperFile, task: TaskFacts) -> Sequence[str]:
        return {"read": ("write", "unknown"), "write": ("end",)}.get(task.element, ())

    def moved(self, case: PaperFile, task: TaskFacts, element: str, context: Context) -> None:
        case.note(f"{task.element} to {element}")


@pytest.fixture
def moving(world: World) -> World:
    found = World(world.database, Moving(), world.moment)
    found.deploy("flow", FLOW)
    return found


def reading(world: World) -> str:
    case = world.start("flow")
    world.runtime.complete_task(CLERK, world.task("write"), {})
    return case


def move(world: World, source: str, target: str) -> None:
    world.runtime.move_token(CHIEF, MoveToken(world.task(source), target, "退回"))


def test_a_token_is_moved_and_its_task_with_it(moving: World) -> None:
    case = reading(moving)
    task = moving.task("read")
    moving.runtime.save_draft(CLERK, task, {"decision": "half"})
    [place] = moving.runtime.places(CHIEF, task)
    assert (place.element, place.title_zh) == ("write", "任务 write")
    move(moving, "read", "write")
    assert moving.open_elements() == ["write"]
    assert moving.runtime.draft(CLERK, task) == {}
    assert moving.document(case)["notes"] == ["write", "read to write"]
    assert moving.acts(case)[-1] == "token.moved"
    assert agrees(moving, case)
    moving.runtime.complete_task(CLERK, moving.task("write"), {})
    moving.runtime.complete_task(CLERK, moving.task("read"), {})
    assert moving.case(case).status == "closed"


def test_what_is_no_task_of_a_person_is_no_place(moving: World) -> None:
    case = moving.start("flow")
    with pytest.raises(Conflict):
        move(moving, "write", "end")
    assert moving.open_elements() == ["write"]
    assert agrees(moving, case)


def test_without_leave_nothing_is_moved(world: World) -> None:
    world.deploy("flow", FLOW)
    reading(world)
    assert world.runtime.places(CHIEF, world.task("read")) == []
    with pytest.raises(Conflict):
        move(world, "read", "write")
    assert world.open_elements() == ["read"]


@pytest.mark.parametrize("reason", ["", " \n", "\u200b\u2060", "退\u202e回", "退" * 2001])
def test_a_reason_is_text_that_can_be_read(moving: World, reason: str) -> None:
    case = reading(moving)
    with pytest.raises(Invalid) as refused:
        moving.runtime.move_token(CHIEF, MoveToken(moving.task("read"), "write", reason))
    assert list(refused.value.by_field("zh")) == ["reason"]
    with pytest.raises(Invalid):
        moving.runtime.migrate_case(CHIEF, MigrateCase(case, "flow", 1, reason))
    with pytest.raises(Invalid):
        moving.runtime.retry_incident(CHIEF, "none", reason)
