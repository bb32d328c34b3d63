"""What runs one way in the engine runs so in a simulation: dead ends, repeats, what is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from engine.execution.bpmn_model import Node
from engine.execution.dmn_reader import read_dmn
from engine.expressions.function import Function, declare
from engine.simulation.deciding import Deciding
from engine.simulation.plan import Plan
from engine.simulation.running import Request, run
from engine.simulation.streams import Streams
from engine.simulation.world import Arrival, Flags, Handling, Stage, WorldCase
from tests.expressions.drawing_decisions import decision, document, table
from tests.simulation.small import SmallCase, SmallWorld, chain, flow, plan
from tests.simulation.test_machine import END, START, TIMES, played, tasks
from workflows.simulation.generic import GENERIC

REPEATED = (
    START
    + tasks("a", "late")
    + '<bpmn:boundaryEvent id="t" attachedToRef="a" cancelActivity="false">{event}'
    + '</bpmn:boundaryEvent><bpmn:endEvent id="le"/>'
    + END
    + chain("s", "a", "e")
    + chain("t", "late", "le")
)
CYCLE = (
    '<bpmn:timerEventDefinition id="d"><bpmn:timeCycle>{text}</bpmn:timeCycle>'
    "</bpmn:timerEventDefinition>"
)


def cycled(text: str) -> Plan:
    return plan(REPEATED.format(event=CYCLE.format(text=text)))


@pytest.mark.parametrize(("cycle", "times"), [("R3/PT2S", 3), ("R/PT2S", 4), ("R1/PT2S", 1)])
def test_a_reminder_comes_again_and_again_while_the_task_is_open(cycle: str, times: int) -> None:
    done = played(cycled(f'"{cycle}"'), {**TIMES, "a": 9, "late": 0})
    assert done == ["late"] * times + ["a"]


def test_a_date_of_a_row_comes_once_for_each_of_its_values() -> None:
    drawn = cycled('due("limit")')
    assert played(drawn, {**TIMES, "a": 9}, dates={"limit": 3}) == ["late", "a"]

    moving = {"limit": 3}

    def handle(task: str, visit: int, chance: Streams, case: int) -> Handling:
        moving["limit"] = min(7, moving["limit"] + 2 * (task == "late"))
        return Handling(work=9 if task == "a" else 0)

    world = SmallWorld([0], handle, dates=moving)
    assert run(drawn, world, Request(1, 1)).unfinished == 0
    assert [(at, task) for at, _, task in world.done] == [
        (3, "late"),
        (5, "late"),
        (7, "late"),
        (9, "a"),
    ]


def test_a_message_beside_a_task_comes_again() -> None:
    message = '<bpmn:messageEventDefinition id="d" messageRef="m"/>'
    drawn = plan(REPEATED.format(event=message), beside='<bpmn:message id="m" name="news"/>')

    class Told(SmallCase):
        def handling(self, task: Node, visit: int, flags: Flags, stage: Stage) -> Handling:
            for at in (2, 4) if task.id == "a" else ():
                stage.wake(at, "news")
            return super().handling(task, visit, flags, stage)

    world = World([0], lambda task, *_: Handling(work=9 if task == "a" else 0), kind=Told)
    assert run(drawn, world, Request(1, 1)).unfinished == 0
    assert [task for _, _, task in world.done] == ["late", "late", "a"]


@dataclass
class World(SmallWorld):
    """A small world whose cases are of another kind."""

    kind: type[SmallCase] = SmallCase

    def case(self, arrival: Arrival, streams: Streams, stage: Stage) -> WorldCase:
        return self.kind(self, arrival, streams)


@pytest.mark.parametrize("kind", ["exclusiveGateway", "inclusiveGateway"])
def test_a_gateway_that_nothing_opens_keeps_its_case(kind: str) -> None:
    drawn = plan(
        START
        + f'<bpmn:{kind} id="g"/>'
        + tasks("a")
        + END
        + chain("s", "g")
        + flow("g", "a", "case.number = 2")
        + chain("a", "e")
    )
    world = SmallWorld([0, 1], lambda *_: Handling(work=1))
    record = run(drawn, world, Request(2, 1))
    assert (record.unfinished, record.stuck) == (1, {("p", "g"): 1})


SENT = (
    START
    + '<bpmn:serviceTask id="send"><bpmn:extensionElements>'
    + '<spiffworkflow:serviceTaskOperator id="{operation}"><spiffworkflow:parameters>'
    + '<spiffworkflow:parameter id="{name}" value="&quot;{value}&quot;"/>'
    + "</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
    + "</bpmn:extensionElements></bpmn:serviceTask>"
    + '<bpmn:intermediateCatchEvent id="wait"><bpmn:messageEventDefinition id="d" messageRef="m"/>'
    + "</bpmn:intermediateCatchEvent>"
    + END
    + chain("s", "send", "wait", "e")
)
BESIDE = (
    '<bpmn:process id="q"><bpmn:startEvent id="qs"/><bpmn:intermediateThrowEvent id="answer">'
    '<bpmn:messageEventDefinition id="qm" messageRef="m"/></bpmn:intermediateThrowEvent>'
    '<bpmn:endEvent id="qe"/>' + chain("qs", "answer", "qe") + "</bpmn:process>"
    '<bpmn:message id="m" name="own.news"/>'
)


class Generic(SmallCase):
    """A case with the generic operations that send."""

    def operate(
        self, operation: str, parameters: Mapping[str, object], flags: Flags, stage: Stage
    ) -> object:
        act: Callable[..., object] = GENERIC[operation]
        return act(None, parameters, stage)


@pytest.mark.parametrize(
    ("operation", "name", "value"),
    [("message.send", "message", "own.news"), ("process.start", "process", "q")],
)
def test_what_is_sent_comes_when_the_process_stands_still(
    operation: str, name: str, value: str
) -> None:
    drawn = plan(SENT.format(operation=operation, name=name, value=value), beside=BESIDE)
    record = run(drawn, World([0], lambda *_: Handling(), kind=Generic), Request(1, 1))
    assert (record.unfinished, record.astray) == (0, 0)


def deciding(*rows: str) -> Deciding:
    model = read_dmn(document(decision("d", table("", "x", *rows))))
    return Deciding(model, model.decisions[0])


def answer(one: Deciding, value: object, **functions: Function) -> object:
    return one.value(lambda _: value, dict, functions)


def test_a_decision_tells_one_from_true_and_takes_lists() -> None:
    one = deciding("1 => 10", "true => 20", "[7, 8] => 30")
    assert [answer(one, value) for value in (1, True, [7, 8])] == [10, 20, 30]


def test_a_decision_that_asks_for_the_day_is_asked_each_time() -> None:
    one = deciding("- => today()")
    days = iter(["2026-01-01", "2026-01-02"])
    today = declare("today() -> string", lambda: next(days))
    assert [answer(one, 1, today=today), answer(one, 1, today=today)] == [
        "2026-01-01",
        "2026-01-02",
    ]
