from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import setitem

import pytest

from engine import errors
from engine.execution.compiled import compile_process
from engine.execution.instance import ProcessInstance
from engine.execution.model import Visit
from tests.execution.drawing import both, boundary, diagram, end, service, start, sub, user, xor
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run

TWO = diagram("p", [start(), user("u"), user("v"), end()], "start > u > v > end", lanes="park: u")


def begun(source: bytes = TWO, host: FakeHost | None = None) -> ProcessInstance:
    instance = ProcessInstance.start(compile_process(source, "p"), host or FakeHost())
    instance.settle()
    return instance


def test_a_task_cannot_be_completed_twice() -> None:
    instance = begun()
    (task,) = instance.waits().tasks
    instance.complete(task.task_id, {})
    with pytest.raises(errors.Conflict):
        instance.complete(task.task_id, {})
    instance.settle()
    with pytest.raises(errors.Conflict):
        instance.complete(task.task_id, {})
    assert [task.element for task in instance.waits().tasks] == ["v"]


@pytest.mark.parametrize("task_id", ["", "0", "1", "2", "99", "-1", "x", "²", "4 or 1=1"])
def test_what_is_no_open_task_is_refused(task_id: str) -> None:
    instance = begun()
    with pytest.raises(errors.Conflict):
        instance.complete(task_id, {})


def test_an_open_task_keeps_its_id_and_no_id_is_given_twice() -> None:
    source = diagram(
        "p", [start(), xor("x"), user("u"), xor("y", default="y-x"), end()],
        "start > x > u > y; y > end | done = true; y > x",
    )  # fmt: skip
    run = Run(source)
    seen = set()
    for _ in range(20):
        task = run.task("u")
        run.settle()
        assert run.task("u").task_id == task.task_id
        assert task.task_id not in seen
        seen.add(task.task_id)
        run.complete("u")


def test_an_open_task_carries_what_an_inbox_needs() -> None:
    source = TWO.replace(
        b'name="u">', b'name="u"><bpmn:extensionElements><spiffworkflow:properties>'
        b'<spiffworkflow:property name="ladder" value="signature"/>'
        b"</spiffworkflow:properties></bpmn:extensionElements>",
    )  # fmt: skip
    (task,) = begun(source).waits().tasks
    assert (task.element, task.lane, task.properties) == ("u", "park", {"ladder": "signature"})


def test_a_step_tells_the_path_of_the_token() -> None:
    source = diagram(
        "p",
        [start(), user("u"), boundary("b", "u", message="stop"), end("e2"), xor("x", default="x-e"),
         sub("box", [start("s"), user("w"), end("se")], "s > w > se"), end("e"), both("f"),
         user("v")],
        "start > u > x; x > f > box > e | n = 1; x > e; f > v > e; b > e2",
    )  # fmt: skip
    run = Run(source)
    assert list(run.visited) == [Visit("start", "start-u", "u")]
    run.complete("u", n=1)
    assert run.completed == ("u", "x", "f", "s")
    assert list(run.visited) == [
        Visit("u", "u-x", "x"),
        Visit("x", "x-f", "f"),
        Visit("f", "f-box", "box"),
        Visit("f", "f-v", "v"),
        Visit("s", "s-w", "w"),
    ]
    run.complete("w")
    assert list(run.visited) == [
        Visit("w", "w-se", "se"),
        Visit("se"),
        Visit("box", "box-e", "e"),
        Visit("e"),
    ]


def test_an_interruption_is_told_as_the_boundary_that_was_left() -> None:
    source = diagram(
        "p", [start(), user("u"), end(), boundary("b", "u", message="stop"), end("e2")],
        "start > u > end; b > e2",
    )  # fmt: skip
    run = Run(source)
    run.message("stop")
    assert list(run.visited) == [Visit("b", "b-e2", "e2"), Visit("e2")]
    assert run.completed == ("b", "e2")


def test_an_error_of_an_expression_is_an_incident_that_names_the_element() -> None:
    source = diagram("p", [start(), user("u"), xor("x"), end()], "start > u > x; x > end | boom")
    instance = begun(source)
    (task,) = instance.waits().tasks
    instance.complete(task.task_id, {})
    with pytest.raises(errors.Incident, match="boom") as caught:
        instance.settle()
    assert caught.value.details["element"] == "x"


def test_after_an_incident_nothing_can_be_saved() -> None:
    host = FakeHost()
    host.operations["fail"] = lambda _parameters, _token: 1 / 0
    instance = ProcessInstance.start(
        compile_process(
            diagram("p", [start(), service("s", "fail"), end()], "start > s > end"), "p"
        ),
        host,
    )
    with pytest.raises(errors.Incident) as caught:
        instance.settle()
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    for act in (instance.settle, instance.dump, instance.waits, instance.cancel):
        with pytest.raises(errors.Incident, match="earlier step"):
            act()


@pytest.mark.parametrize("kind", [errors.NotAllowed, errors.Unavailable, errors.Invalid])
def test_a_refusal_of_an_operation_stays_a_refusal(kind: type[errors.BihuanError]) -> None:
    def refuse(parameters: Mapping[str, object], token: Mapping[str, object]) -> object:
        raise kind("Expected so, but not so", "不可以")

    host = FakeHost()
    host.operations["refuse"] = refuse
    with pytest.raises(kind, match="not so"):
        begun(diagram("p", [start(), service("s", "refuse"), end()], "start > s > end"), host)


def test_a_loop_in_which_nobody_waits_is_an_incident() -> None:
    source = diagram(
        "p", [start(), xor("x"), service("s", "note"), xor("y", default="y-x"), end()],
        "start > x > s > y; y > end | false; y > x",
    )  # fmt: skip
    with pytest.raises(errors.Incident, match="led to no wait"):
        begun(source)


def test_a_host_cannot_write_to_the_token() -> None:
    def write(parameters: Mapping[str, object], token: Mapping[str, object]) -> object:
        return setitem(token, "x", 1)  # type: ignore[call-overload]

    host = FakeHost()
    host.operations["write"] = write
    with pytest.raises(errors.Incident, match="TypeError"):
        begun(diagram("p", [start(), service("s", "write"), end()], "start > s > end"), host)


def test_flags_are_kept_as_json_knows_them() -> None:
    run = Run(TWO)
    run.complete(
        "u",
        day=date(2026, 3, 2),
        at=datetime(2026, 3, 2, 4, tzinfo=UTC),
        whole=Decimal(2),
        half=Decimal("0.5"),
        pair=(1, 2),
        none=None,
    )
    assert run.task("v").token == {
        "day": "2026-03-02",
        "at": "2026-03-02T04:00:00+00:00",
        "whole": 2,
        "half": 0.5,
        "pair": [1, 2],
        "none": None,
    }


def test_a_flag_that_no_token_can_carry_is_an_incident() -> None:
    with pytest.raises(errors.Incident, match="object"):
        Run(TWO).complete("u", thing=object())


def test_a_cancelled_instance_has_ended_and_waits_for_nothing() -> None:
    box = sub("box", [start("s"), user("w"), end("e")], "s > w > e")
    source = diagram(
        "p", [start(), box, end(), boundary("b", "box", date='due("d")'), end("e2")],
        "start > box > end; b > e2",
    )  # fmt: skip
    run = Run(source)
    run.instance.cancel()
    again = ProcessInstance.load(run.compiled, run.host, run.instance.dump())
    assert again.ended
    assert again.waits() == run.instance.waits()
    assert not again.waits().tasks
    assert not again.waits().timers
    assert again.settle().completed == ()
