"""One case: who acts next, why a date, what an enterprise is not shown, acts on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from engine import clock
from tests.web.page_checks import Page
from tests.web.test_tasks import open_task, serve
from tests.web.visitor import Visitor, actor, register
from workflows.app import Bihuan

Visit = Callable[..., Visitor]


def ordered(bihuan: Bihuan) -> str:
    """Bring a hazard to where the enterprise must rectify."""
    case_id = register(bihuan)
    task = serve(bihuan, case_id)
    now = clock.beijing(clock.now())
    data = {
        "document_kind": "notice",
        "requirements": "加装防护罩",
        "interim_measures": "停用砂轮机",
        "due_date": (now + timedelta(days=1)).date().isoformat(),
        "service_method": "direct",
        "served_at": now.isoformat(),
        "recipient": "安全管理员",
    }
    bihuan.runtime.complete_task(actor(bihuan, "inspector1"), task.id, data)
    return case_id


def test_the_head_says_who_must_act_next_and_by_when(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    page = visit("office").page(f"/cases/{case_id}")
    steps = page.one("ul", **{"class": "next-list"}).text
    assert "主要负责人" in steps
    assert "还剩" in steps


def test_every_deadline_explains_its_date(visit: Visit, bihuan: Bihuan) -> None:
    page = visit("office").page(f"/cases/{ordered(bihuan)}")
    whys = [e for e in page.all("details") if "为什么是这一天" in e.text]
    assert whys
    for why in whys:
        assert "GY-2022-15" in why.text
        assert "法定" not in why.text


def test_an_enterprise_sees_its_case_without_internal_words(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    office = actor(bihuan, "office")
    bihuan.runtime.perform_act(office, case_id, "comment", {"text": "内部意见不外传"})
    assert "内部意见不外传" in visit("office").page(f"/cases/{case_id}").text
    own = visit("enterprise01").page(f"/cases/{case_id}")
    assert "内部意见不外传" not in own.text
    assert "留言" not in own.one("ol", **{"class": "timeline"}).text
    assert "加装防护罩" in own.text


def test_the_origin_never_tells_a_report_from_an_inspection(visit: Visit, bihuan: Bihuan) -> None:
    case_id = register(bihuan, source="report_transferred")
    for username in ("inspector1", "office", "enterprise01", "auditor"):
        shown = visit(username).get(f"/cases/{case_id}").text
        assert "监督检查" in shown
        assert "report" not in Page(shown).text
        assert "举报" not in Page(shown).text


def test_a_foreign_case_does_not_exist(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    foreign, none = visit("enterprise02"), "00000000-0000-7000-8000-000000000000"
    hidden, missing = foreign.get(f"/cases/{case_id}"), foreign.get(f"/cases/{none}")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.text.replace(case_id, "") == missing.text.replace(none, "")
    assert foreign.get(f"/cases/{case_id}/acts/comment").status_code == 404


def test_acts_are_offered_and_done(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    visitor = visit("office")
    offered = visitor.page(f"/cases/{case_id}")
    links = [a.attributes["href"] for a in offered.all("a") if "/acts/" in a.attributes["href"]]
    assert f"/cases/{case_id}/acts/urge" in links
    path = f"/cases/{case_id}/acts/urge"
    answer = visitor.post(path, {"text": "请抓紧整改"}, token_of=path)
    assert answer.location == f"/cases/{case_id}"
    assert "已办理：催办" in visitor.page(answer.location).text
    again = visitor.get(path)
    assert again.status_code == 409
    assert "今日已催办" in again.text


def test_an_act_with_wrong_data_is_shown_again(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    path = f"/cases/{case_id}/acts/comment"
    answer = visit("office").post(path, {"text": ""}, token_of=path)
    assert answer.status_code == 422
    assert Page(answer.text).one("div", id="errors").text.strip()


def test_an_act_that_is_not_for_one_is_refused(visit: Visit, bihuan: Bihuan) -> None:
    answer = visit("office").get(f"/cases/{ordered(bihuan)}/acts/case.shut_down")
    assert answer.status_code == 403


def test_the_urged_are_told(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    bihuan.runtime.perform_act(actor(bihuan, "office"), case_id, "urge", {"text": "请抓紧"})
    visitor = visit("enterprise01")
    assert "催办" in visitor.page("/notifications").text
    assert open_task(bihuan, case_id).id
