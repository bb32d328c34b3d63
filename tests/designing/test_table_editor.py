"""The editor of tables asks the server: faults at their cells, names read, a decision tried."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

from tests.designing.editor import Editor, begun
from tests.web.visitor import Visitor

Visit = Callable[..., Visitor]

PROCESS = "hazard_rectification"
LARGER = '<text>"larger"</text>\n        </inputEntry>'


@pytest.fixture
def editor(visit: Visit) -> Editor:
    """A designer at the draft of a process with tables."""
    designer = visit("designer")
    return Editor(designer, begun(designer, PROCESS))


def _checked(editor: Editor, content: str) -> Any:
    answer = editor.send("POST", "tables/limits/check", {"content": content})
    assert answer.status_code == 200, answer.text
    return answer.json


def _tried(editor: Editor, **body: Any) -> Any:
    return editor.send("POST", "tables/limits/try", {"decision": "limits", **body})


def test_the_page_names_the_file_and_the_limit(editor: Editor) -> None:
    page = editor.visitor.get(f"/drafts/{editor.draft}/tables/limits")
    assert 'data-path="limits.dmn"' in page.text
    assert 'data-rows="1000"' in page.text
    fresh = editor.visitor.get(f"/drafts/{editor.draft}/tables/fresh")
    assert fresh.status_code == 200
    assert editor.visitor.get(f"/drafts/{editor.draft}/tables/..%2Fx").status_code == 404


def test_the_office_reads_tables_but_makes_none(editor: Editor, visit: Visit) -> None:
    office = visit("office_head")
    assert office.get(f"/drafts/{editor.draft}/tables/limits").status_code == 200
    assert office.get(f"/drafts/{editor.draft}/tables/fresh").status_code == 404
    assert visit("inspector1").get(f"/drafts/{editor.draft}/tables/limits").status_code == 403


def test_what_is_not_saved_is_checked_at_its_row(editor: Editor) -> None:
    text = editor.files["limits.dmn"]
    assert _checked(editor, text)["faults"] == []
    found = _checked(editor, text.replace(LARGER, LARGER.replace("larger", "major")))
    kinds = {one["kind"]: one for one in found["faults"]}
    assert kinds["overlap"]["rules"] == ["limits_larger", "limits_major"]
    assert kinds["gap"]["example"] == [{"expression": "case.level", "value": '"larger"'}]
    assert "没有" not in kinds["gap"]["remedy"]
    (reads,) = (one["reads"] for one in found["decisions"])
    assert reads == [
        {"name": "case.level", "type": "string", "values": ["general", "larger", "major"]}
    ]
    cell = _checked(editor, text.replace(LARGER, LARGER.replace('"larger"', "larger")))
    assert {(one["kind"], one["column"]) for one in cell["faults"]} == {("cell", 0)}


@pytest.mark.parametrize("content", ["<a", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", ""])
def test_a_file_that_cannot_be_read_is_told(editor: Editor, content: str) -> None:
    (fault,) = _checked(editor, content)["faults"]
    assert (fault["kind"], fault["severity"]) == ("file", "error")
    assert _tried(editor, content=content, values={}).status_code == 422


def test_five_thousand_rows_are_told_without_stalling(editor: Editor) -> None:
    text = editor.files["limits.dmn"]
    start, end = text.index("<rule "), text.index("</decisionTable>")
    row = text[start : text.index("</rule>") + len("</rule>")]
    rows = "".join(row.replace("limits_general", f"r{n}") for n in range(5000))
    began = process_time()
    (fault,) = _checked(editor, text[:start] + rows + text[end:])["faults"]
    assert process_time() - began < 10
    assert "1000" in fault["sentence"]
    assert "5000" in fault["sentence"]


def test_a_decision_is_tried_with_the_rules_of_today(editor: Editor) -> None:
    told = _tried(editor, values={"case.level": '"major"'}).json
    assert told["text"] == "15"
    assert told["decisions"][0]["matched"] == ["limits_major"]
    assert told["decisions"][0]["read"] == {"case.level": '"major"'}
    text = editor.files["limits.dmn"].replace(LARGER, LARGER.replace("larger", "major"))
    double = _tried(editor, content=text, values={"case.level": '"major"'}).json
    assert double["rules"] == ["limits_larger", "limits_major"]
    assert "limits" in double["error"]
    assert _tried(editor, values={"case.level": ""}).json["text"] == "null"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"values": {"case.level": "major("}}, 422),
        ({"values": {"case.level": 3}}, 422),
        ({"values": []}, 422),
        ({"values": {}, "decision": "other"}, 404),
        ({"values": {}, "content": 3}, 422),
        ({"values": {"case": '"x"', "case.level": '"major"'}}, 200),
    ],
)
def test_what_cannot_be_tried_is_refused(editor: Editor, body: Any, status: int) -> None:
    assert _tried(editor, **body).status_code == status


def test_an_expression_is_judged_while_it_is_written(editor: Editor) -> None:
    def asked(**question: Any) -> Any:
        return editor.send("POST", "expression", question)

    assert asked(text='case.level = "major"', kind="condition").json == {
        "type": "boolean",
        "error": None,
    }
    wrong = asked(text="case.level = 3", kind="condition").json
    assert wrong["error"]["line"] == 1
    assert "类型" in wrong["error"]["message"]
    assert asked(text="> 3", kind="unary", tested="case.level").json["error"]
    assert asked(text="x > 3", kind="condition", names={"x": "number"}).json["error"] is None
    assert asked(text="1", kind="sql").status_code == 422
    assert asked(text=1).status_code == 422
    assert asked(text="(" * 5000).json["error"]
