"""The builder of forms asks the server: faults at their fields, the form as its reader sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.designing.editor import Editor, begun
from tests.web.visitor import Visitor

Visit = Callable[..., Visitor]

PATH = "forms/stop_measures.json"
KEPT = "not_carried_out"


@pytest.fixture
def editor(visit: Visit) -> Editor:
    """A designer at the draft of a process with forms."""
    designer = visit("designer")
    return Editor(designer, begun(designer, "enforcement"))


def _changed(editor: Editor, at: int, **attributes: Any) -> str:
    form = json.loads(editor.files[PATH])
    form["components"][at] |= attributes
    return json.dumps(form)


def _shown(editor: Editor, **body: Any) -> Any:
    answer = editor.send("POST", "forms/stop_measures/preview", body)
    assert answer.status_code == 200, answer.text
    return answer.json


def _is_hidden(html: str, field: str) -> bool:
    tag = html.partition(f'id="field-{field}-box"')[2].partition(">")[0]
    assert tag or f'id="field-{field}-box">' in html
    return "hidden" in tag


def test_the_page_names_the_file(editor: Editor, visit: Visit) -> None:
    page = editor.visitor.get(f"/drafts/{editor.draft}/forms/stop_measures")
    assert f'data-path="{PATH}"' in page.text
    assert visit("inspector1").get(f"/drafts/{editor.draft}/forms/refer").status_code == 403
    assert visit("office_head").get(f"/drafts/{editor.draft}/forms/none").status_code == 404


def test_conditions_are_decided_by_the_server(editor: Editor) -> None:
    found = _shown(editor)
    assert found["faults"] == []
    assert {one["name"] for one in found["reads"]} == {"case.level", "case.phase"}
    assert _is_hidden(found["html"], "not_carried_out_reason")
    assert not _is_hidden(found["html"], "ground")
    ticked = _shown(editor, values=[[KEPT, "true"]])["html"]
    assert not _is_hidden(ticked, "not_carried_out_reason")
    assert _is_hidden(ticked, "ground")
    major = {"case.level": '"major"', "case.phase": '"rectifying"'}
    assert _is_hidden(_shown(editor, names=major)["html"], KEPT)


def test_what_would_be_refused_is_told_in_the_preview(editor: Editor) -> None:
    assert "error-summary" not in _shown(editor)["html"]
    refused = _shown(editor, values=[["scope", "车间"]], sent=True)["html"]
    assert "error-summary" in refused
    assert "此项必填" in refused
    assert 'value="车间"' in refused
    sent = [[KEPT, "true"], ["not_carried_out_reason", "已整改完毕，复查合格"]]
    assert "error-summary" not in _shown(editor, values=sent, sent=True)["html"]


@pytest.mark.parametrize(
    ("attributes", "element", "said"),
    [
        ({"key": "sum"}, "components.1", "保留名称"),
        ({"key": "case"}, "components.1", "保留名称"),
        ({"key": "Ground!"}, "components.1", "小写字母"),
        ({"type": "html"}, "components.1", "不支持组件类型"),
        ({"conditional": {"hide": "=nothing = 1"}}, "not_carried_out_reason", "不存在"),
        ({"conditional": {"hide": "=1 +"}}, "components.1", "还不完整"),
        ({"properties": {"binds": "case.level"}}, "components.1", "token"),
        ({"label": ""}, "components.1", "标签"),
    ],
)
def test_a_fault_is_told_at_its_field(
    editor: Editor, attributes: dict[str, Any], element: str, said: str
) -> None:
    found = _shown(editor, content=_changed(editor, 1, **attributes))
    assert [one["element"] for one in found["faults"]].count(element)
    assert any(said in one["sentence"] for one in found["faults"])


@pytest.mark.parametrize("content", ["{", "[]", "null", '{"type": "default"}', "[" * 20000])
def test_a_form_that_cannot_be_read_is_told(editor: Editor, content: str) -> None:
    found = _shown(editor, content=content)
    assert found["html"] is None
    assert found["faults"]


@pytest.mark.parametrize(
    "body",
    [
        {"values": {}},
        {"values": [["a"]]},
        {"values": [["a", 1]]},
        {"names": []},
        {"names": {"case.level": "major("}},
        {"content": 1},
    ],
)
def test_what_cannot_be_shown_is_refused(editor: Editor, body: dict[str, Any]) -> None:
    assert editor.send("POST", "forms/stop_measures/preview", body).status_code == 422


def test_choices_that_a_case_lists_stand_for_themselves(editor: Editor) -> None:
    listed = {"type": "select", "key": "who", "label": "谁", "valuesKey": "experts"}
    found = _shown(editor, content=_changed(editor, 1, **listed, conditional={}))
    assert "办理时由系统列出" in found["html"]


def test_a_new_form_and_a_new_table_are_opened_from_the_overview(editor: Editor) -> None:
    def opens(kind: str, name: str) -> Any:
        return editor.visitor.get(f"/drafts/{editor.draft}/add?kind={kind}&name={name}")

    assert "新建表单或决策表" in editor.visitor.get(f"/drafts/{editor.draft}").text
    assert opens("form", "site_visit").location.endswith("/forms/site_visit")
    assert opens("table", "weight").location.endswith("/tables/weight")
    assert editor.visitor.get(opens("form", "site_visit").location).status_code == 200
    for kind, name in (("form", "refer"), ("form", "a/b"), ("table", ""), ("form", "名称")):
        assert opens(kind, name).status_code == 422
    refused = opens("table", "a b").text
    assert 'id="add-name-error"' in refused
    assert 'value="a b"' in refused
    assert "63 个字母" in refused
