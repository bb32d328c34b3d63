"""Faults in what is named: tasks, operations, expressions, forms and tables."""

from __future__ import annotations

from tests.deployment import letters as d
from tests.deployment.letters import DECIDE, TABLE
from tests.deployment.planting import plant

SET = '<spiffworkflow:property name="set._x" value="1"/>'
PARAMETER = '<spiffworkflow:parameter id="to" type="any" value="nobody"/>'
CALLED = "</spiffworkflow:calledDecisionId>"

PLANTED = [
    # --- tasks
    ("task.lane", plant(("<bpmn:flowNodeRef>write</bpmn:flowNodeRef>", ""))),
    (
        "task.lane",
        plant(
            ('"body" value="office"', '"body" value=""'),
            ("<bpmn:flowNodeRef>write</bpmn:flowNodeRef>", ""),
        ),
    ),
    ("task.body", plant(('"body" value="office"', '"body" value="nobody"'))),
    ("task.act", plant(('"act" value="letter.write"', '"act" value="write"'))),
    ("task.ladder", plant(('"ladder" value="w1"', '"ladder" value="w9"'))),
    ("task.form", plant(('"form" value="decide"', '"form" value="gone"'))),
    ("task.untranslated", plant(("<bpmn:documentation>Task write</bpmn:documentation>", ""))),
    ("operation.unknown", plant(('Operator id="letter.send"', 'Operator id="letter.burn"'))),
    (
        "operation.unknown",
        plant((d.service("send", "letter.send", "sent"), d.node("serviceTask", "send"))),
    ),
    (
        "operation.no_result",
        plant(
            (d.service("copy_one", "letter.copy"), d.service("copy_one", "letter.copy", "copied"))
        ),
    ),
    ("decision.unknown", plant((f">weight{CALLED}", f">height{CALLED}"))),
    ("decision.no_result", plant(('name="result" value="weight"', 'name="result" value=""'))),
    ("flag.name", plant(('resultVariable="sent"', 'resultVariable="typename"'))),
    ("flag.name", plant(('value="write"/>', f'value="write"/>{SET}'))),
    # --- expressions
    ("expression.syntax", plant(("weight > 3", "weight >"))),
    ("expression.syntax", plant(("weight > 3", "${weight == 3}"))),
    ("expression.name", plant(("weight > 3", "wait > 3"))),
    ("expression.name", plant(("weight > 3", 'case.height = "x"'))),
    ("expression.name", plant(("weight > 3", 'case.sender.age = "x"'))),
    ("expression.function", plant(("weight > 3", "open(weight)"))),
    ("expression.value", plant(('decision = "return"', 'decision = "retrun"'))),
    ("expression.type", plant(("weight > 3", 'weight = "heavy"'))),
    ("expression.no_condition", plant(("weight > 3", "weight + 3"))),
    (
        "expression.name",
        plant(
            (
                d.service("copy_one", "letter.copy"),
                d.service("copy_one", "letter.copy", "", PARAMETER),
            )
        ),
    ),
]

SHORT = d.form("decide", {"type": "radio", "key": "decision", "label": "决定", "valuesKey": "x"})


def bound(to: str, kind: str = "textfield") -> str:
    field = {"type": kind, "key": "decision", "label": "决定", "properties": {"binds": to}}
    return d.form("decide", field)


IN_FILES = [
    ("task.form", "forms_write_json", None),
    ("form.unreadable", "forms_write_json", "{"),
    ("form.unreadable", "forms_write_json", d.form("write", {"type": "html", "content": "x"})),
    ("form.unused", "forms/spare.json", d.form("spare")),
    ("form.unreadable", "forms_decide_json", bound("case.opinion")),
    ("form.binding", "forms/register.json", bound("ext.height").replace("decide", "register")),
    ("form.list_flag", "forms_decide_json", bound("ext.papers", "filepicker")),
    ("field.kept", "forms_decide_json", bound("ext.stamp")),
    ("form.flag_name", "forms_decide_json", bound("token.typename")),
    ("form.list_flag", "forms_decide_json", bound("token.decision", "filepicker")),
    ("expression.name", "forms_decide_json", SHORT),
    ("expression.name", "forms_decide_json", DECIDE.replace("=decision = ", "=nothing = ")),
    ("expression.value", "forms_decide_json", DECIDE.replace('= \\"agree\\"', '= \\"agre\\"')),
    ("decision.unknown", "weight_dmn", None),
    ("decision.unreadable", "weight_dmn", TABLE.replace("UNIQUE", "BEST")),
    ("decision.unreadable", "weight_dmn", "<!DOCTYPE x><x/>"),
    ("decision.repeated", "other.dmn", TABLE),
    ("decision.gap", "weight_dmn", TABLE.replace('not("major")', '"minor"')),
    ("decision.overlap", "weight_dmn", TABLE.replace('not("major")', "-")),
    (
        "decision.unreachable",
        "weight_dmn",
        TABLE.replace("UNIQUE", "FIRST").replace('<text>"major"', "<text>-"),
    ),
    ("decision.not_analysed", "weight_dmn", TABLE.replace('not("major")', "not(case.opinion)")),
    ("decision.cell", "weight_dmn", TABLE.replace('not("major")', "> 3")),
    ("decision.cell", "weight_dmn", TABLE.replace('not("major")', "not(")),
    ("expression.name", "weight_dmn", TABLE.replace("case.level", "case.height")),
    ("expression.syntax", "weight_dmn", TABLE.replace("<text>5</text>", "<text>5 +</text>")),
]
