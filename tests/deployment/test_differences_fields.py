"""Nothing that a diagram runs by differs untold: every field of its parts, also of new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

import pytest

from engine.deployment.differences_diagram import running_changes
from engine.deployment.differences_values import Change
from engine.execution.bpmn_model import (
    Assignment,
    Diagram,
    Event,
    Flow,
    Lane,
    Node,
    ProcessInfo,
)
from workflows.comparing.sentences import sentence

TIMER: Final = Event("timer", timer="timeDate", expression='due("x")')
NODE: Final = Node("a", "userTask", process="p", scope="p", events=(TIMER,))
GATEWAY: Final = Node("g", "exclusiveGateway", process="p", scope="p", default="last")
INNER: Final = Node("i", "userTask", process="p", scope="sub")
FLOWS: Final = (
    Flow("one", "g", "a", "p", condition="x"),
    Flow("two", "g", "i", "p", condition="y"),
    Flow("last", "g", "a", "p", default=True),
)

UNTOLD: Final[Mapping[type, Sequence[str]]] = {
    Node: ("id", "line"),
    Event: ("line",),
    # The default is told of the element that it leaves; it lies where its ends lie.
    Flow: ("id", "line", "default", "scope"),
    # Which elements lie in it is told of these.
    Lane: ("id", "line", "nodes"),
    ProcessInfo: ("id", "line", "lanes"),
    Assignment: (),
}

OTHER: Final[Mapping[type, Mapping[str, Any]]] = {
    Node: {
        "kind": "serviceTask",
        "name": "另一名称",
        "documentation": "Another",
        "process": "q",
        "scope": "sub",
        "lane": "企业",
        "events": (),
        "attached_to": "g",
        "interrupting": False,
        "triggered_by_event": True,
        "default": "one",
        "called": "q",
        "loop": "standard",
        "properties": {"act": "x.y"},
        "operation": "notify",
        "result": "flag",
        "parameters": (Assignment("to", '"issuer"'),),
        "decision": "limits",
        "scripts": ("preScript",),
    },
    Event: {"kind": "message", "name": "other", "timer": "timeCycle", "expression": 'due("y")'},
    Flow: {"source": "a", "target": "g", "condition": "z", "name": "同意"},
    Lane: {"name": "企业"},
    ProcessInfo: {"name": "另一流程", "documentation": "Another", "executable": False},
    Assignment: {"name": "for", "expression": '"office"'},
}


def drawn(
    *nodes: Node,
    flows: Sequence[Flow] = FLOWS,
    process: ProcessInfo | None = None,
    lane: Lane | None = None,
) -> Diagram:
    process = process or ProcessInfo("p", "流程", "Process", executable=True, line=1)
    process = replace(process, lanes=(lane or Lane("lane", "园区", ()),))
    nodes = nodes or (NODE, GATEWAY, INNER)
    return Diagram((process,), nodes, tuple(flows), frozenset(), frozenset(), {}, frozenset())


def told(before: Diagram, after: Diagram) -> list[Change]:
    return list(running_changes("x.bpmn", before, after))


def around(part: Any, name: str, value: Any) -> tuple[Diagram, Diagram]:
    """Return two diagrams that differ in one field of one part."""
    other = replace(part, **{name: value})
    match part:
        case Node():
            return drawn(part), drawn(other)
        case Event():
            return drawn(replace(NODE, events=(part,))), drawn(replace(NODE, events=(other,)))
        case Flow():
            return drawn(flows=[part, *FLOWS[1:]]), drawn(flows=[other, *FLOWS[1:]])
        case Lane():
            return drawn(lane=part), drawn(lane=other)
        case ProcessInfo():
            return drawn(process=part), drawn(process=other)
    task = replace(NODE, parameters=(part,))
    return drawn(task), drawn(replace(NODE, parameters=(other,)))


PARTS: Final = {
    Node: NODE,
    Event: TIMER,
    Flow: FLOWS[0],
    Lane: Lane("lane", "园区", ()),
    ProcessInfo: ProcessInfo("p", "流程", "Process", executable=True, line=1),
    Assignment: Assignment("to", '"issuer"'),
}


@pytest.mark.parametrize("kind", list(PARTS), ids=lambda one: one.__name__)
def test_every_field_is_known_here(kind: type) -> None:
    assert {*OTHER[kind], *UNTOLD[kind]} == {one.name for one in fields(kind)}


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, others in OTHER.items() for name in others]
)
def test_every_field_that_differs_is_told(kind: type, name: str) -> None:
    found = told(*around(PARTS[kind], name, OTHER[kind][name]))
    assert found
    for one in found:
        zh, en = sentence(one)
        assert zh
        assert en


def test_once_and_again_and_again_are_two_things() -> None:
    again = replace(TIMER, timer="timeCycle")
    [one] = told(drawn(NODE), drawn(replace(NODE, events=(again,))))
    assert sentence(one) == (
        "任务“a”的定时方式由到期一次改为反复到期",
        "Task “a”: kind of timer once → again and again",
    )


def test_two_events_of_one_kind_are_both_told() -> None:
    two = (Event("message", "x"), Event("message", "y"))
    [one] = told(
        drawn(replace(NODE, events=two)),
        drawn(replace(NODE, events=(Event("message", "z"), two[1]))),
    )
    assert (one.before, one.after) == ("x, y", "z, y")


def test_the_order_in_which_flows_are_tried() -> None:
    [one] = told(drawn(), drawn(flows=[FLOWS[1], FLOWS[0], FLOWS[2]]))
    assert (one.element, one.aspect) == ("g", "ways")
    assert sentence(one)[1] == "Exclusive gateway “g”: its flows are tried in another order"
    assert not told(drawn(), drawn(flows=[FLOWS[2], FLOWS[0], FLOWS[1]])), "the default is last"


def test_what_changes_between_two_flows_to_one_element() -> None:
    flows = [FLOWS[0], FLOWS[1], replace(FLOWS[2], default=False)]
    was = drawn(NODE, replace(GATEWAY, default="one"), INNER, flows=flows)
    now = drawn(NODE, replace(GATEWAY, default="last"), INNER, flows=flows)
    [one] = told(was, now)
    assert (one.aspect, one.before, one.after) == ("default", ("a [one]",) * 2, ("a [last]",) * 2)


def test_elements_are_named_in_both_languages() -> None:
    task = replace(NODE, name="核定等级", documentation="Confirm the level\nmore")
    flow = replace(FLOWS[0], source="a", target="i")
    back = replace(flow, target="a")
    [one] = told(drawn(task, INNER, flows=[flow]), drawn(task, INNER, flows=[back]))
    assert sentence(one) == (
        "连线“核定等级→核定等级”的终点由“i”改为“核定等级”",
        "Flow “Confirm the level → Confirm the level”: target “i” → “Confirm the level”",
    )
