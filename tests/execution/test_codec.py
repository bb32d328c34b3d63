from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from engine import clock, errors
from engine.execution import codec
from engine.execution.compiled import compile_process
from engine.execution.instance import ProcessInstance
from tests.execution import diagrams
from tests.execution.drawing import both, diagram, end, many, race, start, timer, user
from tests.execution.drawing import catch as catching
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run

SAMPLES = Path(__file__).parent / "samples"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ONE = diagram("p", [start(), user("u"), user("v"), end()], "start > u > v > end")


def test_a_saved_instance_reads_back_as_it_was() -> None:
    run = Run(diagrams.nested(), "nested", token={"n": 1, "deep": {"x": [1, {"y": None}]}})
    before = run.instance.waits()
    again = ProcessInstance.load(run.compiled, run.host, run.instance.dump())
    assert again.waits() == before
    assert again.dump() == run.blob


def test_a_sample_of_format_1_is_read_for_ever() -> None:
    """Written by the first release; add a sample with every new format, never change one."""
    source = (SAMPLES / "format_1.bpmn").read_bytes()
    blob = (SAMPLES / "format_1.state").read_bytes()
    host = FakeHost()
    host.dates["late"] = NOON + timedelta(days=5)
    with clock.use(clock.VirtualClock(NOON)):
        instance = ProcessInstance.load(compile_process(source, "nested"), host, blob)
        waits = instance.waits()
        (task,) = waits.tasks
        assert (task.task_id, task.element, task.token) == ("45", "deep", {"n": 1, "名": "值"})
        assert waits.messages == {"cut"}
        assert waits.signals == {"skip"}
        assert {armed.element for armed in waits.timers} == {"deep_late", "over"}
        instance.complete(task.task_id, {})
        instance.settle()
        assert [task.element for task in instance.waits().tasks] == ["help"]


def test_a_state_of_the_samples_is_still_written_the_same_way() -> None:
    blob = (SAMPLES / "format_1.state").read_bytes()
    assert blob[0] == codec.FORMAT, "a new format needs a new sample beside the old one"


@pytest.mark.parametrize(
    "flags",
    [
        {"typename": "datetime.timedelta", "value": 1},
        {"x": {"typename": "UUID", "value": "0"}},
        {"__builtins__": 1, "__class__": "x", "merged": ["1"], "event_fired": True},
        {"data_objects": {"a": 1}, "seen_events": [0], "": "empty"},
        {"名称": "值", "quote\"'\\": "\u0000\U0001f600"},
    ],
)  # fmt: skip
def test_words_of_the_library_are_harmless_as_data(flags: dict[str, object]) -> None:
    run = Run(ONE)
    run.complete("u", **flags)
    assert run.task("v").token == flags
    run.complete("v")
    assert run.ended


def test_events_seen_by_a_waiting_gateway_survive() -> None:
    source = diagram(
        "p",
        [start(), both("f"), race("r"), catching("m", message="go"),
         timer("t", date='due("d")'), end(), end("e2")],
        "start > f > r > m > end; r > t > e2",
    )  # fmt: skip
    host = FakeHost()
    host.dates["d"] = NOON + timedelta(days=1)
    with clock.use(clock.VirtualClock(NOON)):
        run = Run(source, host=host)
        run.message("go")
        assert run.ended


def test_nothing_of_a_diagram_but_its_names_is_stored() -> None:
    run = Run(ONE, token={"n": 1})
    names, last_id, _, top, inner = orjson.loads(zlib.decompress(run.blob[1:]))
    assert set(names) == {"Start", "start", "u"}
    assert last_id >= 3
    assert inner == []
    assert len(top) == 2 + 3
    assert len(run.blob) < 100


EMPTY = b'[["Start"],1,1,[0,0,[7]],[]]'
ORPHAN = b'[["Start"],1,1,[0,0,[0,0,6,1]],[[0,[0,0]]]]'


@pytest.mark.parametrize("state", [b"", b"\x09", b"\x01", b"\x01broken"])
def test_what_is_no_state_is_an_incident(state: bytes) -> None:
    with pytest.raises(errors.Incident):
        ProcessInstance.load(compile_process(ONE, "p"), FakeHost(), state)


@pytest.mark.parametrize("inside", [b"[]", b"{", b"{}", b"7", EMPTY, ORPHAN])
def test_a_damaged_state_is_an_incident(inside: bytes) -> None:
    state = bytes((codec.FORMAT,)) + zlib.compress(inside)
    with pytest.raises(errors.Incident):
        ProcessInstance.load(compile_process(ONE, "p"), FakeHost(), state)


def test_a_state_of_another_format_is_an_incident() -> None:
    run = Run(ONE)
    with pytest.raises(errors.Incident, match="format 1, but found 9"):
        ProcessInstance.load(run.compiled, run.host, b"\x09" + run.blob[1:])


def test_a_worker_that_never_started_an_instance_still_collects_its_items() -> None:
    ask = many(user("ask"), "items", "item", into="answers", result="answer")
    source = diagram("p", [start(), ask, user("u"), end()], "start > ask > u > end")
    begun = Run(source, token={"items": ["x"]})
    elsewhere = ProcessInstance.load(compile_process(source, "p"), FakeHost(), begun.blob)
    elsewhere.complete(begun.task("ask").task_id, {"answer": 1})
    elsewhere.settle()
    assert elsewhere.waits().tasks[0].token["answers"] == [1]


def test_a_state_cut_short_is_an_incident() -> None:
    run = Run(ONE)
    with pytest.raises(errors.Incident):
        ProcessInstance.load(run.compiled, run.host, run.blob[:-4])


def test_a_state_of_another_diagram_is_an_incident() -> None:
    run = Run(diagrams.nested(), "nested")
    with pytest.raises(errors.Incident):
        ProcessInstance.load(compile_process(ONE, "p"), run.host, run.blob)


def test_flags_with_an_inside_are_no_ones_but_the_branchs_own_after_a_load() -> None:
    source = diagram(
        "p",
        [start(), both("f"), user("u"), user("v"), end(), end("e2")],
        "start > f > u > end; f > v > e2",
    )
    run = Run(source, token={"list": [1], "map": {"x": 1}})
    tokens: list[Any] = [run.task(name).token for name in ("u", "v")]
    tokens[0]["list"].append(2)
    tokens[0]["map"]["y"] = 2
    assert tokens[1] == {"list": [1], "map": {"x": 1}}


def test_the_instances_of_a_repeated_task_are_known_as_such_after_a_load() -> None:
    """The library drops a child that is neither an output nor known as made on the way."""
    source = diagram("p", [start(), many(user("ask"), "items", "item"), end()], "start > ask > end")
    run = Run(source, token={"items": [1, 2]})
    inner = [
        task.triggered
        for task in run.instance._workflow.tasks.values()
        if task.task_spec.name == "ask [child]"
    ]
    assert inner == [True, True]
