"""Code planted wherever the library would run it: refused at deployment, and never run even so.

The library evaluates each of these places as Python with all its builtins. Here they are FEEL or
nothing, so even a diagram that nobody checked reaches neither file nor program.
"""

from __future__ import annotations

from html import escape

import pytest

from engine import errors
from engine.deployment.bundle import Bundle
from engine.deployment.gate import errors_of
from tests.deployment import letters as d
from tests.deployment.letters import LETTER, TABLE, findings, letter_files
from tests.deployment.planting import attached, instead_of_write, plant, tail
from tests.fuzzing.outside import watched
from tests.fuzzing.targets import Files, gate, walk

CODE = [
    '__import__("os").system("id")',
    'open("/etc/passwd").read()',
    "().__class__.__bases__[0].__subclasses__()",
    '[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == "Popen"]',
    "exec(\"import os; os.system('id')\")",
]


def _many(inner: str) -> str:
    loop = f"<bpmn:multiInstanceLoopCharacteristics>{inner}</bpmn:multiInstanceLoopCharacteristics>"
    return d.user("write", form="write").replace("</bpmn:userTask>", f"{loop}</bpmn:userTask>")


def _extension(tag: str, code: str) -> str:
    return f"<spiffworkflow:{tag}>{code}</spiffworkflow:{tag}>"


OPERATOR = "<spiffworkflow:serviceTaskOperator"
WRITE = d.user("write", form="write")
LOOP_TAGS = ("loopCardinality", "completionCondition", "loopDataInputRef")
CONDITIONAL = (
    "<bpmn:conditionalEventDefinition><bpmn:condition>{}</bpmn:condition>"
    "</bpmn:conditionalEventDefinition>"
)


def _places(code: str) -> dict[str, Files]:
    text = escape(code)
    quoted = f'<spiffworkflow:parameter id="p" type="any" value="{text}"/>'
    script = f"<bpmn:script>{text}</bpmn:script>"
    diagrams = {
        "script": plant(instead_of_write(d.node("scriptTask", "write", script))),
        "condition": plant(("weight > 3", text)),
        "timer": plant((d.timer(), d.timer(text))),
        "duration": plant((d.timer(), d.timer(text, "timeDuration"))),
        "cycle": plant((d.timer(), d.timer(text, "timeCycle"))),
        "cardinality": plant(
            (WRITE, _many(f"<bpmn:loopCardinality>{text}</bpmn:loopCardinality>"))
        ),
        "completion": plant(
            (WRITE, _many(f"<bpmn:completionCondition>{text}</bpmn:completionCondition>"))
        ),
        "collection": plant(
            (WRITE, _many(f"<bpmn:loopDataInputRef>{text}</bpmn:loopDataInputRef>"))
        ),
        "preScript": plant((OPERATOR, _extension("preScript", text) + OPERATOR)),
        "postScript": plant((OPERATOR, _extension("postScript", text) + OPERATOR)),
        "parameter": plant(('resultVariable="sent">', f'resultVariable="sent">{quoted}')),
        "assignment": plant(
            (
                'name="form" value="write"/>',
                f'name="form" value="write"/><spiffworkflow:property name="set.x" value="{text}"/>',
            )
        ),
        "operation": plant(('Operator id="letter.send"', f'Operator id="{text}"')),
        "decision": plant((">weight<", f">{text}<")),
        "called": plant(
            instead_of_write(d.node("callActivity", "write", calledElement=text.replace('"', "")))
        ),
        "conditional": plant((d.message("m_answer"), CONDITIONAL.format(text))),
    }
    found = {name: Files(diagram=diagram) for name, diagram in diagrams.items()}
    return found | _places_beside(code)


def _places_beside(code: str) -> dict[str, Files]:
    text, hidden = escape(code), "=" + code.replace('"', "'")
    return {
        "cell": Files(table=TABLE.replace('<text>"major"</text>', f"<text>{text}</text>", 1)),
        "output": Files(table=TABLE.replace("<text>5</text>", f"<text>{text}</text>")),
        "input": Files(table=TABLE.replace("<text>case.level</text>", f"<text>{text}</text>")),
        "hide": Files(form=d.DECIDE.replace('=decision = \\"agree\\"', hidden)),
    }


PLACES = [(name, code) for code in CODE for name in _places(code)]


def _bundle(files: Files) -> Bundle:
    return Bundle(
        "letter",
        letter_files(
            letter_bpmn=files.diagram, weight_dmn=files.table, forms_decide_json=files.form
        ),
    )


@pytest.mark.parametrize(("place", "code"), PLACES)
def test_it_is_refused_at_deployment(place: str, code: str) -> None:
    files = _places(code)[place]
    assert (files.diagram, files.table, files.form) != (LETTER, TABLE, d.DECIDE)
    assert errors_of(findings(_bundle(files).files))


@pytest.mark.parametrize(("place", "code"), PLACES)
def test_it_is_not_run_even_by_a_diagram_that_nobody_checked(place: str, code: str) -> None:
    gate(Files())  # what is loaded once is loaded
    files = _places(code)[place]
    with watched():
        try:
            walk(_bundle(files))
        except (errors.Invalid, errors.Incident, KeyError):
            return


@pytest.mark.parametrize("tag", ["payloadExpression", "messagePayload", "messageVariable"])
@pytest.mark.parametrize("code", CODE)
def test_a_payload_is_not_run(tag: str, code: str) -> None:
    text = escape(code)
    inside = f"<bpmn:extensionElements>{_extension(tag, text)}</bpmn:extensionElements>"
    files = Files(
        diagram=plant(
            (
                '<bpmn:message id="m_filed" name="letter.filed"/>',
                f'<bpmn:message id="m_filed" name="letter.filed">{inside}</bpmn:message>',
            ),
            (
                d.message("m_filed"),
                d.message("m_filed").replace("/>", f">{inside}</bpmn:messageEventDefinition>"),
            ),
        )
    )
    gate(Files())
    with watched():
        try:
            walk(_bundle(files))
        except (errors.Invalid, errors.Incident):
            return


def test_a_correlation_is_not_run() -> None:
    retrieval = (
        '<bpmn:correlationProperty id="c" name="c"><bpmn:correlationPropertyRetrievalExpression '
        f'messageRef="m_void"><bpmn:messagePath>{escape(CODE[0])}</bpmn:messagePath>'
        "</bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
    )
    files = Files(
        diagram=plant(('<bpmn:message id="m_void"', retrieval + '<bpmn:message id="m_void"'))
    )
    gate(Files())
    with watched():
        walk(_bundle(files))


def test_a_boundary_with_code_behind_is_refused() -> None:
    script = d.node("scriptTask", "run", f"<bpmn:script>{escape(CODE[0])}</bpmn:script>")
    diagram = plant(
        (
            '<bpmn:startEvent id="begin">',
            attached("x", d.message("m_void")) + script + tail("run") + d.flow("x", "run")
            + '<bpmn:startEvent id="begin">',
        )
    )  # fmt: skip
    assert errors_of(findings(letter_files(letter_bpmn=diagram)))
