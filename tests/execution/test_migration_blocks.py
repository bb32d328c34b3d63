"""Tokens in parallel blocks go on under another version only if its joins count as theirs do."""

from __future__ import annotations

from engine.execution.migration import Obstacle
from tests.execution.drawing import Node, both, either, user
from tests.execution.runs import Run
from tests.execution.test_migration import TWO, drawn, moved, tried


def test_a_task_that_another_version_puts_into_a_parallel_block_is_in_the_way() -> None:
    after = drawn(
        [both("fork"), user("a"), user("c"), both("join"), user("b")],
        "start > fork > a > join > b > end; fork > c > join",
    )
    assert tried(Run(TWO), after).obstacles == (Obstacle("parallel", "join"),)


def signing(*more: Node, flows: str) -> bytes:
    nodes = [both("fork"), user("park"), user("branch"), both("join"), user("file"), *more]
    return drawn(nodes, flows)


SIGNING = signing(flows="start > fork > park > join > file > end; fork > branch > join")


def test_tokens_in_a_block_join_in_the_new_version() -> None:
    longer = signing(
        user("check"), flows="start > fork > park > check > join > file > end; fork > branch > join"
    )
    run = moved(Run(SIGNING), longer)
    run.complete("park")
    assert run.names == ["branch", "check"]
    run.complete("branch")
    assert run.names == ["check"]
    run.complete("check")
    assert run.names == ["file"]


def test_a_token_that_waits_at_a_join_is_still_known_to_it() -> None:
    after = signing(
        user("later"), flows="start > fork > park > join > file > later > end; fork > branch > join"
    )
    run = Run(SIGNING)
    run.complete("park")
    moved(run, after)
    run.complete("branch")
    assert run.names == ["file"]


def test_a_join_that_does_not_know_whence_a_waiting_token_came_is_in_the_way() -> None:
    after = signing(
        user("check"), flows="start > fork > park > check > join > file > end; fork > branch > join"
    )
    run = Run(SIGNING)
    run.complete("park")
    assert tried(run, after).obstacles == (Obstacle("parallel", "join"),)


def test_a_block_that_gained_a_branch_is_in_the_way() -> None:
    after = signing(
        user("third"),
        flows="start > fork > park > join > file > end; fork > branch > join; fork > third > join",
    )
    assert tried(Run(SIGNING), after).obstacles == (Obstacle("parallel", "join"),)
    before = Run(
        drawn(
            [user("w"), *_parallel()], "start > w > fork > park > join > end; fork > branch > join"
        )
    )
    ahead = drawn(
        [user("w"), *_parallel(), user("third")],
        "start > w > fork > park > join > end; fork > branch > join; fork > third > join",
    )
    moved(before, ahead).complete("w")
    assert before.names == ["branch", "park", "third"]


def _parallel() -> list[Node]:
    return [both("fork"), user("park"), user("branch"), both("join")]


def test_a_split_of_another_name_behind_two_tokens_is_in_the_way() -> None:
    after = signing(flows="start > fork > park > join > file > end; fork > branch > join")
    renamed = after.replace(b'"fork"', b'"parting"')
    assert tried(Run(SIGNING), renamed).obstacles == (Obstacle("parallel", "fork"),)


def test_flags_of_two_tokens_are_held_against_the_split_behind_them() -> None:
    after = signing(
        user("later"), flows="start > fork > park > join > file > later > end; fork > branch > join"
    )
    run = moved(Run(SIGNING, token={"a": 1, "b": 1}), after)
    run.complete("park", a=2)
    run.complete("branch", b=3)
    assert run.task("file").token == {"a": 2, "b": 3}


def test_a_block_that_was_taken_away_around_two_tokens_is_in_the_way() -> None:
    after = drawn(
        [user("park"), user("branch"), user("file")], "start > park > branch > file > end"
    )
    assert Obstacle("parallel", "join") in tried(Run(SIGNING), after).obstacles


def test_an_inclusive_join_counts_the_same_tokens() -> None:
    def chosen(flows: str, *more: Node) -> bytes:
        nodes = [either("some", default="some-b"), user("a"), user("b"), either("join"), user("c")]
        return drawn([*nodes, *more], flows)

    run = Run(
        chosen("start > some\nsome > a > join > c > end | n > 0\nsome > b > join"), token={"n": 1}
    )
    assert run.names == ["a"]
    longer = "start > some\nsome > a > x > join > c > end | n > 0\nsome > b > join"
    moved(run, chosen(longer, user("x"))).complete("a")
    run.complete("x")
    assert run.names == ["c"]
