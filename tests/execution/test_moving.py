"""A token is moved from one task to another: what it leaves is disarmed, what it finds is armed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine import clock
from engine.errors import Conflict
from tests.execution.drawing import Node, both, boundary, diagram, end, many, start, sub, user, xor
from tests.execution.runs import Run

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def drawn(nodes: list[Node], flows: str) -> bytes:
    return diagram("p", [start(), *nodes, end()], flows)


CHAIN = drawn([user("a"), user("b"), user("c")], "start > a > b > c > end")


def move(run: Run, source: str, target: str) -> None:
    run.instance.move(run.task(source).task_id, target)
    run.settle()


def test_a_token_goes_back_and_comes_again() -> None:
    run = Run(CHAIN, token={"n": 1})
    run.complete("a", said="yes")
    before = run.task("b").task_id
    move(run, "b", "a")
    assert run.names == ["a"]
    assert run.task("a").token == {"n": 1, "said": "yes"}
    assert run.task("a").task_id != before
    run.complete("a")
    run.complete("b")
    run.complete("c")
    assert run.ended


def test_a_token_goes_on() -> None:
    run = Run(CHAIN)
    move(run, "a", "c")
    run.complete("c")
    assert run.ended


def guarded() -> bytes:
    nodes = [
        user("a"),
        boundary("late_a", "a", duration='"PT5H"'),
        user("b"),
        boundary("late_b", "b", duration='"PT2H"'),
        user("late"),
    ]
    return drawn(nodes, "start > a > b > end; late_a > late; late_b > late > end")


def test_the_timer_it_leaves_is_disarmed_and_the_one_it_finds_is_armed_anew() -> None:
    with clock.use(clock.VirtualClock(NOON)):
        run = Run(guarded())
        run.complete("a")
        assert [one.element for one in run.waits.timers] == ["late_b"]
    with clock.use(clock.VirtualClock(NOON + HOUR)):
        move(run, "b", "a")
        timers = run.waits.timers
        assert [(one.element, one.value) for one in timers] == [("late_a", NOON + 6 * HOUR)]
    with clock.use(clock.VirtualClock(NOON + 5 * HOUR)):
        run.settle()
        assert run.names == ["a"]
        run.complete("a")
        assert run.names == ["b"]
    with clock.use(clock.VirtualClock(NOON + 7 * HOUR)):
        run.settle()
        assert run.names == ["late"]
        run.complete("late")
        assert run.ended


FORKED = drawn(
    [both("fork"), user("a"), user("b"), user("c"), both("join"), user("d")],
    "start > fork > a > b > join > d > end; fork > c > join",
)


def test_a_token_moves_within_its_branch() -> None:
    run = Run(FORKED)
    run.complete("a")
    move(run, "b", "a")
    assert run.names == ["a", "c"]
    for element in ("a", "b", "c"):
        run.complete(element)
    assert run.names == ["d"]


@pytest.mark.parametrize("target", ["c", "d"])
def test_a_token_leaves_no_branch(target: str) -> None:
    run = Run(FORKED)
    with pytest.raises(Conflict, match="branches"):
        run.instance.move(run.task("a").task_id, target)


def test_a_token_stays_in_its_box() -> None:
    box = sub("box", [start("s1"), user("in"), user("on"), end("e1")], "s1 > in > on > e1")
    run = Run(drawn([box, user("out")], "start > box > out > end"))
    move(run, "in", "on")
    assert run.names == ["on"]
    with pytest.raises(Conflict, match="no other task"):
        run.instance.move(run.task("on").task_id, "out")


@pytest.mark.parametrize("target", ["nowhere", "g", "a"])
def test_only_another_task_of_a_person_is_a_place(target: str) -> None:
    run = Run(drawn([user("a"), xor("g"), user("b")], "start > a > g > b > end"))
    with pytest.raises(Conflict):
        run.instance.move(run.task("a").task_id, target)


def test_a_task_of_several_at_once_stays() -> None:
    each = many(user("ask"), "items", "item", into="answers", result="ask_result")
    run = Run(drawn([each, user("b")], "start > ask > b > end"), token={"items": ["x", "y"]})
    with pytest.raises(Conflict):
        run.instance.move(run.waits.tasks[0].task_id, "b")
    other = Run(drawn([user("b"), each], "start > b > ask > end"), token={"items": ["x", "y"]})
    with pytest.raises(Conflict):
        other.instance.move(other.task("b").task_id, "ask")


def test_a_task_that_is_not_open_is_not_moved() -> None:
    run = Run(CHAIN)
    task = run.task("a").task_id
    run.complete("a")
    with pytest.raises(Conflict, match="open"):
        run.instance.move(task, "c")
