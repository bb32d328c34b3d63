"""An instance goes on under another version of its diagram, or it is told why it cannot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine import clock
from engine.execution.compiled import compile_process
from engine.execution.instance import ProcessInstance
from engine.execution.migration import Carried, Obstacle, carry_over
from tests.execution.drawing import (
    Node,
    boundary,
    catch,
    diagram,
    end,
    race,
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
HOUR = timedelta(hours=1)

TWO = diagram("p", [start(), user("a"), user("b"), end()], "start > a > b > end")


def moved(run: Run, after: bytes) -> Run:
    """Carry an instance over; it must be possible."""
    carried = tried(run, after)
    assert carried.obstacles == ()
    run.compiled = compile_process(after, "p")
    run.instance = ProcessInstance.load(run.compiled, run.host, carried.blob)
    run.settle()
    return run


def tried(run: Run, after: bytes) -> Carried:
    before = run.blob
    carried = carry_over(run.compiled, compile_process(after, "p"), run.blob)
    assert run.blob == before
    return carried


def drawn(nodes: list[Node], flows: str) -> bytes:
    return diagram("p", [start(), *nodes, end()], flows)


def test_a_version_is_carried_over_to_itself_unchanged() -> None:
    run = Run(TWO, token={"n": 1})
    assert carry_over(run.compiled, run.compiled, run.blob).blob == run.blob


def test_a_task_stays_the_same_task_and_goes_the_new_way() -> None:
    run = Run(TWO, token={"n": 1})
    before = run.task("a").task_id
    moved(run, drawn([user("a"), user("between"), user("b")], "start > a > between > b > end"))
    assert run.task("a").task_id == before
    run.complete("a", said="yes")
    assert run.names == ["between"]
    assert run.task("between").token == {"n": 1, "said": "yes"}
    run.complete("between")
    run.complete("b")
    assert run.ended


def test_a_task_takes_the_properties_of_the_new_version() -> None:
    run = moved(Run(TWO), drawn([user("a", form="other"), user("b")], "start > a > b > end"))
    assert run.task("a").properties == {"form": "other"}


def test_what_lies_behind_may_be_gone_and_the_flags_it_left_stay() -> None:
    run = Run(TWO)
    run.complete("a", said="yes")
    moved(run, drawn([user("b"), user("c")], "start > b > c > end"))
    assert run.task("b").token == {"said": "yes"}
    run.complete("b")
    assert run.task("c").token == {"said": "yes"}
    run.complete("c")
    assert run.ended


def test_a_task_that_is_gone_is_in_the_way() -> None:
    run = Run(TWO)
    run.complete("a")
    assert tried(run, drawn([user("a")], "start > a > end")).obstacles == (Obstacle("gone", "b"),)


def test_an_element_of_another_kind_is_in_the_way() -> None:
    found = tried(
        Run(TWO), drawn([timer("a", duration='"PT1H"'), user("b")], "start > a > b > end")
    )
    assert found.obstacles == (Obstacle("kind", "a"),)


def test_a_duration_goes_on_counting_from_where_it_was_armed() -> None:
    def waiting(*more: Node, flows: str = "start > wait > a > end") -> bytes:
        return drawn([timer("wait", duration='"PT10H"'), user("a"), *more], flows)

    with clock.use(clock.VirtualClock(NOON)) as _:
        run = Run(waiting())
    with clock.use(clock.VirtualClock(NOON + 9 * HOUR)):
        moved(run, waiting(user("b"), flows="start > wait > a > b > end"))
        assert [one.value for one in run.waits.timers] == [NOON + 10 * HOUR]
        assert run.names == []
    with clock.use(clock.VirtualClock(NOON + 10 * HOUR)):
        run.settle()
        assert run.names == ["a"]


def test_a_date_is_read_as_the_new_version_says() -> None:
    def waiting(due: str) -> bytes:
        return drawn([timer("wait", date=f'due("{due}")'), user("a")], "start > wait > a > end")

    host = FakeHost()
    host.dates = {"first": NOON + HOUR, "second": NOON + 2 * HOUR}
    with clock.use(clock.VirtualClock(NOON)):
        run = moved(Run(waiting("first"), host=host), waiting("second"))
        assert [one.value for one in run.waits.timers] == [NOON + 2 * HOUR]


def test_a_boundary_event_stays_armed() -> None:
    def guarded(*more: Node, flows: str) -> bytes:
        late = boundary("late", "a", duration='"PT5H"')
        return drawn([user("a"), late, user("chase"), *more], flows)

    with clock.use(clock.VirtualClock(NOON)):
        run = Run(guarded(flows="start > a > end; late > chase > end"))
    with clock.use(clock.VirtualClock(NOON + 4 * HOUR)):
        moved(run, guarded(user("b"), flows="start > a > b > end; late > chase > end"))
        assert run.names == ["a"]
    with clock.use(clock.VirtualClock(NOON + 5 * HOUR)):
        run.settle()
        assert run.names == ["chase"]


GUARDED = drawn(
    [user("a"), boundary("late", "a", duration='"PT5H"'), user("b")],
    "start > a > b > end; late > b",
)


@pytest.mark.parametrize(("before", "after"), [(TWO, GUARDED), (GUARDED, TWO)])
def test_a_boundary_event_that_came_or_went_is_in_the_way(before: bytes, after: bytes) -> None:
    assert Obstacle("boundary", "a") in tried(Run(before), after).obstacles


def test_another_kind_of_event_is_in_the_way() -> None:
    def guarded(event: Node) -> bytes:
        return drawn([user("a"), event, user("b")], "start > a > b > end; late > b")

    run = Run(guarded(boundary("late", "a", duration='"PT5H"')))
    found = tried(run, guarded(boundary("late", "a", message="m")))
    assert found.obstacles == (Obstacle("event", "late"),)
    found = tried(run, guarded(boundary("late", "a", duration='"PT5H"', interrupting=False)))
    assert found.obstacles == (Obstacle("event", "late"),)


def boxed(inside: list[Node], flows: str, *more: Node) -> bytes:
    box = sub("box", [start("s1"), *inside, end("e1")], flows)
    return drawn([box, user("after"), *more], "start > box > after > end")


def test_a_task_in_a_sub_process_stays_in_it() -> None:
    run = Run(boxed([user("a")], "s1 > a > e1"))
    moved(run, boxed([user("a"), user("b")], "s1 > a > b > e1"))
    run.complete("a")
    run.complete("b")
    assert run.names == ["after"]


def test_a_sub_process_that_is_gone_is_in_the_way() -> None:
    run = Run(boxed([user("a")], "s1 > a > e1"))
    flat = drawn([user("a"), user("after")], "start > a > after > end")
    assert Obstacle("gone", "box") in tried(run, flat).obstacles


def test_a_choice_of_events_goes_on_waiting_for_the_same_kinds() -> None:
    def raced(*events: Node, flows: str) -> bytes:
        return drawn([race("first"), *events, user("a"), xor("x")], flows)

    answer, wait = catch("answer", message="answer"), timer("wait", duration='"PT5H"')
    flows = "start > first > answer > x > a > end; first > wait > x"
    run = Run(raced(answer, wait, flows=flows))
    more = raced(
        answer, wait, service("note", "count"), flows=flows.replace("x > a", "x > note > a")
    )
    assert moved(run, more).message("answer").visited
    assert run.names == ["a"]
    other = raced(answer, catch("wait", signal="s"), flows=flows)
    assert tried(Run(raced(answer, wait, flows=flows)), other).obstacles == (
        Obstacle("event", "first"),
    )


def test_a_state_that_cannot_be_read_is_in_the_way() -> None:
    compiled = compile_process(TWO, "p")
    assert carry_over(compiled, compiled, b"?").obstacles == (Obstacle("unreadable", "p"),)
