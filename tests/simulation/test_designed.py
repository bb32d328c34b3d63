"""Processes that a designer has just drawn: own acts, generic operations, dates of one's own."""

from __future__ import annotations

import pytest

from engine.deployment.bundle import Bundle
from engine.errors import Invalid
from engine.simulation.calendars import DAY
from tests.simulation.small import chain
from workflows.deploying import bundles
from workflows.simulation.studies import Study, Version, conduct

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core">'
)


def operation(element: str, operator: str, **values: str) -> str:
    parameters = "".join(
        f'<spiffworkflow:parameter id="{key}" value="{value}"/>' for key, value in values.items()
    )
    return (
        f'<bpmn:serviceTask id="{element}"><bpmn:extensionElements>'
        f'<spiffworkflow:serviceTaskOperator id="{operator}"><spiffworkflow:parameters>'
        f"{parameters}</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
        "</bpmn:extensionElements></bpmn:serviceTask>"
    )


VISIT = (
    f'{_HEAD}<bpmn:process id="visit" isExecutable="true"><bpmn:startEvent id="s"/>'
    + operation("field", "case.set_field", field="&quot;height&quot;", value="3")
    + operation(
        "date",
        "deadline.start",
        name="&quot;visit&quot;",
        count="2",
        unit="&quot;days&quot;",
    )
    + operation("told", "notify", body="&quot;office&quot;")
    + operation("beside", "process.start", process="&quot;second&quot;")
    + '<bpmn:intermediateCatchEvent id="due"><bpmn:timerEventDefinition id="d"><bpmn:timeDate>'
    'due("own.visit")</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>'
    '<bpmn:exclusiveGateway id="g" default="f_g_low"/><bpmn:endEvent id="low"/>'
    '<bpmn:userTask id="look"><bpmn:extensionElements><spiffworkflow:properties>'
    '<spiffworkflow:property name="act" value="own.look"/>'
    '<spiffworkflow:property name="body" value="industry_department"/>'
    "</spiffworkflow:properties></bpmn:extensionElements></bpmn:userTask>"
    '<bpmn:endEvent id="e"/>'
    + chain("s", "field", "date", "told", "beside", "due", "g", "low")
    + '<bpmn:sequenceFlow id="high" sourceRef="g" targetRef="look">'
    "<bpmn:conditionExpression>case.ext.height &gt; 2</bpmn:conditionExpression>"
    "</bpmn:sequenceFlow>" + chain("look", "e") + "</bpmn:process></bpmn:definitions>"
)
SECOND = (
    f'{_HEAD}<bpmn:process id="second" isExecutable="true"><bpmn:startEvent id="b"/>'
    '<bpmn:userTask id="also"/><bpmn:endEvent id="x"/>'
    + chain("b", "also", "x")
    + "</bpmn:process></bpmn:definitions>"
)


def test_a_new_process_is_simulated_with_what_is_its_own() -> None:
    drawn = [
        *bundles(),
        Bundle("visit", {"visit.bpmn": VISIT.encode()}),
        Bundle("second", {"second.bpmn": SECOND.encode()}),
    ]
    report = conduct(Study("visit", Version("new", drawn), cases=40))
    version = report["versions"][0]
    steps = {(one["process"], one["element"]): one for one in version["steps"]}
    assert steps["visit", "look"]["done"] == 40
    assert steps["visit", "look"]["body"].endswith(".officer")
    assert steps["second", "also"]["opened"] == 40
    # The date is the end of the second day, and the task follows it.
    assert all(group["median_days"] * DAY > 2 * DAY for group in version["groups"])
    # What nobody has described is named, not passed over.
    assert report["unknown"] == ["act:also", "act:own.look"]
    assert version["astray"] == 0


def test_what_no_process_can_be_simulated_with_is_told() -> None:
    broken = VISIT.replace("case.ext.height &gt; 2", "case.ext.height &gt;")
    drawn = [*bundles(), Bundle("visit", {"visit.bpmn": broken.encode()})]
    with pytest.raises(Invalid, match="at g"):
        conduct(Study("visit", Version("new", drawn), cases=1))
