"""A sound set of two processes, `letter` and `archive`, into which tests plant one fault each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from engine.deployment.findings import Finding
from engine.deployment.gate import check
from engine.operations import OperationInfo
from tests.deployment.designers import DESIGNERS

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="defs">
<bpmn:message id="m_filed" name="letter.filed"/>
<bpmn:message id="m_void" name="letter.void"/>
<bpmn:message id="m_answer" name="letter.answer"/>
<bpmn:signal id="s_closed" name="case.closed"/>
<bpmn:signal id="s_moved" name="date.moved"/>
<bpmn:error id="e_lost" name="lost"/>
<bpmn:error id="e_torn" name="lost" errorCode="torn"/>
"""


def user(name: str, body: str = "office", *, form: str = "decide", extra: str = "") -> str:
    properties = {"act": f"letter.{name}", "body": body, "ladder": "w1", "form": form}
    inner = "".join(
        f'<spiffworkflow:property name="{key}" value="{value}"/>'
        for key, value in properties.items()
    )
    return (
        f'<bpmn:userTask id="{name}" name="任务{name}">'
        f"<bpmn:documentation>Task {name}</bpmn:documentation><bpmn:extensionElements>"
        f"<spiffworkflow:properties>{inner}{extra}</spiffworkflow:properties>"
        "</bpmn:extensionElements></bpmn:userTask>\n"
    )


def node(kind: str, name: str, inner: str = "", **attributes: str) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<bpmn:{kind} id="{name}"{written}>{inner}</bpmn:{kind}>\n'


def service(name: str, operation: str, result: str = "", parameters: str = "") -> str:
    operator = (
        f'<spiffworkflow:serviceTaskOperator id="{operation}" resultVariable="{result}">'
        f"{parameters}</spiffworkflow:serviceTaskOperator>"
    )
    return node("serviceTask", name, f"<bpmn:extensionElements>{operator}</bpmn:extensionElements>")


def rule(name: str, decision: str, result: str) -> str:
    return node(
        "businessRuleTask",
        name,
        f"<bpmn:extensionElements><spiffworkflow:calledDecisionId>{decision}"
        "</spiffworkflow:calledDecisionId><spiffworkflow:properties>"
        f'<spiffworkflow:property name="result" value="{result}"/>'
        "</spiffworkflow:properties></bpmn:extensionElements>",
    )


def message(name: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="{name}"/>'


def signal(name: str) -> str:
    return f'<bpmn:signalEventDefinition signalRef="{name}"/>'


def error(name: str) -> str:
    return f'<bpmn:errorEventDefinition errorRef="{name}"/>'


def timer(text: str = "due(&quot;answer&quot;)", kind: str = "timeDate") -> str:
    return (
        f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"
    )


TERMINATE = "<bpmn:terminateEventDefinition/>"


def flow(source: str, target: str, condition: str = "") -> str:
    text = condition.replace("&", "&amp;").replace("<", "&lt;")
    inner = f"<bpmn:conditionExpression>{text}</bpmn:conditionExpression>" if condition else ""
    return node("sequenceFlow", f"f_{source}_{target}", inner, sourceRef=source, targetRef=target)


def process(name: str, *parts: str, lane: str = "") -> str:
    lanes = ""
    if lane:
        refs = "".join(f"<bpmn:flowNodeRef>{ref}</bpmn:flowNodeRef>" for ref in lane.split())
        lanes = (
            '<bpmn:laneSet id="lanes"><bpmn:lane id="lane_office" name="办公室">'
            f"{refs}</bpmn:lane></bpmn:laneSet>\n"
        )
    body = lanes + "".join(parts)
    return (
        f'{HEAD}<bpmn:process id="{name}" name="{name}流程" isExecutable="true">\n'
        f"<bpmn:documentation>The {name}</bpmn:documentation>\n{body}</bpmn:process>\n"
        "</bpmn:definitions>\n"
    )


LETTER = process(
    "letter",
    node("startEvent", "begin"),
    rule("weigh", "weight", "weight"),
    node("exclusiveGateway", "again"),
    user("write", form="write"),
    node(
        "subProcess",
        "sign_off",
        "\n"
        + node("startEvent", "s_begin")
        + node("parallelGateway", "s_split")
        + user("sign_one")
        + user("sign_two")
        + node("exclusiveGateway", "s_one", default="f_s_one_s_join")
        + node("parallelGateway", "s_join")
        + node("endEvent", "s_refused", TERMINATE)
        + node("endEvent", "s_end")
        + flow("s_begin", "s_split")
        + flow("s_split", "sign_one")
        + flow("s_split", "sign_two")
        + flow("sign_one", "s_one")
        + flow("s_one", "s_refused", 'decision = "return"')
        + flow("s_one", "s_join")
        + flow("sign_two", "s_join")
        + flow("s_join", "s_end"),
    ),
    node("exclusiveGateway", "signed", default="f_signed_again"),
    service("send", "letter.send", "sent"),
    node("inclusiveGateway", "copies", default="f_copies_gathered"),
    service("copy_one", "letter.copy"),
    node("inclusiveGateway", "gathered"),
    node("eventBasedGateway", "wait"),
    node("intermediateCatchEvent", "answered", message("m_answer")),
    node("intermediateCatchEvent", "too_late", timer()),
    node("exclusiveGateway", "settled"),
    node("intermediateThrowEvent", "to_archive", message("m_filed")),
    node("endEvent", "done"),
    node("boundaryEvent", "void", message("m_void"), attachedToRef="sign_off"),
    node("endEvent", "voided"),
    node("boundaryEvent", "warn", timer(), attachedToRef="mark", cancelActivity="false"),
    service("warned", "letter.copy"),
    node("endEvent", "warned_end"),
    user("mark"),
    flow("begin", "weigh"),
    flow("weigh", "again"),
    flow("again", "write"),
    flow("write", "sign_off"),
    flow("sign_off", "signed"),
    flow("signed", "again"),
    flow("signed", "send", 'decision = "agree" and case.level = "major"'),
    flow("signed", "mark", 'decision = "agree" and case.level = "minor"'),
    flow("mark", "send"),
    flow("send", "copies"),
    flow("copies", "gathered"),
    flow("copies", "copy_one", "weight > 3"),
    flow("copy_one", "gathered"),
    flow("gathered", "wait"),
    flow("wait", "answered"),
    flow("wait", "too_late"),
    flow("answered", "settled"),
    flow("too_late", "settled"),
    flow("settled", "to_archive"),
    flow("to_archive", "done"),
    flow("void", "voided"),
    flow("warn", "warned"),
    flow("warned", "warned_end"),
    lane="write mark sign_off",
)

ARCHIVE = process(
    "archive",
    node("startEvent", "begin", message("m_filed")),
    node("intermediateThrowEvent", "tell", message("m_answer")),
    user("file"),
    node("endEvent", "done"),
    node("boundaryEvent", "closed", signal("s_closed"), attachedToRef="file"),
    node("endEvent", "closed_end"),
    flow("begin", "tell"),
    flow("tell", "file"),
    flow("file", "done"),
    flow("closed", "closed_end"),
    lane="file",
)


def form(name: str, *components: dict[str, Any]) -> str:
    return json.dumps({"type": "default", "id": name, "components": components})


DECIDE = form(
    "decide",
    {
        "type": "radio",
        "key": "decision",
        "label": "决定",
        "values": [{"label": "同意", "value": "agree"}, {"label": "退回", "value": "return"}],
        "properties": {"binds": "token.decision"},
    },
    {
        "type": "textarea",
        "key": "opinion",
        "label": "意见",
        "conditional": {"hide": '=decision = "agree"'},
    },
)
WRITE = form("write", {"type": "textarea", "key": "text", "label": "正文"})

TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">
<decision id="weight" name="分量"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i">
<inputExpression id="ie" typeRef="string"><text>case.level</text></inputExpression>
</input>
<output id="o" name="weight" typeRef="number"/>
<rule id="r_major">
<inputEntry id="c1"><text>"major"</text></inputEntry>
<outputEntry id="o1"><text>5</text></outputEntry>
</rule>
<rule id="r_other">
<inputEntry id="c2"><text>not("major")</text></inputEntry>
<outputEntry id="o2"><text>1</text></outputEntry>
</rule>
</decisionTable></decision></definitions>
"""

ENVIRONMENT = GateEnvironment(
    operations={"letter.send": "string", "letter.copy": None, **dict.fromkeys(DESIGNERS)},
    functions={"workdays": "number"},
    case_types={"level": "string", "opinion": "string", "sender": {"name": "string"}},
    described={"letter.send": OperationInfo("寄出", "Send"), **DESIGNERS},
    typed_fields=frozenset({"opinion"}),
    kept_fields=frozenset({"stamp"}),
    kept_flags=frozenset({"letter_number"}),
    answer_flags=frozenset({"verdict"}),
    untold={"letter": frozenset({"sender"})},
    due_names=frozenset({"answer"}),
    ladders=frozenset({"w1", "answer"}),
    own_ladders=frozenset({"w1"}),
    bodies=frozenset({"office", "sender", "referee"}),
    own_bodies=frozenset({"office", "sender"}),
    outside_bodies=frozenset({"sender"}),
    act_messages=frozenset({"letter.void"}),
    act_forms={"letter": frozenset({"register"})},
)


def letter_files(**changed: str | None) -> dict[str, bytes]:
    """The files of `letter`; changed by name with `_` for `.` and `/`, None leaves one out."""
    files: dict[str, str | None] = {
        "letter.bpmn": LETTER,
        "weight.dmn": TABLE,
        "forms/decide.json": DECIDE,
        "forms/write.json": WRITE,
    }
    by_name = {path.replace("/", "_").replace(".", "_"): path for path in files}
    files |= {by_name.get(name, name): content for name, content in changed.items()}
    return {path: content.encode() for path, content in files.items() if content is not None}


def archive() -> Bundle:
    return Bundle(
        "archive", {"archive.bpmn": ARCHIVE.encode(), "forms/decide.json": DECIDE.encode()}
    )


def findings(
    files: Mapping[str, bytes],
    environment: GateEnvironment = ENVIRONMENT,
    beside: tuple[Bundle, ...] | None = None,
) -> list[Finding]:
    """What the gate finds in `letter`, beside `archive`; missing shapes left out."""
    others = (archive(),) if beside is None else beside
    found = check([Bundle("letter", files), *others], environment)
    return [f for f in found if f.code != "layout.undrawn"]
