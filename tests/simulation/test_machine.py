"""Tokens through every construct that may be drawn, each with what it must and must not do."""

from __future__ import annotations

import pytest

from engine.errors import Incident, Invalid
from engine.simulation.plan import Plan
from engine.simulation.running import Request, run
from engine.simulation.streams import Streams
from engine.simulation.world import Handling
from tests.simulation.small import SmallWorld, chain, flow, plan

START, END = '<bpmn:startEvent id="s"/>', '<bpmn:endEvent id="e"/>'


def tasks(*names: str) -> str:
    return "".join(f'<bpmn:userTask id="{name}"/>' for name in names)


def played(
    drawn: Plan,
    times: dict[str, int],
    flags: dict[str, dict[str, object]] | None = None,
    dates: dict[str, int] | None = None,
) -> list[str]:
    """Return the tasks that one case does, in order; each takes the seconds given for it."""

    def handle(task: str, visit: int, chance: Streams, case: int) -> Handling:
        return Handling(work=times[task], flags=(flags or {}).get(task, {}))

    world = SmallWorld([0], handle, dates=dates or {})
    record = run(drawn, world, Request(1, 1))
    assert record.unfinished == 0
    return [task for _, _, task in world.done]


def test_a_join_waits_for_every_branch() -> None:
    drawn = plan(
        START
        + '<bpmn:parallelGateway id="f"/><bpmn:parallelGateway id="j"/>'
        + tasks("a", "b", "c")
        + END
        + chain("s", "f", "a", "j", "c", "e")
        + chain("f", "b", "j")
    )
    assert played(drawn, {"a": 5, "b": 9, "c": 1}) == ["a", "b", "c"]


def test_a_condition_reads_what_a_task_left() -> None:
    drawn = plan(
        START
        + '<bpmn:exclusiveGateway id="g" default="f_g_b"/>'
        + tasks("t", "a", "b")
        + END
        + chain("s", "t", "g")
        + flow("g", "a", 'decision = "agree"')
        + flow("g", "b")
        + chain("a", "e")
        + chain("b", "e")
    )
    times = {"t": 1, "a": 1, "b": 1}
    assert played(drawn, times, {"t": {"decision": "agree"}}) == ["t", "a"]
    assert played(drawn, times, {"t": {"decision": "refuse"}}) == ["t", "b"]
    assert played(drawn, times) == ["t", "b"]


def test_each_branch_reads_its_own_flag_and_the_join_has_both() -> None:
    drawn = plan(
        START
        + '<bpmn:parallelGateway id="f"/><bpmn:parallelGateway id="j"/>'
        + '<bpmn:exclusiveGateway id="g" default="f_g_e"/>'
        + tasks("a", "b", "c")
        + END
        + chain("s", "f", "a", "j", "g")
        + chain("f", "b", "j")
        + flow("g", "c", 'x = 1 and y = 2 and both = "b"')
        + flow("g", "e")
        + chain("c", "e")
    )
    left = {"a": {"x": 1, "both": "a"}, "b": {"y": 2, "both": "b"}}
    assert played(drawn, {"a": 1, "b": 2, "c": 1}, left) == ["a", "b", "c"]
    assert played(drawn, {"a": 2, "b": 1, "c": 1}, left) == ["b", "a"]


def test_an_inclusive_join_waits_for_those_that_were_started() -> None:
    drawn = plan(
        START
        + '<bpmn:inclusiveGateway id="f" default="f_f_c"/><bpmn:inclusiveGateway id="j"/>'
        + tasks("a", "b", "c", "z")
        + END
        + chain("s", "f")
        + flow("f", "a", "true")
        + flow("f", "b", "case.number = 1")
        + flow("f", "c")
        + chain("a", "j", "z", "e")
        + chain("b", "j")
        + chain("c", "j")
    )
    assert played(drawn, {"a": 5, "b": 9, "c": 1, "z": 1}) == ["a", "b", "z"]


BOUNDED = (
    START
    + '<bpmn:subProcess id="sub"><bpmn:startEvent id="i"/>'
    + tasks("a", "b")
    + '<bpmn:endEvent id="o"/>'
    + chain("i", "a", "b", "o")
    + '</bpmn:subProcess><bpmn:boundaryEvent id="t" attachedToRef="sub"{how}>'
    + '<bpmn:timerEventDefinition id="d">{timer}</bpmn:timerEventDefinition>'
    + "</bpmn:boundaryEvent>"
    + tasks("late", "on")
    + END
    + chain("s", "sub", "on", "e")
    + chain("t", "late", "e")
)
DATE = '<bpmn:timeDate>due("limit")</bpmn:timeDate>'
TIMES = {"a": 5, "b": 5, "late": 1, "on": 1}


def test_a_date_takes_the_activity_away_unless_it_does_not_interrupt() -> None:
    interrupting = plan(BOUNDED.format(how="", timer=DATE))
    assert played(interrupting, TIMES, dates={"limit": 7}) == ["a", "late"]
    assert played(interrupting, TIMES, dates={"limit": 20}) == ["a", "b", "on"]
    assert played(interrupting, TIMES) == ["a", "b", "on"]
    beside = plan(BOUNDED.format(how=' cancelActivity="false"', timer=DATE))
    assert played(beside, TIMES, dates={"limit": 7}) == ["a", "late", "b", "on"]


def test_a_duration_counts_from_its_arming() -> None:
    timer = '<bpmn:timeDuration>duration("PT8S")</bpmn:timeDuration>'
    assert played(plan(BOUNDED.format(how="", timer=timer)), TIMES) == ["a", "late"]


def test_a_message_is_caught_else_it_starts_its_process() -> None:
    beside = (
        '<bpmn:process id="q"><bpmn:startEvent id="qs"><bpmn:messageEventDefinition id="m1" '
        'messageRef="m"/></bpmn:startEvent>'
        + tasks("partner")
        + '<bpmn:endEvent id="qe"/>'
        + chain("qs", "partner", "qe")
        + '</bpmn:process><bpmn:message id="m" name="news"/>'
    )
    drawn = plan(
        START + '<bpmn:intermediateThrowEvent id="throw"><bpmn:messageEventDefinition id="m2" '
        'messageRef="m"/></bpmn:intermediateThrowEvent>'
        + tasks("own")
        + END
        + chain("s", "throw", "own", "e"),
        beside=beside,
    )
    assert played(drawn, {"partner": 1, "own": 5}) == ["partner", "own"]
    # The root ends first: who did not listen is taken away.
    assert played(drawn, {"partner": 5, "own": 1}) == ["own"]


def test_the_first_of_two_events_takes_the_other_away() -> None:
    drawn = plan(
        START
        + '<bpmn:eventBasedGateway id="g"/>'
        + "".join(
            f'<bpmn:intermediateCatchEvent id="{name}"><bpmn:timerEventDefinition id="d{name}">'
            f'<bpmn:timeDate>due("{name}")</bpmn:timeDate></bpmn:timerEventDefinition>'
            "</bpmn:intermediateCatchEvent>"
            for name in ("x", "y")
        )
        + tasks("tx", "ty")
        + END
        + chain("s", "g", "x", "tx", "e")
        + chain("g", "y", "ty", "e")
    )
    assert played(drawn, {"tx": 1, "ty": 1}, dates={"x": 9, "y": 4}) == ["ty"]


def test_terminate_ends_what_else_is_under_way() -> None:
    drawn = plan(
        START
        + '<bpmn:parallelGateway id="f"/>'
        + tasks("a", "b")
        + '<bpmn:endEvent id="stop"><bpmn:terminateEventDefinition id="d"/></bpmn:endEvent>'
        + END
        + chain("s", "f", "a", "stop")
        + chain("f", "b", "e")
    )
    assert played(drawn, {"a": 1, "b": 5}) == ["a"]
    assert played(drawn, {"a": 5, "b": 1}) == ["b", "a"]


def test_an_error_goes_to_the_event_that_catches_it() -> None:
    drawn = plan(
        START
        + '<bpmn:subProcess id="sub"><bpmn:startEvent id="i"/><bpmn:endEvent id="bad">'
        + '<bpmn:errorEventDefinition id="x" errorRef="err"/></bpmn:endEvent>'
        + chain("i", "bad")
        + '</bpmn:subProcess><bpmn:boundaryEvent id="c" attachedToRef="sub">'
        + '<bpmn:errorEventDefinition id="y" errorRef="err"/></bpmn:boundaryEvent>'
        + tasks("mended", "on")
        + END
        + chain("s", "sub", "on", "e")
        + chain("c", "mended", "e"),
        beside='<bpmn:error id="err" name="bad" errorCode="bad"/>',
    )
    assert played(drawn, {"mended": 1, "on": 1}) == ["mended"]


def test_a_ring_without_a_rest_is_told() -> None:
    drawn = plan(
        START
        + '<bpmn:exclusiveGateway id="g" default="f_g_h"/><bpmn:exclusiveGateway id="h"/>'
        + END
        + chain("s", "g", "h", "g")
        + flow("g", "e", "false")
    )
    with pytest.raises(Incident):
        played(drawn, {})


@pytest.mark.parametrize(
    "body",
    [
        START + '<bpmn:complexGateway id="t"/>' + END + chain("s", "t", "e"),
        START
        + '<bpmn:userTask id="t"><bpmn:multiInstanceLoopCharacteristics/></bpmn:userTask>'
        + END
        + chain("s", "t", "e"),
        START + tasks("t") + END + chain("s", "t") + flow("t", "e", "1 +"),
    ],
)
def test_what_no_token_can_be_moved_through_is_refused(body: str) -> None:
    with pytest.raises(Invalid):
        plan(body)
