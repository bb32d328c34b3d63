"""A process that a designer might add: a visit on site that is begun when the order is served."""

from __future__ import annotations

import json
from typing import Any

from engine import clock
from engine.deployment.bundle import Bundle
from engine.deployment.deploy import Deployed, deploy
from engine.ports import SYSTEM
from tests.domain.world import World
from tests.work.diagrams import HEAD, chain, end, exclusive, flow, start
from workflows.deploying import bundles

PROCESS = "site_visit"
MESSAGE = "own.site_visit"
BEGIN = '"site_visit"'
AFTER_SERVING = '<bpmn:sequenceFlow id="f_serve_order_g_major" sourceRef="serve_order"'


def call(name: str, operation: str, result: str = "", /, **parameters: str) -> str:
    """A service task with an operation of designers."""
    given = "".join(
        f'<spiffworkflow:parameter id="{key}" type="any" value="{_quoted(value)}"/>'
        for key, value in parameters.items()
    )
    return (
        f'<bpmn:serviceTask id="{name}"><bpmn:extensionElements>'
        f'<spiffworkflow:serviceTaskOperator id="{operation}" resultVariable="{result}">'
        f"<spiffworkflow:parameters>{given}</spiffworkflow:parameters>"
        "</spiffworkflow:serviceTaskOperator></bpmn:extensionElements></bpmn:serviceTask>"
    )


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


DEADLINE = call(
    "limit",
    "deadline.start",
    "last_day",
    name='"visit"',
    count="3",
    unit='"workdays"',
    label='"现场核实期限"',
    label_en='"Visit due"',
    shown_to='"everybody"',
)
LATE = call(
    "tell",
    "notify",
    "told",
    body='"office"',
    role='"officer"',
    text='"现场核实超过期限 " + last_day',
    text_en='"Visit late since " + last_day',
)
MARK = call(
    "mark",
    "case.set_field",
    field='"visit_ok"',
    type='"boolean"',
    value="case.ext.visit_height >= 2",
    label='"高度符合"',
    label_en='"Height in order"',
    shown_to='"everybody"',
)
PAPER = call(
    "paper",
    "paper.make",
    "paper_number",
    title='"现场核实记录"',
    title_en='"Record of the visit"',
    lines='[{label: "高度（米）", label_en: "Height (m)", value: case.ext.visit_height},'
    ' {label: "核实日期", label_en: "Visited on", value: case.ext.visit_on},'
    ' {label: "符合", label_en: "In order", value: case.ext.visit_ok}]',
    subject='"visit"',
    shown_to='"everybody"',
)
TASK = """<bpmn:userTask id="visit" name="现场核实高度">
<bpmn:documentation>Measure the height on site</bpmn:documentation>
<bpmn:extensionElements><spiffworkflow:properties>
<spiffworkflow:property name="act" value="own.open.site_visit"/>
<spiffworkflow:property name="body" value="industry_department"/>
<spiffworkflow:property name="role" value="officer"/>
<spiffworkflow:property name="form" value="visit"/>
<spiffworkflow:property name="ladder" value="w2"/>
</spiffworkflow:properties></bpmn:extensionElements></bpmn:userTask>
<bpmn:boundaryEvent id="late" attachedToRef="visit" cancelActivity="false">
<bpmn:timerEventDefinition><bpmn:timeDate xsi:type="bpmn:tFormalExpression">due("own.visit")
</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:boundaryEvent>"""
LANES = """<bpmn:laneSet id="lanes"><bpmn:lane id="lane" name="行业主管部门">
<bpmn:documentation>Industry department</bpmn:documentation>
<bpmn:flowNodeRef>visit</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"""
FORM: dict[str, Any] = {
    "type": "default",
    "id": "visit",
    "components": [
        {
            "type": "number",
            "key": "height",
            "label": "高度（米）",
            "decimalDigits": 2,
            "validate": {"required": True},
            "properties": {"label_en": "Height (m)", "binds": "ext.visit_height"},
        },
        {
            "type": "datetime",
            "subtype": "date",
            "key": "on",
            "label": "核实日期",
            "validate": {"required": True},
            "properties": {"label_en": "Visited on", "binds": "ext.visit_on"},
        },
        {
            "type": "radio",
            "key": "finding",
            "label": "情况",
            "values": [{"label": "属实", "value": "true"}, {"label": "不实", "value": "wrong"}],
            "validate": {"required": True},
            "properties": {
                "label_en": "Finding",
                "binds": "token.finding",
                "values_en": {"true": "As reported", "wrong": "Not as reported"},
            },
        },
    ],
}


def visit(mark: str = MARK, more: str = "", form: dict[str, Any] = FORM) -> Bundle:
    """Return the bundle of the visit, with one more operation at its end."""
    parts = (
        LANES,
        start("begin", MESSAGE),
        DEADLINE,
        TASK,
        LATE,
        exclusive("found", default="found_skipped"),
        mark,
        PAPER,
        more,
        end("done"),
        end("skipped"),
        end("told_late"),
        chain("begin", "limit", "visit", "found"),
        flow("found", "mark", 'finding = "true"'),
        chain("found", "skipped"),
        chain("mark", "paper", *(["again"] if more else []), "done"),
        chain("late", "tell", "told_late"),
    )
    diagram = (
        f'{HEAD}<bpmn:message id="m_own_site_visit" name="{MESSAGE}"/>'
        f'<bpmn:process id="{PROCESS}" name="现场核实" isExecutable="true">'
        f"<bpmn:documentation>Visit on site</bpmn:documentation>{''.join(parts)}"
        "</bpmn:process></bpmn:definitions>"
    )
    files = {
        f"{PROCESS}.bpmn": diagram.encode(),
        "forms/visit.json": json.dumps(form).encode(),
    }
    return Bundle(PROCESS, files)


def root(begin: str | None = None) -> Bundle:
    """Return the process of the hazard, which begins the visit once the order is served."""
    (shipped,) = bundles(["hazard_rectification"])
    text = shipped.files[shipped.diagram_path].decode()
    begin = begin or call("begin_visit", "process.start", process=BEGIN)
    assert AFTER_SERVING in text
    put = (
        f'{begin}<bpmn:sequenceFlow id="f_serve_order_begin" sourceRef="serve_order" '
        'targetRef="begin_visit"/><bpmn:sequenceFlow id="f_serve_order_g_major" '
        'sourceRef="begin_visit"'
    )
    changed = text.replace(AFTER_SERVING, put)
    return Bundle(shipped.process, {**shipped.files, shipped.diagram_path: changed.encode()})


def deployed(world: World, *changed: Bundle) -> list[Deployed]:
    """Deploy the visit and the process that begins it, or other bundles."""
    with world.bihuan.database.begin() as session:
        environment = world.bihuan.gate_environment()
        wanted = changed or (root(), visit())
        return deploy(session, wanted, environment, actor=SYSTEM, now=clock.now())
