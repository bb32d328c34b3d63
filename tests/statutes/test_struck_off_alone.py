"""Who sends the message that a process begins with has not decided what the process does."""

from __future__ import annotations

import re

import pytest

from engine.deployment.bundle import Bundle
from tests.verification.mutation import shipped, surroundings
from workflows.verifying import examine

_STEP = """<bpmn:serviceTask id="alone" name="销号">
<bpmn:documentation>Strike off</bpmn:documentation>
<bpmn:extensionElements><spiffworkflow:serviceTaskOperator id="case.struck_off" resultVariable="">
<spiffworkflow:parameters/></spiffworkflow:serviceTaskOperator></bpmn:extensionElements>
</bpmn:serviceTask><bpmn:sequenceFlow id="f_alone" sourceRef="alone" targetRef="{target}"/>
</bpmn:process>"""


def behind_the_start(bundle: Bundle) -> Bundle:
    """Return a process that strikes the case off as soon as it has begun."""
    text = bundle.files[bundle.diagram_path].decode()
    start = re.search(r'<bpmn:startEvent id="(\w+)"', text)
    assert start is not None
    flow = re.search(rf'(sourceRef="{start[1]}" targetRef=")(\w+)(")', text)
    assert flow is not None
    text = text.replace(flow[0], f"{flow[1]}alone{flow[3]}")
    text = text.replace("</bpmn:process>", _STEP.format(target=flow[2]), 1)
    return Bundle(bundle.process, {**bundle.files, bundle.diagram_path: text.encode()})


@pytest.mark.parametrize("process", ["void_request", "extension_request"])
def test_nobody_is_struck_off_by_a_request_alone(process: str) -> None:
    found = examine([behind_the_start(shipped()[process])], surroundings())
    assert not found.deployable
    wrong = {one.id for one in found.judgements if one.refuses}
    assert wrong == {"no_timeout_approves", "each_in_its_process"}
