"""Boundaries that come again: at each date of a row, and at every act."""

from __future__ import annotations

from datetime import timedelta

from tests.work import diagrams as d
from tests.work.application import CLERK
from tests.work.world import World

REMINDED = d.process(
    "reminded",
    d.start(),
    d.user("wait_task", "office"),
    d.reminder("again", "wait_task", "limit"),
    d.service("say_so", "remark"),
    d.end("said"),
    d.end("done"),
    d.chain("begin", "wait_task", "done"),
    d.chain("again", "say_so", "said"),
)


def test_a_reminder_comes_once_for_each_date_and_leaves_nothing_due(world: World) -> None:
    world.application.dates = {"limit": world.instant(days=1)}
    world.deploy("reminded", REMINDED)
    case = world.start("reminded")
    for number in range(1, 4):
        assert world.case(case).next_due_at == world.moment.now() + timedelta(days=1)
        world.later(days=1)
        assert world.runtime.fire_due() == 1
        assert world.runtime.fire_due() == 0
        assert world.case(case).next_due_at is None
        assert world.case(case).document.count("remarked") == number
        world.application.moving = ("limit", world.instant(days=1))
        world.runtime.perform_act(CLERK, case, "comment", {})
        world.application.moving = None
    assert world.open_elements() == ["wait_task"]


HEARD = d.process(
    "heard",
    d.start(),
    d.user("wait_task", "office"),
    d.boundary("appealed", "wait_task", message="appeal", interrupting=False),
    d.service("say_so", "remark"),
    d.end("said"),
    d.end("done"),
    d.chain("begin", "wait_task", "done"),
    d.chain("appealed", "say_so", "said"),
    messages=("appeal",),
)


def test_an_act_beside_a_task_may_be_done_again_and_again(world: World) -> None:
    world.deploy("heard", HEARD)
    case = world.start("heard")
    for number in range(1, 4):
        world.runtime.perform_act(CLERK, case, "appeal", {})
        assert world.case(case).document.count("remarked") == number
        assert world.open_elements() == ["wait_task"]
