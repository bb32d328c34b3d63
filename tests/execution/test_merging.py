"""Joins that lose nothing: random forks in forks, saved and loaded at each step."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.execution.merging import merged
from tests.execution.drawing import Node, both, diagram, end, start, sub, user, xor
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run
from tests.execution.walks import Stock

WALKS = 60
PAIR = diagram(
    "p",
    [start(), both("fork"), user("a"), user("b"), both("join"), user("u"), end()],
    "start > fork > a > join > u > end; fork > b > join",
)
FLAG = {"status": "open", "officer": "x"}


@pytest.mark.parametrize("order", [["a", "b"], ["b", "a"]])
def test_a_stale_copy_does_not_undo_what_another_branch_wrote(order: list[str]) -> None:
    run = Run(PAIR, token=FLAG)
    for element in order:
        run.complete(element, **{"a": {"status": "closed"}, "b": {"officer": "y"}}[element])
    assert run.task("u").token == {"status": "closed", "officer": "y"}


def test_the_stock_library_would_lose_it() -> None:
    """The reason for joins of our own: should this ever fail, the library has been mended."""
    stock = Stock(PAIR, "p", FakeHost(), FLAG)
    stock.settle()
    stock.workflow.task_tree.data.update(FLAG)
    for element, values in (("a", {"status": "closed"}), ("b", {"officer": "y"})):
        token = next(text for name, text in stock.settle().tasks if name == element)
        stock.complete(element, token, values)
    (task,) = stock.settle().tasks
    assert '"status": "open"' in task[1]


def test_of_two_values_for_one_flag_the_later_stands() -> None:
    for first, second in (("a", "b"), ("b", "a")):
        run = Run(PAIR, token=FLAG)
        run.complete(first, status=first)
        run.complete(second, status=second)
        assert run.task("u").token["status"] == second


def test_lists_that_both_extend_keep_both_and_contexts_are_merged_by_key() -> None:
    run = Run(PAIR, token={"notes": ["s"], "who": {"seen": 1, "n": {"v": 0}}})
    run.complete("b", notes=["s", "b"], who={"seen": 1, "n": {"v": 0}, "b": 2})
    run.complete("a", notes=["s", "a"], who={"seen": 1, "n": {"v": 9}})
    assert run.task("u").token == {
        "notes": ["s", "b", "a"],
        "who": {"seen": 1, "n": {"v": 9}, "b": 2},
    }


def test_plain_ends_of_a_box_lose_nothing_either() -> None:
    box = sub(
        "box",
        [start("s"), both("f"), user("a"), end("ea"), user("b"), end("eb"), user("c"), end("ec")],
        "s > f > a > ea; f > b > eb; f > c > ec",
    )
    for order in itertools.permutations("abc"):
        run = Run(
            diagram("p", [start(), box, user("u"), end()], "start > box > u > end"), token=FLAG
        )
        for element in order:
            run.complete(
                element, **{"a": {"status": "closed"}, "b": {"officer": "y"}}.get(element, {})
            )
        assert run.task("u").token == {"status": "closed", "officer": "y"}


class _Drawing:
    """A random process of forks within forks, tasks in series, and a box here and there."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = (f"n{number}" for number in itertools.count())
        self.tasks: list[str] = []

    def draw(self) -> bytes:
        nodes, flows, first, last = self.part(0)
        return diagram(
            "p",
            [start(), xor("turn"), *nodes, user("check"), xor("more", default="more-turn"), end()],
            f"start > turn > {first}; {last} > check > more > turn; more > end | done = true\n"
            + "\n".join(flows),
        )

    def part(self, depth: int) -> tuple[list[Node], list[str], str, str]:
        kind = self.random.randrange(4) if depth < 3 else 0
        if depth == 0 or kind == 1:
            return self.fork(depth)
        if kind == 2:
            return self.series(depth)
        if kind == 3:
            return self.box(depth)
        name = next(self.names)
        self.tasks.append(name)
        return [user(name)], [], name, name

    def fork(self, depth: int) -> tuple[list[Node], list[str], str, str]:
        split, join = next(self.names), next(self.names)
        nodes, flows = [both(split), both(join)], list[str]()
        for _ in range(self.random.randint(2, 3)):
            more, inner, first, last = self.part(depth + 1)
            nodes += more
            flows += [*inner, f"{split} > {first}", f"{last} > {join}"]
        return nodes, flows, split, join

    def series(self, depth: int) -> tuple[list[Node], list[str], str, str]:
        one, two = self.part(depth + 1), self.part(depth + 1)
        return [*one[0], *two[0]], [*one[1], *two[1], f"{one[3]} > {two[2]}"], one[2], two[3]

    def box(self, depth: int) -> tuple[list[Node], list[str], str, str]:
        name, (nodes, flows, first, last) = next(self.names), self.part(depth + 1)
        inside = [start(f"{name}s"), *nodes, end(f"{name}e")]
        path = [*flows, f"{name}s > {first}", f"{last} > {name}e"]
        return [sub(name, inside, "\n".join(path))], [], name, name


@pytest.mark.parametrize("seed", range(WALKS))
def test_walks_through_forks_in_forks_lose_no_flag(seed: int) -> None:
    random = Random(seed)  # noqa: S311 a walk
    drawing = _Drawing(random)
    flags = {f"f{number}": 0 for number in range(5)}
    run = Run(drawing.draw(), token=flags, migrating=seed % 2 == 0)
    expected: dict[str, object] = {f"f{number}": 0 for number in range(5)}
    for turn in range(3):
        writes = _writes(random, drawing.tasks, turn)
        while run.names != ["check"]:
            element = random.choice(run.names)
            run.complete(element, **writes.get(element, {}))
        for written in writes.values():
            expected |= written
        assert run.task("check").token == expected
        run.complete("check", done=turn == 2)
        expected["done"] = turn == 2
    assert run.ended


def _writes(random: Random, tasks: list[str], turn: int) -> dict[str, dict[str, object]]:
    """Choose one task for every flag; some flags are written by none in this turn."""
    found: dict[str, dict[str, object]] = {}
    for number in range(8):
        if random.random() < 0.7:
            found.setdefault(random.choice(tasks), {})[f"f{number}"] = random.choice(
                (turn, -1, "x")
            )
    return found


FLAGS = st.dictionaries(
    st.sampled_from("abc"),
    st.one_of(
        st.booleans(),
        st.integers(0, 2),
        st.lists(st.integers(0, 1), max_size=3),
        st.dictionaries(st.sampled_from("xy"), st.integers(0, 2)),
    ),
)


@given(FLAGS, FLAGS)
def test_what_one_branch_alone_did_is_what_stands(
    before: dict[str, object], after: dict[str, object]
) -> None:
    assert merged(before, before, after) == after
    assert merged(before, after, before) == after
    assert merged(before, after, after) == after


@given(FLAGS, FLAGS, FLAGS)
def test_no_flag_is_invented(
    before: dict[str, object], one: dict[str, object], two: dict[str, object]
) -> None:
    found = merged(before, one, two)
    assert found.keys() <= one.keys() | two.keys()
    for name in found.keys() & (one.keys() ^ two.keys()):
        assert found[name] == {**one, **two}[name]
