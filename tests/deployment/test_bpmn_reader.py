"""The reader takes a diagram as it is written, what cannot run included."""

from __future__ import annotations

import pytest

from engine.errors import Invalid
from engine.execution.bpmn_model import Assignment, Event
from engine.execution.bpmn_reader import read_bpmn
from tests.deployment import letters as d

DIAGRAM = read_bpmn(d.LETTER.encode())


def test_processes_lanes_and_documentation_are_read() -> None:
    (process,) = DIAGRAM.processes
    assert (process.id, process.name, process.documentation) == (
        "letter",
        "letter流程",
        "The letter",
    )
    assert process.executable
    assert [(lane.name, lane.nodes) for lane in process.lanes] == [
        ("办公室", ("write", "mark", "sign_off"))
    ]


def test_a_task_knows_its_scope_lane_line_and_properties() -> None:
    task = DIAGRAM.by_id["sign_one"]
    assert (task.kind, task.process, task.scope, task.lane) == (
        "userTask",
        "letter",
        "sign_off",
        "办公室",
    )
    assert task.properties["act"] == "letter.sign_one"
    assert 'id="sign_one"' in d.LETTER.splitlines()[task.line - 1]
    assert [node.id for node in DIAGRAM.within("letter") if node.id == "sign_one"] == ["sign_one"]


def test_events_and_boundaries_are_read() -> None:
    assert DIAGRAM.by_id["too_late"].events == (
        Event(
            "timer",
            timer="timeDate",
            expression='due("answer")',
            line=DIAGRAM.by_id["too_late"].line,
        ),
    )
    assert DIAGRAM.by_id["answered"].events[0].name == "letter.answer"
    assert DIAGRAM.by_id["void"].interrupting
    assert not DIAGRAM.by_id["warn"].interrupting
    assert [b.id for b in DIAGRAM.boundaries["sign_off"]] == ["void"]


def test_operations_decisions_and_flows_are_read() -> None:
    assert (DIAGRAM.by_id["send"].operation, DIAGRAM.by_id["send"].result) == (
        "letter.send",
        "sent",
    )
    assert DIAGRAM.by_id["copy_one"].result is None
    assert (DIAGRAM.by_id["weigh"].decision, DIAGRAM.by_id["weigh"].result) == ("weight", "weight")
    flows = {flow.target: flow for flow in DIAGRAM.outgoing["copies"]}
    assert flows["copy_one"].condition == "weight > 3"
    assert flows["gathered"].default
    assert flows["gathered"].condition is None


def test_assignments_and_parameters_are_read() -> None:
    parameter = '<spiffworkflow:parameter id="to" type="any" value="case.level"/>'
    extra = '<spiffworkflow:property name="set.round" value="round + 1"/>'
    parts = d.service("send", "letter.send", "", parameter) + d.user("write", extra=extra)
    diagram = read_bpmn(d.process("letter", parts).encode())
    assert diagram.by_id["send"].parameters == (Assignment("to", "case.level"),)
    assert diagram.by_id["write"].assignments == (Assignment("round", "round + 1"),)


def test_foreign_elements_are_passed_over_and_repeated_ids_told() -> None:
    odd = '<x:thing xmlns:x="urn:x" id="odd"/>' + d.node("task", "one") + d.node("task", "one")
    diagram = read_bpmn(d.process("letter", odd).encode())
    assert [node.id for node in diagram.nodes] == ["one", "one"]
    assert set(diagram.duplicate_ids) == {"one"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a>",
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>" * 200 + "</a>" * 200,
        "<a>" + " " * 2_000_001 + "</a>",
    ],
)
def test_hostile_documents_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_bpmn(text.encode())


def test_another_document_has_no_process() -> None:
    assert read_bpmn(b"<html><body/></html>").processes == ()
