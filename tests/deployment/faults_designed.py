"""Faults in what designers add: parameters, fields of the case, messages, own acts."""

from __future__ import annotations

from tests.deployment import letters as d
from tests.deployment.planting import plant

FIELD = {"field": '"height"', "type": '"number"', "value": "3"}
WORDS = {"body": '"office"', "text": '"Copied"'}


def called(operation: str, *more: str, **parameters: str) -> str:
    """The sound diagram, where one service task calls an operation of designers."""
    given = "".join(parameter(name, text) for name, text in parameters.items()) + "".join(more)
    return plant(
        (d.service("copy_one", "letter.copy"), d.service("copy_one", operation, "", given))
    )


def parameter(name: str, text: str) -> str:
    quoted = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<spiffworkflow:parameter id="{name}" type="any" value="{quoted}"/>'


def acting(act: str, *changes: tuple[str, str]) -> str:
    """The sound diagram, where one user task names an act of the designer's own."""
    changed = d.user("mark").replace("letter.mark", act)
    for old, new in changes:
        assert old in changed, old
        changed = changed.replace(old, new)
    return plant((d.user("mark"), changed))


WRITES = ('"form" value="decide"', '"form" value="write"')
SETS = ('value="write"/>', 'value="write"/><spiffworkflow:property name="set.{0}" value="1"/>')


def setting(flag: str) -> tuple[str, str]:
    return (SETS[0], SETS[1].format(flag))


def copying(flag: str) -> str:
    """The sound diagram with an own act that writes what a service task writes as well."""
    one = d.service("copy_one", "letter.copy")
    sets = (
        f'<spiffworkflow:properties><spiffworkflow:property name="set.{flag}" value="2"/>'
        "</spiffworkflow:properties></bpmn:extensionElements>"
    )
    marked = acting("own.mark", WRITES, setting("marked"))
    assert one in marked
    return marked.replace(one, one.replace("</bpmn:extensionElements>", sets))


SOUND = [
    called("case.set_field", **FIELD),
    called("case.set_field", **{**FIELD, "value": "if case.ext.height > 2 then 1 else null"}),
    called("notify", **WORDS, times="1 + 1"),
    called("notify", **{**WORDS, "text": '"Copied: " + case.level + decision'}),
    called("deadline.start", name='"answer"'),
    acting("own.mark", WRITES, setting("marked")),
    acting("own.open.mark", WRITES, ('"body" value="office"', '"body" value="sender"')),
]

PLANTED = [
    ("parameter.unknown", called("letter.send", to='"nobody"')),
    ("parameter.unknown", called("notify", **WORDS, body_='"x"')),
    ("parameter.repeated", called("notify", parameter("body", '"office"'), **WORDS)),
    ("parameter.missing", called("notify", body='"office"')),
    ("parameter.missing", called("notify", **{**WORDS, "text": " "})),
    ("parameter.type", called("notify", **WORDS, times='"often"')),
    ("parameter.type", called("case.set_field", **{**FIELD, "value": '"high"'})),
    ("parameter.literal", called("notify", **{**WORDS, "body": "case.level"})),
    ("parameter.choice", called("case.set_field", **{**FIELD, "type": '"money"'})),
    ("parameter.name", called("case.set_field", **{**FIELD, "field": '"case.level"'})),
    ("parameter.name", called("case.set_field", **{**FIELD, "field": f'"{"x" * 61}"'})),
    ("parameter.message", called("message.send", message='"letter.void"')),
    ("message.unheard", called("message.send", message='"own.nobody"')),
    (
        "parameter.message_own",
        called("message.send", message='"own.answer"').replace(
            'name="letter.answer"', 'name="own.answer"'
        ),
    ),
    ("parameter.process", called("process.start", process='"archive"')),
    ("parameter.process", called("process.start", process='"nowhere"')),
    ("parameter.personal", called("notify", **{**WORDS, "text": "case.opinion"})),
    ("parameter.personal", called("notify", **{**WORDS, "text": "string(case)"})),
    (
        "parameter.personal",
        called("notify", **{**WORDS, "text": "noted"}).replace(
            'value="write"/>',
            'value="write"/><spiffworkflow:property name="set.noted" value="case.opinion"/>',
            1,
        ),
    ),
    ("parameter.untold", called("notify", **{**WORDS, "body": '"sender"'})),
    ("expression.name", called("notify", **{**WORDS, "text": "case.ext.nothing"})),
    ("expression.syntax", called("notify", **{**WORDS, "text": "1 +"})),
    (
        "field.conflict",
        called("case.set_field", **FIELD).replace(
            d.service("warned", "letter.copy"),
            d.service(
                "warned",
                "case.set_field",
                "",
                "".join(
                    parameter(*one) for one in {**FIELD, "type": '"string"', "value": '"x"'}.items()
                ),
            ),
        ),
    ),
    ("field.kept", called("case.set_field", **{**FIELD, "field": '"stamp"'})),
    ("own_act.name", acting("own.Mark", WRITES)),
    ("own_act.name", acting("own.a.b", WRITES)),
    ("own_act.statutory", acting("own.letter_void", WRITES)),
    ("own_act.statutory", acting("own.open.letter_void", WRITES)),
    (
        "own_act.untold",
        acting("own.mark", WRITES, ('"body" value="office"', '"body" value="sender"')),
    ),
    (
        "own_act.nameless",
        acting("own.mark", WRITES, ("<bpmn:documentation>Task mark</bpmn:documentation>", "")),
    ),
    (
        "own_act.ladder",
        acting("own.mark", WRITES, ('"ladder" value="w1"', '"ladder" value="answer"')),
    ),
    (
        "own_act.body",
        acting("own.mark", WRITES, ('"body" value="office"', '"body" value="referee"')),
    ),
    ("own_act.flag", acting("own.mark")),
    ("own_act.flag", acting("own.mark", WRITES, setting("sent"))),
    ("own_act.flag", acting("own.mark", WRITES, setting("weight"))),
    ("own_act.flag", acting("own.mark", WRITES, setting("verdict"))),
    ("own_act.flag", acting("own.mark", WRITES, setting("letter_number"))),
    ("own_act.flag", copying("marked")),
]
