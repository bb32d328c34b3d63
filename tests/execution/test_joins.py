from __future__ import annotations

import pytest

from tests.execution.drawing import both, boundary, diagram, either, end, start, user, xor
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run
from tests.execution.walks import Stock

ROUNDS = diagram(
    "p",
    [
        start(),
        xor("round"),
        both("fork"),
        user("park"),
        user("department"),
        both("join"),
        xor("enough", default="enough-round"),
        end(),
    ],
    """
    start > round > fork > park > join > enough; fork > department > join
    enough > end | done = true; enough > round
    """,
)


@pytest.mark.parametrize("turns", [["park", "department"] * 3, ["department", "park"] * 3])
def test_a_join_in_a_loop_waits_for_both_in_every_turn(turns: list[str]) -> None:
    run = Run(ROUNDS)
    for first in turns:
        second = "park" if first == "department" else "department"
        assert run.names == ["department", "park"]
        run.complete(first)
        assert run.names == [second]
        run.complete(second)


def test_the_stock_library_would_let_one_signature_pass_in_the_second_turn() -> None:
    """The reason for joins of our own: should this ever fail, the library has been mended."""
    stock = Stock(ROUNDS, "p", FakeHost(), {})
    for element in ("park", "department", "department"):
        stock.settle()
        stock.complete(element, "{}", {})
    assert len(stock.settle().tasks) == 3


def test_a_loop_over_a_join_does_not_grow() -> None:
    run = Run(ROUNDS)
    sizes = []
    for _ in range(30):
        run.complete("department")
        run.complete("park")
        sizes.append(len(run.blob))
    assert sizes[-1] <= 1.1 * sizes[0]


def test_flags_of_both_branches_meet_behind_the_join() -> None:
    run = Run(ROUNDS)
    run.complete("department", department="agree")
    run.complete("park", park="refuse")
    assert run.task("park").token == {"department": "agree", "park": "refuse"}


def test_an_inclusive_join_waits_for_the_branches_that_were_taken_only() -> None:
    source = diagram(
        "p",
        [
            start(),
            xor("round"),
            either("some", default="some-c"),
            user("a"),
            user("b"),
            user("c"),
            either("join"),
            xor("more", default="more-round"),
            end(),
        ],
        """
        start > round > some
        some > a > join | x > 0
        some > b > join | y > 0
        some > c > join
        join > more; more > end | done = true; more > round
        """,
    )
    run = Run(source, token={"x": 1, "y": 1})
    assert run.names == ["a", "b"]
    run.complete("b")
    assert run.names == ["a"]
    run.complete("a", y=0)
    assert run.names == ["a"]
    run.complete("a", x=0)
    assert run.names == ["c"]
    run.complete("c", x=1, y=1)
    run.complete("a")
    assert run.names == ["b"]
    run.complete("b", done=True)
    assert run.ended


def test_an_inclusive_join_does_not_wait_for_a_branch_that_was_interrupted_away() -> None:
    source = diagram(
        "p",
        [
            start(),
            either("some", default="some-b"),
            user("a"),
            user("b"),
            either("join"),
            user("after"),
            end(),
            boundary("drop", "a", message="drop"),
            end("dropped"),
        ],
        """
        start > some
        some > a > join | x > 0
        some > b > join | x > 0
        join > after > end
        drop > dropped
        """,
    ).replace(b' default="some-b"', b"")
    run = Run(source, token={"x": 1})
    run.complete("b")
    assert run.names == ["a"]
    run.message("drop")
    assert run.names == ["after"]
