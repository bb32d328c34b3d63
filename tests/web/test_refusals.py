"""What was typed comes back, whoever was faster, whatever is not allowed or astray."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.store import queries
from tests.web.page_checks import Page
from tests.web.test_cases import ordered
from tests.web.test_intake_and_ledger import DATA
from tests.web.test_tasks import open_task
from tests.web.visitor import PICTURE, Visitor, actor, register
from webapp.i18n.catalogue import TEXTS
from workflows.app import Bihuan
from workflows.domain import evidence

Visit = Callable[..., Visitor]

REFUSED = {"zh": "提交没有生效", "en": "Your submission was not accepted"}
TYPED = {"zh": "您填写的内容", "en": "What you had typed"}
TODAY = {"zh": "今日已催办", "en": "no urging yet today"}
NEXT = dict(zip(("zh", "en"), TEXTS["case.next"], strict=True))
ASTRAY = {
    "zh": "表单没有名为“photos”的文件栏，文件“现场.png”没有保存",
    "en": "Expected no file under the name photos, but 现场.png was sent there",
}
DONE = {"zh": "此事项已办理完毕", "en": "This task has been done"}
OTHER = {"zh": "这次内容不同，没有再次记录", "en": "with other content"}


def urged(bihuan: Bihuan, case_id: str) -> int:
    with bihuan.database.read() as session:
        return sum(row.act == "urge" for row in queries.case_history(session, case_id))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_act_that_somebody_else_did_first_keeps_what_was_typed(
    visit: Visit, bihuan: Bihuan, language: str
) -> None:
    case_id = ordered(bihuan)
    path = f"/cases/{case_id}/acts/urge"
    visitor = visit("office", language)
    token = visitor.token(path)
    bihuan.runtime.perform_act(actor(bihuan, "office"), case_id, "urge", {"text": "请抓紧"})
    data = {"csrf_token": token, "text": "三日内必须装好防护罩"}
    answer = visitor.post(path, data, token_of="/ledger")
    assert answer.status_code == 409
    page = Page(answer.text)
    for words in (REFUSED, TYPED, TODAY, NEXT):
        assert words[language] in page.text
    assert "三日内必须装好防护罩" in page.text
    assert [form for form in page.all("form") if form.attributes["action"] == path] == []
    assert urged(bihuan, case_id) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_act_that_is_not_allowed_keeps_what_was_typed(
    visit: Visit, bihuan: Bihuan, language: str
) -> None:
    case_id = ordered(bihuan)
    visitor = visit("enterprise01", language)
    path = f"/cases/{case_id}/acts/urge"
    answer = visitor.post(path, {"text": "请复查人员尽快到场"}, token_of="/my-cases")
    assert answer.status_code == 403
    page = Page(answer.text)
    assert REFUSED[language] in page.text
    assert "请复查人员尽快到场" in page.text


@pytest.mark.parametrize(("language", "said"), [("zh", "没有附到案件"), ("en", "not attached")])
def test_files_of_an_act_that_is_not_allowed_are_shown_as_not_attached(
    visit: Visit, bihuan: Bihuan, language: str, said: str
) -> None:
    case_id = ordered(bihuan)
    visitor = visit("enterprise01", language)
    path = f"/cases/{case_id}/acts/case.shut_down"
    files = {"upload:photos": (PICTURE, "现场.png")}
    answer = visitor.post(path, {"reason": "车间已关停"}, token_of="/my-cases", files=files)
    assert answer.status_code == 403
    page = Page(answer.text)
    assert said in page.text
    shown = [e.attributes["src"] for e in page.all("img")]
    assert [visitor.get(one).status_code for one in shown if "/evidence/" in one] == [200]
    with bihuan.database.read() as session:
        assert evidence.of_case(session, case_id) == []


def test_an_act_sent_twice_is_done_once(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    path = f"/cases/{case_id}/acts/urge"
    visitor = visit("office")
    key = visitor.page(path).one("input", name="_key").attributes["value"]
    sent = [
        visitor.post(path, {"text": "请抓紧整改", "_key": key}, token_of="/ledger")
        for _ in range(2)
    ]
    assert [one.location for one in sent] == [f"/cases/{case_id}"] * 2
    assert urged(bihuan, case_id) == 1


def test_a_task_sent_twice_is_done_once(visit: Visit, bihuan: Bihuan) -> None:
    case_id = register(bihuan)
    task = open_task(bihuan, case_id)
    visitor = visit("inspector1")
    page = visitor.page(f"/tasks/{task.id}")
    names = ("_key", "_seen")
    own = {name: page.one("input", name=name).attributes["value"] for name in names}
    sent = [
        visitor.post(f"/tasks/{task.id}/complete", {"level": "general", **own}, token_of="/inbox")
        for _ in range(2)
    ]
    following = open_task(bihuan, case_id)
    assert [one.location for one in sent] == [f"/tasks/{following.id}"] * 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_task_that_somebody_else_did_tells_who_is_next(
    visit: Visit, bihuan: Bihuan, language: str
) -> None:
    case_id = register(bihuan)
    task = open_task(bihuan, case_id)
    visitor = visit("inspector1", language)
    bihuan.runtime.complete_task(actor(bihuan, "inspector2"), task.id, {"level": "general"})
    data = {"level": "larger", "reason": "我的理由", "_comment": "现场核实过"}
    answer = visitor.post(f"/tasks/{task.id}/complete", data, token_of="/inbox")
    assert answer.status_code == 409
    page = Page(answer.text)
    for words in (REFUSED, DONE, TYPED, NEXT):
        assert words[language] in page.text
    assert "我的理由" in page.text
    assert "现场核实过" in page.text
    links = [a.attributes["href"] for a in page.all("a")]
    assert f"/tasks/{open_task(bihuan, case_id).id}" in links


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_registration_under_a_used_key_comes_back_with_a_new_one(
    visit: Visit, language: str
) -> None:
    visitor = visit("inspector1", language)
    first = visitor.post("/hazards/new", {**DATA, "_key": "k"}, token_of="/hazards/new")
    assert first.status_code == 303
    other = {**DATA, "_key": "k", "description": "另一处：通道堵塞"}
    answer = visitor.post("/hazards/new", other, token_of="/hazards/new")
    assert answer.status_code == 409
    page = Page(answer.text)
    assert REFUSED[language] in page.text
    assert OTHER[language] in page.text
    assert page.one("textarea", id="field-description").text == "另一处：通道堵塞"
    fresh = page.one("input", name="_key").attributes["value"]
    assert fresh != "k"
    again = visitor.post("/hazards/new", {**other, "_key": fresh}, token_of="/hazards/new")
    assert again.status_code == 303
    assert again.location != first.location


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("control", ["photos", "upload:picture", "upload:description"])
def test_a_file_under_an_unknown_name_is_refused_by_name(
    visit: Visit, tmp_path: Path, language: str, control: str
) -> None:
    visitor = visit("inspector1", language)
    files = {control: (PICTURE, "现场.png")}
    answer = visitor.post("/hazards/new", DATA, token_of="/hazards/new", files=files)
    assert answer.status_code == 422
    page = Page(answer.text)
    said = ASTRAY[language].replace("photos", control)
    assert said in page.one("div", id="errors").text
    assert page.one("textarea", id="field-description").text == DATA["description"]
    assert not (tmp_path / "evidence").exists()


def test_a_photo_sent_twice_is_kept_once(visit: Visit, bihuan: Bihuan) -> None:
    visitor = visit("inspector1")
    files = {"upload:photos": (PICTURE, "现场.png")}
    data = {**DATA, "_key": "k"}
    wrong = {**data, "location": ""}
    refused = visitor.post("/hazards/new", wrong, token_of="/hazards/new", files=files)
    kept = Page(refused.text).one("input", name="photos").attributes["value"]
    done = [
        visitor.post("/hazards/new", {**data, "photos": kept}, token_of="/inbox", files=files)
        for _ in range(2)
    ]
    assert [one.status_code for one in done] == [303, 303]
    assert done[0].location == done[1].location
    with bihuan.database.read() as session:
        found = evidence.of_case(session, done[0].location.rpartition("/")[2])
    assert [one.id for one in found] == [kept]


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "证据暂时无法写入"), ("en", "the evidence cannot be written")],
)
def test_a_photo_that_finds_no_room_is_to_be_chosen_again(
    visit: Visit, tmp_path: Path, language: str, said: str
) -> None:
    (tmp_path / "evidence").write_text("a file where the folder should be", encoding="utf-8")
    visitor = visit("inspector1", language)
    files = {"upload:photos": (PICTURE, "现场.png")}
    answer = visitor.post("/hazards/new", DATA, token_of="/hazards/new", files=files)
    assert answer.status_code == 503
    page = Page(answer.text)
    assert said in page.text
    assert "现场.png" in page.one("p", id="field-photos-error").text
    assert page.one("textarea", id="field-description").text == DATA["description"]
