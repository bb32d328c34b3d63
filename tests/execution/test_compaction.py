from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine import clock
from engine.execution.compiled import compile_process
from engine.execution.instance import ProcessInstance
from tests.execution import diagrams
from tests.execution.drawing import (
    both,
    boundary,
    catch,
    diagram,
    either,
    end,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LOOP = diagram(
    "p",
    [start(), xor("x"), user("u"), xor("y", default="y-x"), end(),
     boundary("b", "u", message="stop"), end("e2")],
    "start > x > u > y; y > end | done = true; y > x; b > e2",
)  # fmt: skip


def test_the_tenth_round_costs_what_the_first_did() -> None:
    host = FakeHost()
    host.dates["soon"] = NOON + timedelta(days=99)
    sizes = []
    with clock.use(clock.VirtualClock(NOON)):
        run = Run(diagrams.box(), "box", host=host)
        for _ in range(30):
            run.complete("rectify")
            run.complete("close", n=2)
            assert run.names == ["rectify"]
            sizes.append(len(run.blob))
    assert sizes[9] <= 1.3 * sizes[0]
    assert sizes[29] <= 1.3 * sizes[0]


def test_a_loop_of_2000_turns_neither_stalls_nor_grows() -> None:
    run = Run(LOOP)
    first = len(run.blob)
    for turn in range(2000):
        run.complete("u", turn=turn)
    assert run.names == ["u"]
    assert len(run.blob) <= 1.3 * first + 8
    run.complete("u", done=True)
    assert run.ended


def test_a_loop_of_2000_turns_does_not_stall_in_memory_either() -> None:
    compiled = compile_process(LOOP, "p")
    instance = ProcessInstance.start(compiled, FakeHost())
    for _ in range(2000):
        instance.settle()
        (task,) = instance.waits().tasks
        instance.complete(task.task_id, {})
    instance.settle()
    instance.deliver_message("stop")
    instance.settle()
    assert instance.ended


def test_an_engine_loop_deeper_than_the_librarys_horizon_still_finds_its_way() -> None:
    """The library looks 1,000 levels down a tree and would stall here without an error."""
    host = FakeHost()
    turns = iter(range(10_000))
    host.operations["turn"] = lambda _parameters, _token: next(turns)
    source = diagram(
        "p",
        [start(), both("f"), user("other"), end("e1"), xor("x"), service("s", "turn", result="n"),
         xor("y", default="y-x"), user("u"), end()],
        "start > f > x > s > y; f > other > e1; y > u > end | n > 600; y > x",
    )  # fmt: skip
    run = Run(source, host=host)
    assert run.names == ["other", "u"]
    run.complete("u")
    assert not run.ended
    run.complete("other")
    assert run.ended


def test_a_weekly_report_for_a_year_does_not_grow() -> None:
    inside = [start("s"), timer("w", duration='"P7D"'), user("report"), end("e")]
    source = diagram(
        "p",
        [start(), xor("again"), sub("round", inside, "s > w > report > e"),
         boundary("b", "round", signal="case.closed"), end()],
        "start > again > round > again; b > end",
    )  # fmt: skip
    time = clock.VirtualClock(NOON)
    with clock.use(time):
        run = Run(source)
        sizes = []
        for _ in range(52):
            time.advance(timedelta(days=7))
            run.settle()
            run.complete("report")
            sizes.append(len(run.blob))
        run.signal("case.closed")
    assert max(sizes) <= 1.1 * sizes[0]
    assert run.ended


def test_a_waiting_timer_keeps_the_flags_it_inherited() -> None:
    """A waiting task inherits again at every check: its parent must not be dropped."""
    source = diagram(
        "p",
        [start(), user("u"), xor("x"), timer("t", date='due("d")'), user("v"), end()],
        "start > u > x > t > v > end",
    )
    host = FakeHost()
    with clock.use(clock.VirtualClock(NOON)):
        run = Run(source, host=host, token={"n": 1})
        run.complete("u", n=2)
        for _ in range(3):
            run.settle()
            assert run.waits.timers[0].token == {"n": 2}
        host.dates["d"] = NOON
        run.settle()
        assert run.task("v").token == {"n": 2}


def test_flags_of_a_branch_that_ended_long_ago_reach_the_end_of_its_scope() -> None:
    box = sub(
        "box",
        [start("s"), both("f"), user("a"), end("ea"), user("b"), end("eb"), user("c"), end("ec")],
        "s > f > a > ea; f > b > eb; f > c > ec",
    )
    run = Run(diagram("p", [start(), box, user("u"), end()], "start > box > u > end"))
    run.complete("a", a=1)
    run.complete("b", b=2)
    run.complete("c", c=3)
    assert run.task("u").token == {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize("handlers", [1, 2])
def test_an_open_handler_outlives_its_activity(handlers: int) -> None:
    names = [f"h{number}" for number in range(handlers)]
    nodes = [start(), user("u"), user("after"), end()]
    flows = "start > u > after > end"
    for name in names:
        nodes += [
            boundary(f"b_{name}", "u", signal=name, interrupting=False),
            user(name),
            end(f"e_{name}"),
        ]
        flows += f"; b_{name} > {name} > e_{name}"
    run = Run(diagram("p", nodes, flows))
    for name in names:
        run.signal(name)
    run.complete("u")
    assert run.names == ["after", *names]
    for name in ["after", *names]:
        assert not run.ended
        run.complete(name)
    assert run.ended


def test_a_long_handler_beside_an_open_activity_is_not_taken_for_it() -> None:
    """The join behind the activity looks at all children of the split, finished ones too."""
    nodes = [start(), user("u"), user("after"), end(),
             boundary("b", "u", signal="tell", interrupting=False),
             user("h1"), user("h2"), user("h3"), end("e")]  # fmt: skip
    run = Run(diagram("p", nodes, "start > u > after > end; b > h1 > h2 > h3 > e"))
    run.signal("tell")
    run.complete("h1")
    run.complete("h2")
    assert run.names == ["h3", "u"]
    run.complete("h3")
    assert run.names == ["u"]
    run.complete("u")
    run.complete("after")
    assert run.ended


@pytest.mark.parametrize("order", ["abcd", "bacd", "dcba", "cbad"])
def test_the_flags_of_ended_branches_merge_in_the_order_in_which_they_ended(order: str) -> None:
    nodes = [start("s"), both("f"), *map(user, "abcd"), *(end(f"e{name}") for name in "abcd")]
    flows = "; ".join(f"s > f > {name} > e{name}" for name in "abcd")
    box = sub("box", nodes, flows.replace("; s > f", "; f"))
    run = Run(diagram("p", [start(), box, user("u"), end()], "start > box > u > end"))
    run.complete(order[0], last=order[0])
    run.complete(order[1], last=order[1])
    run.complete(order[2])
    run.complete(order[3])
    assert run.task("u").token == {"last": order[1]}


def test_the_library_would_end_a_scope_whose_other_branch_is_far_down() -> None:
    """Without its own end join the scope would end over a task beyond the library's horizon."""
    host = FakeHost()
    turns = iter(range(10_000))
    host.operations["turn"] = lambda _parameters, _token: next(turns)
    source = diagram(
        "p",
        [start(), both("f"), user("other"), end("e1"), xor("x"), service("s", "turn", result="n"),
         xor("y", default="y-x"), user("u"), end()],
        "start > f > x > s > y; f > other > e1; y > u > end | n > 600; y > x",
    )  # fmt: skip
    instance = ProcessInstance.start(compile_process(source, "p"), host)
    instance._workflow.do_engine_steps()
    tasks = {task.element: task.task_id for task in instance.waits().tasks}
    instance.complete(tasks["other"], {})
    instance._workflow.do_engine_steps()
    assert not instance.ended
    instance.complete(tasks["u"], {})
    instance._workflow.do_engine_steps()
    assert instance.ended


def test_several_waits_far_down_are_asked_again_without_a_reload() -> None:
    """More than one waiting task is visited by a walk, which must go all the way down.

    The message that nobody sends waits beside the join; a join alone is not walked to.
    """
    host = FakeHost()
    turns = iter(range(10_000))
    host.operations["turn"] = lambda _parameters, _token: next(turns)
    source = diagram(
        "p",
        [start(), xor("x"), service("s", "turn", result="n"), xor("y", default="y-x"), both("f"),
         catch("m", message="never"), end("em"),
         user("a"), user("b"), xor("g", default="g-e2"), either("r"), user("u"), end(), end("e2")],
        "start > x > s > y; y > f | n > 600; y > x; f > a > r > u > end; f > m > em;"
        " f > b > g; g > r | go = 1; g > e2",
    )  # fmt: skip
    instance = ProcessInstance.start(compile_process(source, "p"), host)
    instance._workflow.do_engine_steps()
    for name in ("a", "b"):
        tasks = {task.element: task.task_id for task in instance.waits().tasks}
        instance.complete(tasks[name], {})
        instance._workflow.do_engine_steps()
    assert [task.element for task in instance.waits().tasks] == ["u"]
