"""Diagrams made to be too much are answered soon, with "not decided" and never with "holds"."""

from __future__ import annotations

from time import perf_counter, thread_time

import pytest

from engine.errors import Invalid
from engine.verification.reading import read_model
from engine.verification.report import lines
from engine.verification.soundness import Result, verify
from engine.verification.subjects import subjects
from tests.verification import families
from tests.verification.drawing import alone, checked, document, flows, node, nodes, process


def undecided(result: Result) -> bool:
    return set(result.holds.values()) == {None} and not result.good and result.sound is None


def calls(depth: int, *, each: int) -> list[str]:
    """Draw processes that call the next one so many times each."""
    drawn = [
        process(
            nodes(f"start s{n}", f"end e{n}"),
            *(node("call", f"c{n}_{k}", calledElement=f"p{n + 1}") for k in range(each)),
            flows(" ".join([f"s{n}", *(f"c{n}_{k}" for k in range(each)), f"e{n}"])),
            name=f"p{n}",
        )
        for n in range(depth)
    ]
    return [*drawn, process(nodes("start z", "end y"), flows("z y"), name=f"p{depth}")]


def test_calls_that_double_at_every_level_are_not_unfolded_for_ever() -> None:
    assert checked(*calls(6, each=2)).good
    assert undecided(checked(*calls(40, each=2)))


def test_calls_deeper_than_anyone_draws_are_not_followed() -> None:
    assert checked(*calls(30, each=1)).good
    assert undecided(checked(*calls(300, each=1)))


def test_processes_that_call_each_other_are_told_by_element() -> None:
    drawn = calls(3, each=1)
    round_again = process(
        nodes("start z", "end y"),
        node("call", "back", calledElement="p0"),
        flows("z back y"),
        name="p3",
    )
    result = checked(*drawn[:-1], round_again)
    assert {one.element for one in result.unsupported} == {"c0_0", "c1_0", "c2_0", "back"}


def test_a_diagram_with_too_many_places_is_not_decided() -> None:
    tasks = " ".join(f"t{number}" for number in range(11_000))
    result = alone(nodes("start s", "end e", f"task {tasks}"), flows(f"s {tasks} e"))
    assert undecided(result)
    assert "图太大" in lines(result, "zh")[-1]
    assert "too large" in lines(result, "en")[-1]


def test_a_gateway_with_hundreds_of_branches_is_decided() -> None:
    tasks = [f"t{number}" for number in range(200)]
    drawn = nodes("start s", "end e", "and f j", "task " + " ".join(tasks))
    result = alone(drawn, flows("s f", "j e", *(f"f {task} j" for task in tasks)))
    assert result.good
    assert result.states == 2 * 200 + 6


def test_scopes_deeper_than_the_reader_follows_are_refused() -> None:
    inner = nodes("task deep")
    for number in range(120):
        inner = node("sub", f"box{number}", inner)
    with pytest.raises(Invalid) as refused:
        read_model(document(process(inner)))
    assert "nested" in refused.value.message
    assert "嵌套" in refused.value.message_zh


def test_what_would_need_too_many_instances_is_told_as_far_as_it_was_seen() -> None:
    inner = nodes("start i", "end o", "task w") + flows("i w o")
    for number in range(7):
        inner = (
            nodes(f"start s{number}", f"end e{number}")
            + node("sub", f"box{number}", inner)
            + flows(f"s{number} box{number} e{number}")
        )
    tasks = [f"t{number}" for number in range(5)]
    drawn = nodes("start s", "end e", "and f", "xor j", "task " + " ".join(tasks))
    result = alone(
        drawn,
        node("sub", "outer", inner),
        flows("s f", "j outer e", *(f"f {task} j" for task in tasks)),
        budget=3_000,
    )
    assert result.holds["safe"] is False
    assert result.double_activities[:1] == ("outer",)
    assert not result.decided


def test_what_takes_too_long_is_not_decided() -> None:
    model = read_model(document(process(families.inclusive(12))))
    began, spent = perf_counter(), thread_time()
    result = verify(model, subjects(model)[0], seconds=0.2)
    assert perf_counter() - began < 10
    assert thread_time() - spent < 2
    assert not result.decided
    assert True not in {result.holds[name] for name in ("safe", "option_to_complete")}
