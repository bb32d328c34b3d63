"""An extension as one thing seen by all sides, and the way to ask for one."""

from __future__ import annotations

import pytest

from engine.store import queries
from tests.api import roads
from tests.api.harness import Zone, ok
from tests.api.test_extension_scenarios import (
    asked,
    department,
    granted,
    ordered,
    park,
    requested,
    second,
    try_request,
    until,
)
from tests.web.page_checks import Page
from tests.web.visitor import Visitor

SIGHTS = ("enterprise01", "park_east", "industry_economy", "bureau_head", "leader_incharge")


def roads_of(page: Page) -> list[str]:
    """Return what the requests of a page say of their stops, the latest first."""
    return [one.text for one in page.all("ol") if one.attributes.get("class") == "road"]


def page(zone: Zone, person: str, path: str, language: str = "zh") -> Page:
    visitor = Visitor(zone.app, language)
    assert visitor.sign_in(person).status_code == 303
    if language != "zh":
        visitor.post("/language", {"language": language}, token_of="/notifications")
    return visitor.page(path)


def case_page(zone: Zone, person: str, case: str, language: str = "zh") -> Page:
    return page(zone, person, f"/cases/{case}", language)


def test_the_way_to_more_time_says_until_when_it_is_timely(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    task = zone.task(case, "rectify")
    for path in (f"/cases/{case}", f"/tasks/{task}"):
        shown = page(zone, "enterprise01", path)
        ask = shown.one("a", href=f"/cases/{case}/acts/extension.request")
        assert "申请延期" in ask.text
        assert "2026年3月14日 前（含当日）提出为及时" in shown.text
    assert "acts/extension.request" not in case_page(zone, "bureau_head", case).html


def test_close_to_expiry_the_way_is_marked_and_after_it_gone(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    until(zone, hours=-20)
    assert "已过及时提出的时间" in case_page(zone, "enterprise01", case).text
    until(zone, hours=1)
    assert "acts/extension.request" not in case_page(zone, "enterprise01", case).html


def test_a_reason_is_asked_for_only_where_the_choice_needs_one(zone: Zone) -> None:
    case = requested(zone)
    task = zone.task(case, "sign_park")
    shown = page(zone, "park_east", f"/tasks/{task}")
    assert is_hidden(shown, "opinion")
    department(zone, case)
    park(zone, case)
    filing = page(zone, "bureau_head", f"/tasks/{zone.task(case, 'file')}")
    assert is_hidden(filing, "reason")


def is_hidden(shown: Page, field: str) -> bool:
    (box,) = [one for one in shown.elements if one.id == f"field-{field}-box"]
    return "hidden" in box.attributes


def test_everybody_sees_who_signed_and_who_is_missing(zone: Zone) -> None:
    case = requested(zone)
    park(zone, case)
    for person in (
        "enterprise01",
        "park_east",
        "industry_economy",
        "bureau_head",
        "leader_incharge",
    ):
        (road,) = roads_of(case_page(zone, person, case))
        assert "待签署" in road, person
        assert "东园区指挥长" in road, person
        assert "最后一方签署时生效" in road, person
    shown = case_page(zone, "bureau_head", case, "en")
    assert "17 Mar 2026 → 27 Mar 2026" in shown.text
    assert "10 days counted from the original date" in shown.text
    assert "Economy department: reminder 3 Mar 2026 24:00" in shown.text
    assert "Silence is no consent" in shown.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_sides_see_by_when_each_signatory_is_urged(zone: Zone, language: str) -> None:
    case = requested(zone)
    shown = [silence(case_page(zone, person, case, language)) for person in SIGHTS]
    assert all(one == shown[0] for one in shown)
    for words in (
        ("2026年3月3日 24:00 提醒", "转副职", "报分管领导和区安办", "不签署不视为同意")
        if language == "zh"
        else ("reminder 3 Mar 2026 24:00", "deputies", "leader in charge", "Silence is no consent")
    ):
        assert words in shown[0]
    assert "acts/extension.withdraw" in case_page(zone, "enterprise01", case).html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_leader_leaves_unsigned_goes_above_him(zone: Zone, language: str) -> None:
    case = granted(zone)
    ok(try_request(zone, case, **second(zone, "2026-04-10")))
    park(zone, case)
    department(zone, case)
    said = silence(case_page(zone, "leader_incharge", case, language))
    above = "报区主要领导和区安办" if language == "zh" else "principal leader and safety office"
    assert above in said
    assert not any(
        one in said for one in ("副职", "deputies", "报分管领导", "leader in charge and")
    )
    zone.advance("P6D")
    told = "已报区主要领导和区安办" if language == "zh" else "the principal leader and the safety"
    assert told in silence(case_page(zone, "leader_incharge", case, language))


def silence(page: Page) -> str:
    """Return what the panel says will follow if nobody acts."""
    panel = [one.text for one in page.all("div") if one.attributes.get("class") == "panel-silence"]
    return " ".join(" ".join(panel).split())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_how_bodies_are_appraised_is_for_authorities(zone: Zone, language: str) -> None:
    case = granted(zone)
    appraised = "考核" if language == "zh" else "against the"
    assert appraised in case_page(zone, "park_east", case, language).text
    told = case_page(zone, "enterprise01", case, language).text
    assert appraised not in told
    assert ("尚未备案" if language == "zh" else "not filed yet") in told


def test_what_is_signed_stands_beside_the_signature(zone: Zone) -> None:
    case = requested(zone)
    task = zone.task(case, "sign_department")
    shown = page(zone, "industry_economy", f"/tasks/{task}")
    assert _hash(zone, case)[:12] in shown.text
    assert "停用一号炉并派人值守" in shown.text


def test_what_is_signed_comes_before_the_form(zone: Zone) -> None:
    html = page(zone, "park_east", f"/tasks/{zone.task(requested(zone), 'sign_park')}").html
    assert 0 < html.index('class="panel"') < html.index('id="task-form"')
    assert html.count('id="extension"') == 1


def test_returned_says_by_whom_what_is_missing_and_until_when(zone: Zone) -> None:
    case = requested(zone)
    park(zone, case)
    department(zone, case, "return")
    shown = case_page(zone, "enterprise01", case).text
    assert "经济商务局退回。请于 2026年3月3日 前补正重报" in shown
    assert "须补证据" in shown
    assert "签署作废，须重新签署" in shown
    assert shown.count("延期申请失效，不视为同意，原期限照常计算") == 1


def test_in_force_but_not_filed_is_shown_in_case_and_lists(zone: Zone) -> None:
    case = granted(zone)
    assert "未备案" in roads_of(case_page(zone, "bureau_head", case))[0]
    assert "未备案" in page(zone, "bureau_head", "/ledger?flag=unfiled").text
    zone.do("bureau_clerk", case, "file", decision="file")
    assert "延备〔2026〕第1号" in case_page(zone, "enterprise01", case).text
    assert case not in page(zone, "bureau_head", "/ledger?flag=unfiled").html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_after_a_passed_recheck_no_answer_of_the_issuer_is_awaited(
    zone: Zone, language: str
) -> None:
    awaited, lapsed, history = {
        "zh": ("待答复", "发文机关无须再答复；指令书期限 2026年3月17日 不变", "发文机关无须再答复"),
        "en": (
            "Waits for the answer",
            "the issuer need not answer any more; the date of the order, 17 Mar 2026, stands",
            "No answer of the issuer needed any more",
        ),
    }[language]
    case = ordered(zone, "bureau", "inspector1")
    ok(try_request(zone, case))
    park(zone, case)
    department(zone, case)
    assert awaited in roads_of(case_page(zone, "enterprise01", case, language))[0]
    roads.reported(zone, case)
    roads.rechecked(zone, case, "larger")
    for person in SIGHTS:
        shown = case_page(zone, person, case, language)
        assert awaited not in roads_of(shown)[0], person
        assert lapsed in shown.text, person
        assert history in shown.text, person


def test_a_second_extension_waits_for_its_leader_and_is_flagged(zone: Zone) -> None:
    case = granted(zone)
    ok(zone.act("enterprise01", case, "extension.request", **second(zone, "2026-04-20")))
    road, _former = roads_of(case_page(zone, "bureau_head", case))
    assert "分管领导" in road
    assert "两家同意后签署" in road
    for flag, row in (("second_extension", "二次延期"), ("extension_pending", "延期审批中")):
        shown = page(zone, "bureau_head", f"/ledger?flag={flag}")
        assert case in shown.html
        assert row in shown.text
        found = ok(zone.client("bureau_head").get("/cases", **{flag: "true"}))["items"]
        assert [one["id"] for one in found] == [case]
        assert ok(zone.client("bureau_head").get("/cases", **{flag: "false"}))["total"] == 0


def in_force_twice(zone: Zone) -> str:
    """Return a case with two extensions in force and neither filed, the first a week ago."""
    case = granted(zone)
    zone.advance("P7D")
    ok(zone.act("enterprise01", case, "extension.request", **second(zone, "2026-04-20")))
    park(zone, case)
    department(zone, case)
    zone.do("leader_incharge", case, "sign_leader", decision="agree")
    return case


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_task_shows_the_request_that_it_is_about(zone: Zone, language: str) -> None:
    case = in_force_twice(zone)
    tasks = [one for one in zone.case(case, "bureau_clerk")["next"] if one["element"] == "file"]
    titles = {
        "zh": ["延期备案（第1号）", "延期备案（第2号）"],
        "en": ["File the extension (no. 1)", "File the extension (no. 2)"],
    }[language]
    inbox = page(zone, "bureau_clerk", "/inbox", language).text
    for number, (task, title) in enumerate(zip(tasks, titles, strict=True), 1):
        shown = page(zone, "bureau_clerk", f"/tasks/{task['task']}", language)
        assert shown.one("h1").text == title
        assert title in inbox
        first = next(one.text for one in shown.all("h3"))
        assert str(number) in first
        overdue = "已超" if language == "zh" else "overdue"
        assert (overdue in roads_of(shown)[0]) == (number == 1)


def test_a_single_request_has_no_number_in_its_steps(zone: Zone) -> None:
    task = zone.task(granted(zone), "file")
    assert page(zone, "bureau_clerk", f"/tasks/{task}").one("h1").text == "延期备案"


def test_at_expiry_a_pending_request_softens_what_is_said(zone: Zone) -> None:
    case = requested(zone)
    assert "转为逾期（待批）" in case_page(zone, "bureau_head", case).text
    until(zone, hours=1)
    shown = case_page(zone, "enterprise01", case).text
    assert "本案逾期（待批）：不对企业采取处罚步骤" in shown


def test_a_refusal_says_that_the_date_stands(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    ok(zone.act("enterprise01", case, "extension.request", **asked(zone)))
    department(zone, case, "refuse")
    shown = case_page(zone, "enterprise01", case, "en").text
    assert "no extension; the original date, 17 Mar 2026, stands" in shown


def _hash(zone: Zone, case: str) -> str:
    with zone.bihuan.database.read() as session:
        found: str = queries.case(session, case).document["extension_requests"][-1]["content_hash"]
    return found
