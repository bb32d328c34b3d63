"""Doing a task: submit, errors at the field, drafts, stale pages that keep what was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.store import queries
from engine.store.queries import TaskRow
from tests.web.page_checks import Page
from tests.web.visitor import PICTURE, Visitor, actor, register
from workflows.app import Bihuan

Visit = Callable[..., Visitor]


def open_task(bihuan: Bihuan, case_id: str) -> TaskRow:
    with bihuan.database.read() as session:
        return queries.case_tasks(session, case_id, status="open")[0]


def serve(bihuan: Bihuan, case_id: str) -> TaskRow:
    """Confirm a general level, so that the paper is to be served."""
    task = open_task(bihuan, case_id)
    bihuan.runtime.complete_task(actor(bihuan, "inspector1"), task.id, {"level": "general"})
    return open_task(bihuan, case_id)


def test_a_task_shows_case_and_form(visit: Visit, bihuan: Bihuan) -> None:
    task = open_task(bihuan, register(bihuan))
    page = visit("inspector1").page(f"/tasks/{task.id}")
    for words in ("砂轮机无防护罩", "隐患情况", "流程位置", "办理经过", "登记隐患", "提交"):
        assert words in page.text
    diagram = next(e for e in page.elements if "data-diagram-url" in e.attributes)
    assert task.element in diagram.attributes["data-tokens"].split()
    assert "grading" in diagram.attributes["data-visited"].split()


def test_submitting_moves_on_to_the_next_task(visit: Visit, bihuan: Bihuan) -> None:
    case_id = register(bihuan)
    task = open_task(bihuan, case_id)
    visitor = visit("inspector1")
    answer = visitor.post(
        f"/tasks/{task.id}/complete",
        {"level": "general", "_seen": task.row_version, "_comment": "现场核实"},
        token_of=f"/tasks/{task.id}",
    )
    following = open_task(bihuan, case_id)
    assert (answer.status_code, answer.location) == (303, f"/tasks/{following.id}")
    page = visitor.page(answer.location)
    assert "已提交：核定等级" in page.text
    assert "现场核实" in page.text


def test_wrong_data_stands_at_its_field_with_what_was_typed(visit: Visit, bihuan: Bihuan) -> None:
    task = serve(bihuan, register(bihuan))
    data = {"requirements": "加装防护罩", "due_date": "2026-02-30", "_comment": "备注在此"}
    answer = visit("inspector1").post(
        f"/tasks/{task.id}/complete", data, token_of=f"/tasks/{task.id}"
    )
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.one("textarea", id="field-requirements").text == "加装防护罩"
    assert page.one("textarea", id="comment").text == "备注在此"
    field = page.one("input", id="field-due_date")
    assert field.attributes["value"] == "2026-02-30"
    assert field.attributes["aria-invalid"] == "true"
    assert "field-due_date-error" in field.attributes["aria-describedby"].split()
    assert page.one("p", id="field-due_date-error").text.strip()


def test_an_unknown_field_is_refused_by_name(visit: Visit, bihuan: Bihuan) -> None:
    task = open_task(bihuan, register(bihuan))
    answer = visit("inspector1").post(
        f"/tasks/{task.id}/complete",
        {"level": "general", "planted": "x"},
        token_of=f"/tasks/{task.id}",
    )
    assert answer.status_code == 422
    assert "planted" in answer.text


def test_a_stale_page_is_refused_and_keeps_what_was_typed(visit: Visit, bihuan: Bihuan) -> None:
    case_id = register(bihuan)
    task = open_task(bihuan, case_id)
    visitor = visit("inspector1")
    bihuan.runtime.claim_task(actor(bihuan, "inspector1"), task.id)
    data = {"level": "general", "reason": "我的理由", "_seen": task.row_version}
    answer = visitor.post(f"/tasks/{task.id}/complete", data, token_of=f"/tasks/{task.id}")
    assert answer.status_code == 409
    assert "提交没有生效" in answer.text
    page = Page(answer.text)
    assert page.one("textarea", id="field-reason").text == "我的理由"
    fresh = page.one("input", name="_seen").attributes["value"]
    again = visitor.post(
        f"/tasks/{task.id}/complete", {**data, "_seen": fresh}, token_of=f"/tasks/{task.id}"
    )
    assert again.status_code == 303


def test_a_task_that_somebody_else_did_shows_what_one_had_typed(
    visit: Visit, bihuan: Bihuan
) -> None:
    task = open_task(bihuan, register(bihuan))
    visitor = visit("inspector1")
    token = visitor.token(f"/tasks/{task.id}")
    bihuan.runtime.complete_task(actor(bihuan, "inspector2"), task.id, {"level": "general"})
    data = {"csrf_token": token, "level": "larger", "reason": "我的理由"}
    answer = visitor.client.post(f"/tasks/{task.id}/complete", data=data)
    assert answer.status_code == 409
    assert "您填写的内容" in answer.text
    assert "我的理由" in answer.text
    assert "较大隐患" in Page(answer.text).text


def test_a_draft_is_kept_and_restored(visit: Visit, bihuan: Bihuan) -> None:
    task = open_task(bihuan, register(bihuan))
    visitor = visit("inspector1")
    note = visitor.post(
        f"/tasks/{task.id}/draft",
        {"reason": "写了一半", "_comment": "也写了一半", "_seen": "1"},
        token_of=f"/tasks/{task.id}",
    )
    assert "草稿已于" in note.text
    page = visitor.page(f"/tasks/{task.id}")
    assert page.one("textarea", id="field-reason").text == "写了一半"
    assert page.one("textarea", id="comment").text == "也写了一半"
    assert "已恢复您上次的草稿" in page.text
    assert "写了一半" not in visit("inspector2").page(f"/tasks/{task.id}").text


@pytest.mark.parametrize(("language", "said"), [("zh", "不再保存草稿"), ("en", "no draft is kept")])
def test_a_draft_that_comes_after_its_task_is_done_is_no_error(
    visit: Visit, bihuan: Bihuan, language: str, said: str
) -> None:
    task = open_task(bihuan, register(bihuan))
    visitor = visit("inspector1", language)
    token = visitor.token(f"/tasks/{task.id}")
    sent = {"csrf_token": token, "level": "general", "_seen": str(task.row_version)}
    assert visitor.client.post(f"/tasks/{task.id}/complete", data=sent).status_code == 303
    late = {"csrf_token": token, "reason": "写了一半"}
    answer = visitor.client.post(f"/tasks/{task.id}/draft", data=late)
    assert answer.status_code == 200
    assert said in answer.text
    assert "写了一半" not in visitor.page(f"/tasks/{task.id}").text


def test_fields_are_drawn_again_as_conditions_change(visit: Visit, bihuan: Bihuan) -> None:
    task = serve(bihuan, register(bihuan))
    visitor = visit("inspector1")
    path = f"/tasks/{task.id}/fields"

    def hidden(method: str) -> bool:
        answer = visitor.post(path, {"service_method": method}, token_of=f"/tasks/{task.id}")
        boxes = [e for e in Page(answer.text).elements if e.id == "field-witnesses-box"]
        return "hidden" in boxes[0].attributes

    assert hidden("direct")
    assert not hidden("left")


def test_somebody_who_sees_the_case_may_read_but_not_act(visit: Visit, bihuan: Bihuan) -> None:
    task = open_task(bihuan, register(bihuan))
    visitor = visit("office")
    page = visitor.page(f"/tasks/{task.id}")
    assert "这一步由其他岗位办理" in page.text
    assert "应急管理局" in page.text
    answer = visitor.post(f"/tasks/{task.id}/complete", {"level": "general"}, token_of="/ledger")
    assert answer.status_code == 403


def test_a_task_that_one_may_not_see_does_not_exist(visit: Visit, bihuan: Bihuan) -> None:
    task = open_task(bihuan, register(bihuan))
    visitor = visit("enterprise02")
    for method, path in (
        ("get", ""),
        ("post", "/complete"),
        ("post", "/claim"),
        ("post", "/draft"),
    ):
        if method == "get":
            answer = visitor.get(f"/tasks/{task.id}{path}")
        else:
            answer = visitor.post(f"/tasks/{task.id}{path}", token_of="/inbox")
        assert answer.status_code == 404, path


def test_photos_are_kept_although_other_data_is_wrong(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("inspector1")
    answer = visitor.post(
        "/hazards/new",
        {"source": "department"},
        token_of="/hazards/new",
        files={"upload:photos": (PICTURE, "现场.png")},
    )
    assert answer.status_code == 422
    kept = Page(answer.text).one("input", name="photos")
    assert "checked" in kept.attributes
    assert visitor.get(f"/evidence/{kept.attributes['value']}").status_code == 200
