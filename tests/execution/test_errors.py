"""Errors are caught by the nearest box around them alone; random walks against a plain model."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from random import Random

import pytest

from engine import errors
from tests.execution.drawing import (
    Node,
    both,
    boundary,
    call,
    diagram,
    document,
    end,
    process,
    start,
    sub,
    user,
    xor,
)
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run
from tests.execution.walks import Stock

WALKS = 80
CODES = ("E1", "E2")


def failing(name: str, error: str = "E1") -> Node:
    inside = [start(f"{name}s"), user(f"{name}u"), end(f"{name}e", error=error)]
    return sub(name, inside, f"{name}s > {name}u > {name}e")


def side_by_side() -> bytes:
    nodes = [start(), both("f"), both("j"), end()]
    flows = ["start > f", "j > end"]
    for name in ("one", "two"):
        nodes += [failing(name), boundary(f"{name}b", name, error="E1"), user(f"{name}h")]
        nodes += [xor(f"{name}x")]
        flows += [f"f > {name} > {name}x > j", f"{name}b > {name}h > {name}x"]
    return diagram("p", nodes, "\n".join(flows))


def test_of_two_boxes_side_by_side_only_the_one_that_failed_is_interrupted() -> None:
    run = Run(side_by_side())
    run.complete("oneu")
    assert run.names == ["oneh", "twou"]
    run.complete("twou")
    assert run.names == ["oneh", "twoh"]
    run.complete("oneh")
    run.complete("twoh")
    assert run.ended


def test_the_stock_library_would_interrupt_both() -> None:
    """The reason for a catch of our own: should this ever fail, the library has been mended."""
    stock = Stock(side_by_side(), "p", FakeHost(), {})
    stock.settle()
    stock.complete("oneu", "{}", {})
    assert [name for name, _ in stock.settle().tasks] == ["oneh", "twoh"]


def test_an_error_passes_boxes_that_catch_another_one() -> None:
    inner = [start("s"), failing("in"), boundary("inb", "in", error="E2"), user("inh"),
             end("e"), end("e2")]  # fmt: skip
    outer = sub("out", inner, "s > in > e; inb > inh > e2")
    nodes = [start(), outer, boundary("outb", "out", error="E1"), user("outh"), end(), end("e3")]
    run = Run(diagram("p", nodes, "start > out > end; outb > outh > e3"))
    run.complete("inu")
    assert run.names == ["outh"]


@pytest.mark.parametrize("named_first", [True, False])
def test_a_boundary_that_names_the_error_comes_before_one_that_takes_all(named_first: bool) -> None:
    both_kinds = [boundary("named", "box", error="E1"), boundary("all", "box", error="any")]
    nodes = [start(), failing("box"), *both_kinds[:: 1 if named_first else -1], end()]
    nodes += [user("of_named"), user("of_all")]
    source = diagram("p", nodes, "start > box > end; named > of_named > end; all > of_all > end")
    run = Run(source.replace(b' errorRef="error_any"', b""))
    run.complete("boxu")
    assert run.names == ["of_named"]


def test_an_error_without_code_goes_by_its_name() -> None:
    nodes = [start(), failing("box"), boundary("b", "box", error="E2"), user("h"), end()]
    source = diagram("p", nodes, "start > box > end; b > h > end")
    for code in CODES:
        source = source.replace(f' errorCode="{code}"'.encode(), b"")
    run = Run(source)
    with pytest.raises(errors.Incident):
        run.complete("boxu")


def test_an_error_leaves_a_called_process() -> None:
    helper = process("helper", [start("hs"), user("hu"), end("he", error="E1")], "hs > hu > he")
    nodes = [start(), call("c", "helper"), boundary("b", "c", error="E1"), user("h"), end()]
    run = Run(document(process("p", nodes, "start > c > end; b > h > end"), helper))
    run.complete("hu")
    assert run.names == ["h"]


def test_what_nothing_catches_is_an_incident_even_beside_one_that_would() -> None:
    """Stock takes the boundary of the other box, and goes on as if all were well."""
    nodes = [start(), both("f"), failing("one"), boundary("b", "one", error="E1"), user("h"),
             user("u"), end(error="E1"), end("e2")]  # fmt: skip
    run = Run(diagram("p", nodes, "start > f > one > e2; f > u > end; b > h > e2"))
    with pytest.raises(errors.Incident, match="nothing catches"):
        run.complete("u")


@dataclass
class Box:
    """A box with tasks and boxes side by side; each task may fail with any code."""

    name: str
    catches: tuple[str, ...]
    parts: list[Box | str] = field(default_factory=list)


def _boxes(random: Random) -> Box:
    names = (f"b{number}" for number in itertools.count())

    def box(depth: int) -> Box:
        name = next(names)
        made = Box(name, tuple(code for code in CODES if random.random() < 0.6))
        for number in range(random.randint(1, 3)):
            deeper = depth < 3 and random.random() < 0.6
            made.parts.append(box(depth + 1) if deeper else f"{name}t{number}")
        return made

    return box(0)


def _drawn(box: Box) -> tuple[list[Node], list[str]]:
    """The box with its boundaries and what stands behind them."""
    fork = f"{box.name}f"
    inside: list[Node] = [start(f"{box.name}s"), both(fork)]
    flows = [f"{box.name}s > {fork}"]
    for part in box.parts:
        more, inner = _drawn(part) if isinstance(part, Box) else _task(part)
        last = f"{part.name}e" if isinstance(part, Box) else f"{part}e"
        inside += [*more, end(last)]
        name = part.name if isinstance(part, Box) else part
        flows += [*inner, f"{fork} > {name}"]
        flows.append(f"{name} > {last}" if isinstance(part, Box) else f"{name}x > {last}")
    nodes: list[Node] = [sub(box.name, inside, "\n".join(flows))]
    outside = []
    for code in box.catches:
        names = f"{box.name}{code}"
        nodes += [boundary(names, box.name, error=code), user(f"{names}h"), end(f"{names}e")]
        outside.append(f"{names} > {names}h > {names}e")
    return nodes, outside


def _task(name: str) -> tuple[list[Node], list[str]]:
    nodes = [user(name), xor(f"{name}x", default=f"{name}x-{name}e")]
    nodes += [end(f"{name}{code}", error=code) for code in CODES]
    flows = [f'{name}x > {name}{code} | verdict = "{code}"' for code in CODES]
    return nodes, [f"{name} > {name}x", *flows]


def _inside(box: Box) -> set[str]:
    """Every task that may be open within a box, those behind its inner boundaries included."""
    found: set[str] = set()
    for part in box.parts:
        if isinstance(part, Box):
            found |= _inside(part) | {f"{part.name}{code}h" for code in part.catches}
        else:
            found.add(part)
    return found


def _way(box: Box, task: str) -> list[Box] | None:
    """The boxes around a task, the innermost first."""
    for part in box.parts:
        way = _way(part, task) if isinstance(part, Box) else ([] if part == task else None)
        if way is not None:
            return [*way, box]
    return None


@pytest.mark.parametrize("seed", range(WALKS))
def test_walks_through_boxes_in_boxes_end_where_the_model_says(seed: int) -> None:
    random = Random(seed)  # noqa: S311 a walk
    root = _boxes(random)
    nodes, flows = _drawn(root)
    source = diagram(
        "p", [start(), *nodes, end()], "\n".join([f"start > {root.name} > end", *flows])
    )
    run = Run(source, migrating=seed % 2 == 0)
    opened = {task for task in _inside(root) if not task.endswith("h")}
    while opened:
        assert run.names == sorted(opened)
        task = random.choice(run.names)
        verdict = random.choice((*CODES, "fine", "fine", "fine"))
        way = None if task.endswith("h") else _way(root, task)
        catcher = next((box for box in way or () if verdict in box.catches), None)
        if way is not None and verdict != "fine" and catcher is None:
            with pytest.raises(errors.Incident):
                run.complete(task, verdict=verdict)
            return
        run.complete(task, verdict=verdict)
        opened.discard(task)
        if catcher is not None and verdict != "fine":
            opened -= _inside(catcher)
            opened.add(f"{catcher.name}{verdict}h")
    assert run.ended
