from __future__ import annotations

import pytest

from engine import errors
from engine.execution.compiled import compile_process
from engine.execution.instance import ProcessInstance
from tests.execution.drawing import (
    both,
    boundary,
    call,
    diagram,
    document,
    end,
    many,
    process,
    rule,
    service,
    start,
    sub,
    user,
    xor,
)
from tests.execution.hosts import FakeHost
from tests.execution.runs import Run

CHOICE = diagram(
    "p",
    [start(), xor("x", default="x-other"), user("one"), user("other"), end()],
    "start > x; x > one > end | n = 1; x > other > end",
)


@pytest.mark.parametrize(
    ("answer", "taken"),
    [("n = 1", "one"), ("n = 2", "other"), ("null", "other"), ('"yes"', "other"), ("1", "other")],
)
def test_only_plain_true_takes_a_conditional_flow(answer: str, taken: str) -> None:
    source = CHOICE.replace(b"n = 1", answer.replace('"', "&quot;").encode())
    assert Run(source, token={"n": 1}).names == [taken]


def test_a_gateway_without_a_way_out_is_an_incident() -> None:
    with pytest.raises(errors.Incident):
        Run(
            CHOICE.replace(b'default="x-other"', b"").replace(
                b'id="x-other" sourceRef="x" targetRef="other">',
                b'id="x-other" sourceRef="x" targetRef="other"><bpmn:conditionExpression>n = 7'
                b"</bpmn:conditionExpression>",
            )
        )


def test_a_service_task_evaluates_its_parameters_and_keeps_the_result() -> None:
    host = FakeHost()
    host.operations["deadline.expire"] = lambda _parameters, _token: {"kind": _parameters["which"]}
    source = diagram(
        "p",
        [start(), service("s", "deadline.expire", result="r", which="n + 1"), user("u"), end()],
        "start > s > u > end",
    )
    run = Run(source, host=host, token={"n": 1})
    assert host.calls == [("deadline.expire", {"which": 2}, {"n": 1})]
    assert run.task("u").token == {"n": 1, "r": {"kind": 2}}


def test_a_service_task_without_result_leaves_no_flag() -> None:
    source = diagram("p", [start(), service("s", "note"), user("u"), end()], "start > s > u > end")
    assert Run(source).task("u").token == {}


def test_an_operation_may_bear_the_name_of_an_element() -> None:
    source = diagram("p", [start(), service("s", "u"), user("u"), end()], "start > s > u > end")
    assert Run(source).names == ["u"]


def test_a_business_rule_task_is_decided_by_the_host() -> None:
    host = FakeHost()
    host.decisions["grading"] = "major"
    source = diagram(
        "p",
        [start(), rule("r", "grading", result="grade"), user("u"), end()],
        "start > r > u > end",
    )
    assert Run(source, host=host).task("u").token == {"grade": "major"}


def test_assignments_are_written_when_an_element_completes() -> None:
    task = user("u")
    task.properties = {"set.seen": "n + 1", "act": "report"}
    gateway = xor("x")
    gateway.properties = {"set.again": "seen + 1"}
    source = diagram("p", [start(), task, gateway, user("v"), end()], "start > u > x > v > end")
    run = Run(source)
    run.complete("u", n=1)
    assert run.task("v").token == {"n": 1, "seen": 2, "again": 3}


def test_a_terminate_end_takes_its_scope_along_and_nothing_else() -> None:
    inside = [start("s"), both("f"), user("a"), end("t", terminate=True), user("b"), end("e")]
    source = diagram(
        "p",
        [start(), both("g"), sub("box", inside, "s > f > a > t; f > b > e"), user("c"), end(),
         end("end2"), user("after")],
        "start > g > box > after > end; g > c > end2",
    )  # fmt: skip
    run = Run(source)
    run.complete("a")
    assert run.names == ["after", "c"]


def test_a_terminate_end_of_the_process_ends_sub_processes_too() -> None:
    box = sub("box", [start("s"), user("b"), end("e")], "s > b > e")
    source = diagram(
        "p", [start(), both("g"), user("a"), end("t", terminate=True), box, end()],
        "start > g > a > t; g > box > end",
    )  # fmt: skip
    run = Run(source)
    run.complete("a")
    assert run.ended
    assert run.waits.tasks == ()


def test_sub_processes_three_deep_hand_flags_in_and_out() -> None:
    third = sub("third", [start("s3"), user("deep"), end("e3")], "s3 > deep > e3")
    second = sub("second", [start("s2"), third, end("e2")], "s2 > third > e2")
    first = sub("first", [start("s1"), second, end("e1")], "s1 > second > e1")
    source = diagram("p", [start(), first, user("u"), end()], "start > first > u > end")
    run = Run(source, token={"n": 1})
    assert run.task("deep").token == {"n": 1}
    run.complete("deep", m=2)
    assert run.task("u").token == {"n": 1, "m": 2}


def test_flags_of_parallel_ends_meet_behind_a_sub_process() -> None:
    box = sub(
        "box", [start("s"), both("f"), user("a"), end("ea"), user("b"), end("eb")],
        "s > f > a > ea; f > b > eb",
    )  # fmt: skip
    run = Run(diagram("p", [start(), box, user("u"), end()], "start > box > u > end"))
    run.complete("a", a=1)
    run.complete("b", b=2)
    assert run.task("u").token == {"a": 1, "b": 2}


HELPER = process("helper", [start("hs"), user("help"), end("he")], "hs > help > he")
CALLER = process("p", [start(), call("c", "helper"), user("u"), end()], "start > c > u > end")


def test_a_called_process_of_the_same_document_runs_inside() -> None:
    run = Run(document(CALLER, HELPER))
    run.complete("help", n=1)
    assert run.task("u").token == {"n": 1}


def test_a_called_process_of_another_document_is_handed_in() -> None:
    compiled = compile_process(document(CALLER), "p", called=[document(HELPER)])
    instance = ProcessInstance.start(compiled, FakeHost())
    instance.settle()
    assert [task.element for task in instance.waits().tasks] == ["help"]


def test_a_called_process_that_is_missing_is_refused() -> None:
    with pytest.raises(errors.Invalid, match="helper"):
        compile_process(document(CALLER), "p")


@pytest.mark.parametrize("sequential", [True, False])
def test_a_task_for_every_item(sequential: bool) -> None:
    ask = many(user("ask"), "items", "item", sequential=sequential)
    source = diagram("p", [start(), ask, user("u"), end()], "start > ask > u > end")
    run = Run(source, token={"items": ["x", "y", "z"]})
    seen = []
    while run.names != ["u"]:
        task = run.waits.tasks[0]
        seen.append(task.token["item"])
        run.complete("ask", last=task.token["item"])
    assert sorted(map(str, seen)) == ["x", "y", "z"]
    assert run.task("u").token == {"items": ["x", "y", "z"], "last": seen[-1]}


def test_results_of_a_task_for_every_item_are_collected() -> None:
    ask = many(user("ask"), "items", "item", into="answers", result="answer")
    source = diagram("p", [start(), ask, user("u"), end()], "start > ask > u > end")
    run = Run(source, token={"items": ["x", "y"]})
    run.complete("ask", answer=1)
    run.complete("ask", answer=2)
    assert run.task("u").token["answers"] == [1, 2]


def test_a_task_for_every_item_may_stand_in_a_loop() -> None:
    ask = many(user("ask"), "items", "item", sequential=True)
    source = diagram(
        "p", [start(), xor("r"), ask, xor("x", default="x-r"), end()],
        "start > r > ask > x; x > end | done = true; x > r",
    )  # fmt: skip
    run = Run(source, token={"items": ["x", "y"]})
    for _ in range(4):
        assert run.names == ["ask"]
        run.complete("ask")
    run.complete("ask")
    run.complete("ask", done=True)
    assert run.ended


def test_a_completion_condition_takes_the_rest_away() -> None:
    ask = many(user("ask"), "items", "item", until="enough = true")
    source = diagram("p", [start(), ask, user("u"), end()], "start > ask > u > end")
    run = Run(source, token={"items": ["x", "y", "z"]})
    run.complete("ask")
    run.complete("ask", enough=True)
    assert run.names == ["u"]


def test_a_sub_process_for_every_item_may_be_interrupted() -> None:
    """The stock library crashes here: the instances' sub-processes outlive their tasks."""
    visit = many(
        sub("visit", [start("s"), user("go"), user("write"), end("e")], "s > go > write > e"),
        "items", "site",
    )  # fmt: skip
    source = diagram(
        "p",
        [start(), visit, end(), boundary("stop", "visit", message="stop"), user("u"), end("e2")],
        "start > visit > end; stop > u > e2",
    )
    run = Run(source, token={"items": ["x", "y"]})
    run.complete("go")
    assert run.names == ["go", "write"]
    run.message("stop")
    assert run.names == ["u"]
    run.complete("u")
    assert run.ended
