"""The interview on the case page and in its calendar; enforcement, and what an enterprise sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from engine import clock
from tests.api import roads
from tests.api.harness import Zone, ok, refused
from tests.api.test_extension_scenarios import asked as request_data
from tests.api.test_extension_scenarios import (
    department,
    park,
    requested,
    try_request,
    until,
)
from tests.api.test_interview_scenarios import asked
from tests.api.test_interview_scenarios import until as clock_until
from tests.web.test_extension_page import case_page, page
from tests.web.visitor import Visitor

MINUTES = {
    "outcome": "held",
    "came": "invitee",
    "signature": "signed",
    **dict.fromkeys(("recorder", "attendees", "circulated", "explanation", "commitment"), "x"),
}


def now() -> str:
    return clock.beijing(clock.now()).isoformat()


def overdue(zone: Zone) -> str:
    case = roads.served(zone, "larger")
    until(zone, hours=10)
    return case


def noticed(zone: Zone, case: str, host: str = "park_command") -> None:
    zone.do("office", case, "propose_host", host=host, reason="首次逾期")
    zone.do("leader_incharge", case, "confirm_host", host=host)
    zone.do(
        "office",
        case,
        "schedule",
        invitee_role="legal_representative",
        invitee_reason="投资人在外地",
        meet_at=clock.beijing(clock.now() + timedelta(hours=20)).isoformat(),
        place="管委会三楼会议室",
        way="on_site",
        materials="整改方案",
    )


def held(zone: Zone, case: str) -> None:
    zone.advance("P1D")
    zone.do(
        "park_east",
        case,
        "hold",
        outcome="held",
        held_at=clock.beijing(clock.now()).isoformat(),
        came="invitee",
        recorder="安委办",
        attendees="约谈人、约谈对象",
        circulated="逾期情况",
        explanation="设备到货延迟",
        commitment="按期完成",
        signature="signed",
        final_date=zone.today(5),
    )


def test_the_case_says_who_interviews_by_when_and_why(zone: Zone) -> None:
    case = overdue(zone)
    shown = case_page(zone, "bureau_head", case).text
    assert "2026年3月20日 24:00" in shown
    assert "园区攻坚指挥部指挥长（判定表）" in shown
    assert "较大隐患首次逾期" in shown
    assert "按判定表由园区攻坚指挥部指挥长约谈" in shown
    assert "第 3 日届满仍未约谈" in shown
    assert "较大隐患首次逾期" not in case_page(zone, "enterprise01", case).text


def test_a_step_opened_at_the_end_of_a_day_is_said_to_have_come_on_that_day(zone: Zone) -> None:
    case = roads.graded(zone, "larger")
    roads.serve(zone, case, "larger", due_date="2026-03-12")
    clock_until(zone, "2026-03-13T09:00")
    shown = case_page(zone, "bureau_head", case).text
    assert "本步骤自 2026年3月12日 转到承办单位，当日不计" in shown
    assert "本步骤自 2026年3月13日" not in shown
    assert "2026年3月17日 24:00 届满" in shown


def test_notice_minutes_and_report_stand_on_the_case(zone: Zone) -> None:
    case = overdue(zone)
    noticed(zone, case)
    shown = case_page(zone, "enterprise01", case).text
    assert "法定代表人01（法定代表人）" in shown
    assert "管委会三楼会议室" in shown
    held(zone, case)
    shown = case_page(zone, "enterprise01", case, "en").text
    assert "Report awaited" in shown
    assert "Final date" in shown
    zone.do(
        "enterprise01", case, "report", text="已停用并换装", evidence=[zone.photo("enterprise01")]
    )
    assert "已停用并换装" in case_page(zone, "office", case).text


def test_a_talk_is_shown_with_whom_it_was_held(zone: Zone) -> None:
    case = roads.served(zone, "general")
    zone.advance("P5D")
    talked_at = clock.beijing(clock.now()).isoformat()
    record = {"spoken_to": "车间主任", "record": "限当日清理"}
    zone.do("park_east_officer", case, "talk", talked_at=talked_at, **record)
    shown = case_page(zone, "office", case).text
    assert "车间主任" in shown
    assert "限当日清理" in shown


def test_a_day_that_passed_undecided_is_shown_and_is_no_consent(zone: Zone) -> None:
    case = asked(zone)
    clock_until(zone, "2026-03-18T09:00")
    noticed(zone, case)
    zone.advance("P1D")
    instant = clock.beijing(clock.now())
    words = dict.fromkeys(("recorder", "attendees", "circulated", "explanation", "commitment"), "x")
    day = {"decision_industry_department": "2026-03-20"}
    told = {"held_at": instant.isoformat(), "came": "invitee", "signature": "signed"}
    zone.do("park_east", case, "hold", outcome="held", **told, **words, **day)
    assert "到期未决定" not in case_page(zone, "office", case).text
    clock_until(zone, "2026-03-21T00:01")
    for person in ("office", "enterprise01"):
        shown = case_page(zone, person, case).text
        assert "2026年3月20日（到期未决定，不视为同意）" in shown
    told_of = page(zone, "leader_principal", "/notifications").text
    assert "未在约谈确定的 2026-03-20 前决定" in told_of


def interviewed_beside_a_request(zone: Zone, asked_at: str) -> str:
    """Return a case whose request neither body answered before the park command's interview."""
    case = roads.served(zone, "larger")
    clock_until(zone, asked_at)
    ok(try_request(zone, case))
    clock_until(zone, "2026-03-18T09:00")
    noticed(zone, case)
    zone.advance("P1D")
    return case


def test_the_host_of_a_silent_body_is_marked_for_the_authorities(zone: Zone) -> None:
    case = interviewed_beside_a_request(zone, "2026-03-10T09:00")
    days = dict.fromkeys(("decision_park_command", "decision_industry_department"), zone.today(1))
    zone.do("park_east", case, "hold", **MINUTES, held_at=now(), **days)
    assert "约谈人所在单位未答复延期" in case_page(zone, "office", case).text
    assert "The host's own body is silent" in case_page(zone, "office", case, "en").text
    assert "未答复延期" not in case_page(zone, "enterprise01", case).text


def test_a_final_date_that_a_later_approval_took_away_is_said_to_stand_no_more(zone: Zone) -> None:
    case = interviewed_beside_a_request(zone, "2026-03-10T09:00")
    park(zone, case, "return")
    zone.do("park_east", case, "hold", **MINUTES, held_at=now(), final_date=zone.today(5))
    assert "不再适用" not in case_page(zone, "enterprise01", case).text
    zone.do("enterprise01", case, "resubmit", **request_data(zone))
    park(zone, case)
    department(zone, case)
    shown = case_page(zone, "enterprise01", case).text
    assert "2026年3月24日（其后延期获批，以延期后的期限为准，该日期不再适用）" in shown
    english = case_page(zone, "enterprise01", case, "en").text
    assert "24 Mar 2026 (no longer stands: the extension granted since then" in english


def test_an_interview_not_held_is_late_in_case_lists_and_calendar(zone: Zone) -> None:
    case = overdue(zone)
    zone.advance("P4D")
    assert "约谈超期" in case_page(zone, "office", case).text
    assert case in page(zone, "office", "/ledger?flag=interview_late").html
    assert "约谈超期" in page(zone, "office", "/interviews").one("h2", id="day-interview").text
    found = ok(zone.client("office").get("/cases", interview_late="true"))["items"]
    assert [one["id"] for one in found] == [case]


def test_held_late_it_is_late_no_more(zone: Zone) -> None:
    case = overdue(zone)
    zone.advance("P4D")
    zone.do(
        "office",
        case,
        "schedule",
        invitee_role="legal_representative",
        invitee_reason="投资人在外地",
        meet_at=clock.beijing(clock.now() + timedelta(hours=20)).isoformat(),
        late_reason="约谈对象外地返回",
        place="三楼",
        way="on_site",
        materials="整改方案",
    )
    held(zone, case)
    assert ok(zone.client("office").get("/cases", interview_late="true"))["total"] == 0
    found = ok(zone.client("office").get("/interviews"))["items"]
    assert [(one["kind"], one["step"]) for one in found] == [("interview_report", "report")]


def test_the_calendar_says_what_is_missing_and_narrows(zone: Zone) -> None:
    first, other = overdue(zone), roads.served(zone, "general")
    noticed(zone, first)
    shown = page(zone, "office", "/interviews")
    assert "待约谈" in shown.text
    assert "2026年3月19日 06:00" in shown.text
    assert "明天" in shown.text
    assert other not in shown.html
    assert first in page(zone, "office", "/interviews?host=park_command&step=hold").html
    for narrow in ("host=leader_principal", "step=propose", "body=park_west"):
        assert "没有符合条件的约谈" in page(zone, "office", f"/interviews?{narrow}").text


def test_the_calendar_keeps_to_what_one_may_see(zone: Zone) -> None:
    case = overdue(zone)
    for person, total in (("office", 1), ("park_east", 1), ("park_west", 0), ("enterprise02", 0)):
        found = ok(zone.client(person).get("/interviews"))
        assert found["total"] == total, person
        assert (case in page(zone, person, "/interviews").html) is bool(total)
    refused(zone.client("office").get("/interviews", step="nothing"), 422)


def test_the_calendar_asks_the_database_as_often_for_many_as_for_none(zone: Zone) -> None:
    counted: list[str] = []

    def count(*told: Any) -> None:
        counted.append(told[2])

    for enterprise in ("enterprise01", "enterprise02", "enterprise03"):
        roads.served(zone, "larger", enterprise=enterprise)
    until(zone, hours=10)
    event.listen(zone.bihuan.database.engine, "before_cursor_execute", count)

    def asks(person: str) -> tuple[int, int]:
        client = zone.client(person)
        counted.clear()
        return ok(client.get("/interviews"))["total"], len(counted)

    none, many = asks("enterprise12"), asks("office")
    assert (none[0], many[0]) == (0, 3)
    assert many[1] <= none[1]


def test_silence_of_a_signatory_is_the_first_subject(zone: Zone) -> None:
    case = requested(zone)
    park(zone, case)
    until(zone, hours=10)
    assert "首先约谈未签署单位" in page(zone, "office", "/interviews").text
    assert "首先约谈未签署单位" in case_page(zone, "industry_economy", case).text


def test_an_enterprise_sees_the_measures_and_nothing_of_a_referral(zone: Zone) -> None:
    case = overdue(zone)
    decided = {"pursue": "yes", "reason": "逾期未改，内部研判乙", "penalty": True, "referral": True}
    zone.do("bureau_head", case, "decide", **decided)
    inside, outside = case_page(zone, "bureau_head", case), case_page(zone, "enterprise01", case)
    assert "移送四要素核查" in inside.text
    assert "内部研判乙" in inside.text
    assert "行政处罚：待办理" in inside.text
    assert "行政处罚" not in outside.text
    for secret in ("移送", "四要素", "内部研判乙"):
        assert secret not in outside.text


def test_authorities_find_the_calendar_in_the_navigation(zone: Zone) -> None:
    visitor = Visitor(zone.app)
    visitor.sign_in("office")
    assert 'href="/interviews"' in visitor.page("/inbox").html
    other = Visitor(zone.app)
    other.sign_in("enterprise01")
    assert 'href="/interviews"' not in other.page("/inbox").html


def test_what_ends_with_the_case_is_not_said_to_end_by_an_extension(zone: Zone) -> None:
    case = overdue(zone)
    photos = [zone.photo("bureau_head")]
    ok(zone.act("bureau_head", case, "case.shut_down", reason="企业关停", photos=photos))
    shown = case_page(zone, "bureau_head", case).text
    assert "案件已办结，未作执法决定。" in shown
    assert "案件已办结，未进行的约谈不再进行。" in shown
    assert "延期获批" not in shown
