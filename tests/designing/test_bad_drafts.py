"""Drafts as nobody should send them: kept as text, told at their place, never deployed."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import process_time

import pytest

from tests.designing.editor import DIAGRAM, Editor, begun
from tests.web.visitor import Visitor

FORM = "forms/decide_void.json"
AGREED = 'decision = "agree"'


@pytest.fixture
def editor(visit: Callable[..., Visitor]) -> Editor:
    visitor = visit("designer")
    return Editor(visitor, begun(visitor))


def codes(editor: Editor, **files: str) -> set[str]:
    """Save files and return what the check finds wrong with the draft."""
    for path, content in files.items():
        assert editor.save(path, content).status_code == 200
    found = editor.send("POST", "check", {}).json
    assert not found["deployable"]
    refused = editor.visitor.post(
        f"/drafts/{editor.draft}/acts/propose",
        {"revision": editor.revision},
        token_of="/notifications",
    )
    assert refused.status_code == 422
    return {one["code"] for one in found["findings"] if one["severity"] == "error"}


def test_ids_that_repeat_and_references_that_hang(editor: Editor) -> None:
    text = editor.files[DIAGRAM]
    twice = text.replace('id="voided"', 'id="refused"')
    assert "id.repeated" in codes(editor, **{DIAGRAM: twice})
    hanging = text.replace('targetRef="voided"', 'targetRef="nowhere"')
    assert codes(editor, **{DIAGRAM: hanging}) & {"flow.missing", "file.diagram_unreadable"}


@pytest.mark.parametrize(
    "condition",
    [
        "().__class__.__bases__[0].__subclasses__()",
        "for a in 1..100000, b in 1..100000 return a",
        "(" * 5_000 + "1" + ")" * 5_000,
        "decision.decision(",
    ],
)
def test_expressions_that_escape_or_never_end(editor: Editor, condition: str) -> None:
    text = editor.files[DIAGRAM]
    assert AGREED in text
    began = process_time()
    assert codes(editor, **{DIAGRAM: text.replace(AGREED, condition)})
    assert process_time() - began < 10


def test_a_form_with_a_field_named_like_a_function(editor: Editor) -> None:
    form = json.loads(editor.files[FORM])
    form["components"][1]["key"] = "count"
    assert "form.unreadable" in codes(editor, **{FORM: json.dumps(form)})


def test_a_form_that_is_none(editor: Editor) -> None:
    assert "form.unreadable" in codes(editor, **{FORM: "[]"})
    assert "form.unreadable" in codes(editor, **{FORM: '{"components": {}}'})


def test_a_table_of_five_thousand_rows_is_answered(editor: Editor) -> None:
    rules = "".join(
        f'<rule id="r{n}"><inputEntry id="i{n}"><text>{n}</text></inputEntry>'
        f'<outputEntry id="o{n}"><text>{n}</text></outputEntry></rule>'
        for n in range(5_000)
    )
    table = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" '
        'namespace="u"><decision id="big" name="big"><decisionTable id="t" hitPolicy="UNIQUE">'
        '<input id="in"><inputExpression id="ie" typeRef="number"><text>case.extensions</text>'
        '</inputExpression></input><output id="out" name="level" typeRef="number"/>'
        f"{rules}</decisionTable></decision></definitions>"
    )
    began = process_time()
    assert codes(editor, **{"big.dmn": table})
    assert process_time() - began < 30


def test_what_other_vendors_wrote_is_kept_on_saving(editor: Editor) -> None:
    text = editor.files[DIAGRAM].replace(
        "<spiffworkflow:properties>",
        '<zeebe:calledElement xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" processId="x"/>'
        "<spiffworkflow:properties>",
        1,
    )
    editor.save(DIAGRAM, text)
    assert editor.load()["files"][DIAGRAM] == text
    assert editor.send("POST", "check", {}).json["deployable"]


def test_a_diagram_of_five_megabytes_is_told(editor: Editor) -> None:
    padded = editor.files[DIAGRAM].replace(
        "</bpmn:process>", f"<!--{'x' * 3_000_000}--></bpmn:process>"
    )
    assert codes(editor, **{DIAGRAM: padded}) == {"file.diagram_unreadable"}
    assert editor.visitor.get(f"/drafts/{editor.draft}").status_code == 200
