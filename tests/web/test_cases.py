"""One case: who acts next, why a date, what an enterprise is not shown, acts on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from engine import clock
from engine.store import queries
from tests.web.page_checks import Page
from tests.web.test_tasks import open_task, serve
from tests.web.visitor import PICTURE, Visitor, actor, register
from workflows.app import Bihuan

Visit = Callable[..., Visitor]

IN_NO_PARK = "enterprise12"
MAJOR = {"level": "major", "criterion": "第五条"}


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


def listed(bihuan: Bihuan) -> str:
    """Bring a major hazard to where its listing waits for the next report."""
    case_id = register(bihuan, proposed_level="major", criterion="第五条")
    now = clock.beijing(clock.now())
    served = {
        "document_kind": "notice",
        "requirements": "加装防护罩",
        "interim_measures": "停用砂轮机",
        "due_date": (now + timedelta(days=10)).date().isoformat(),
        "service_method": "direct",
        "served_at": now.isoformat(),
        "recipient": "安全管理员",
    }
    steps = (
        (
            "inspector1",
            "propose_major",
            MAJOR | {"reason": "属实"},
        ),
        ("inspector2", "second_proposal", {"decision": "agree"}),
        ("bureau_head", "confirm_major", {"decision": "agree", "criterion": "第五条"}),
        ("inspector1", "serve_order", served),
        ("park_east", "publish", {"medium": "网站", "published_on": now.date().isoformat()}),
    )
    for person, element, data in steps:
        with bihuan.database.read() as session:
            tasks = queries.case_tasks(session, case_id, status="open")
        task = next(one for one in tasks if one.element == element)
        bihuan.runtime.complete_task(actor(bihuan, person), task.id, data)
    return case_id


def photo(bihuan: Bihuan, person: str) -> str:
    """Keep a photo of somebody and return its id."""
    with bihuan.database.begin() as session:
        who = actor(bihuan, person)
        return bihuan.evidence.add(session, who, "a.png", PICTURE, clock.now())


def ahead_of(page: Page) -> str:
    """Return what the page says will happen if nobody acts."""
    return page.one("ol", **{"class": "ahead"}).text


def test_the_head_says_who_must_act_next_and_by_when(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    page = visit("office").page(f"/cases/{case_id}")
    steps = page.one("ul", **{"class": "next-list"}).text
    assert "主要负责人" in steps
    assert "还剩" in steps


def test_the_page_tells_what_happens_if_nobody_acts(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    page = visit("office").page(f"/cases/{case_id}")
    said = ahead_of(page)
    assert "2026年3月3日 24:00" in said
    assert "任何情况下都不会自动同意，也不会自动销号" in page.text
    assert "本案转为逾期" in said
    english = visit("office", language="en").page(f"/cases/{case_id}")
    assert "the case becomes overdue" in english.one("ol", **{"class": "ahead"}).text


def test_a_step_shows_its_own_limit_with_its_ground(visit: Visit, bihuan: Bihuan) -> None:
    case_id = register(bihuan)
    task = open_task(bihuan, case_id)
    for path in (f"/cases/{case_id}", f"/tasks/{task.id}"):
        page = visit("inspector1").page(path)
        assert "尚未设定时限" not in page.text
        limits = page.one("ul", **{"class": "deadlines"}).text
        assert "办理时限：核定等级" in limits
        assert "2026年3月3日 24:00" in limits
        assert "流程规定办理时限为 1 个工作日" in limits
    said = visit("office").page(f"/cases/{case_id}").one("ol", **{"class": "ahead"}).text
    assert said.index("“核定等级”到办理时限") < said.index("升级通知副职")
    assert said.index("升级通知副职") < said.index("报分管领导和区安办")
    assert "副职" not in ahead_of(visit("enterprise01").page(f"/cases/{case_id}"))


def test_a_process_that_waits_for_a_date_is_drawn_as_waiting(visit: Visit, bihuan: Bihuan) -> None:
    case_id = listed(bihuan)
    page = visit("office").page(f"/cases/{case_id}")
    drawn = {
        one.attributes["data-diagram-url"].split("/")[2]: one.attributes
        for one in page.all("div")
        if "data-diagram-url" in one.attributes
    }
    listing = drawn["listed_supervision"]
    assert listing["data-tokens"] == "report_due"
    assert "每周报告" in listing["aria-label"]
    assert "已结束" not in listing["aria-label"]
    assert {"deadline", "check_due"} <= set(drawn["hazard_rectification"]["data-tokens"].split())
    assert "企业须报告治理进展" in ahead_of(page)


def test_a_photo_says_what_it_shows_by_whom_and_when(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    photos = {name: photo(bihuan, "enterprise01") for name in ("photos_before", "photos_after")}
    data = {"done": "已加装", **{name: [one] for name, one in photos.items()}}
    task = open_task(bihuan, case_id)
    bihuan.runtime.complete_task(actor(bihuan, "enterprise01"), task.id, data)
    page = visit("office").page(f"/cases/{case_id}")
    person = actor(bihuan, "enterprise01").name
    words = [one.attributes["alt"] for one in page.all("img") if one.attributes.get("alt")]
    assert words == [f"{stage}，{person}，2026年3月2日 09:00" for stage in ("整改前", "整改后")]
    captions = " ".join(one.text for one in page.all("figcaption"))
    assert all(said in captions for said in ("整改前", "整改后", person))


def test_english_names_stand_in_an_english_timeline(visit: Visit, bihuan: Bihuan) -> None:
    page = visit("office", language="en").page(f"/cases/{ordered(bihuan)}")
    told = page.one("ol", **{"class": "timeline"}).text
    assert "Bureau officer 1" in told
    assert "应急局执法员" not in told
    assert "article 15" in page.text
    assert "十五" not in page.text
    assert [one.attributes["lang"] for one in page.all("span") if one.text == "加装防护罩"]


def test_a_town_in_charge_is_not_called_a_park(visit: Visit, bihuan: Bihuan) -> None:
    case_id = register(bihuan, enterprise=IN_NO_PARK)
    page = visit("office").page(f"/cases/{case_id}")
    assert "所属园区" not in page.text
    assert "园区指挥部示范镇" not in "".join(page.text.split())
    assert "所属镇街" in page.text


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
    # A token tells the second in which it was made.
    said, meant = (re.sub(r'"csrf_token" value="[^"]+"', "", one.text) for one in (hidden, missing))
    assert said.replace(case_id, "") == meant.replace(none, "")
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


def test_who_decides_on_a_proposal_to_void_is_a_next_step(visit: Visit, bihuan: Bihuan) -> None:
    case_id = ordered(bihuan)
    proposer = actor(bihuan, "bureau_deputy")
    bihuan.runtime.perform_act(proposer, case_id, "case.void_propose", {"reason": "系临时堆物"})
    with bihuan.database.read() as session:
        open_tasks = queries.case_tasks(session, case_id, status="open")
    (task,) = [one.id for one in open_tasks if one.element == "decide_void"]
    path, label = f"/tasks/{task}", "下一步由谁办理"
    for person, linked in (("bureau_head", True), ("inspector1", False)):
        page = visit(person).page(f"/cases/{case_id}")
        assert "决定是否误报更正" in page.one("ul", **{"aria-label": label}).text
        assert (path in [a.attributes["href"] for a in page.all("a")]) is linked
    assert "系临时堆物" in visit("bureau_head").page(path).text
    assert "误报更正" not in visit("enterprise01").page(f"/cases/{case_id}").text


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
