"""On the page of a case: why this host, what is noted of him, and when the notice was given."""

from __future__ import annotations

from datetime import timedelta

from engine import clock
from tests.api.harness import Zone
from tests.api.test_extension_scenarios import granted
from tests.api.test_interview_scenarios import until
from tests.web.test_extension_page import case_page, page
from tests.web.test_interview_page import noticed, overdue


def test_after_a_no_show_the_reason_of_the_host_is_the_no_show(zone: Zone) -> None:
    case = overdue(zone)
    noticed(zone, case)
    zone.advance("P1D")
    zone.do("park_east", case, "hold", outcome="no_show", absence_reason="未到")
    shown = case_page(zone, "office", case).text
    assert "约谈缺席，改由区主要领导约谈" in shown
    assert "较大隐患首次逾期" not in shown
    assert "No-show: the principal leader is next" in case_page(zone, "office", case, "en").text
    assert "约谈缺席，改由" not in case_page(zone, "enterprise01", case).text


def test_a_notice_typed_in_later_is_shown_with_both_times(zone: Zone) -> None:
    case = overdue(zone)
    until(zone, "2026-03-19T09:00")
    known = {"invitee_role": "actual_investor", "place": "三楼", "way": "on_site"}
    times = {"given_at": "2026-03-18T15:00:00+08:00", "meet_at": "2026-03-18T17:00:00+08:00"}
    zone.do("office", case, "schedule", **known, **times)
    shown = case_page(zone, "enterprise01", case).text
    assert "2026年3月18日 15:00（2026年3月19日 09:00 补录）" in shown
    assert "(typed in 19 Mar 2026 09:00)" in case_page(zone, "office", case, "en").text
    assert "约谈通知已于 2026-03-18 15:00 送达" in page(zone, "enterprise01", "/notifications").text


def test_a_host_who_signed_is_flagged_before_the_interview_too(zone: Zone) -> None:
    case = granted(zone)
    until(zone, "2026-03-28T09:00")
    shown = page(zone, "office", f"/tasks/{zone.task(case, 'propose_host')}").text
    assert "园区攻坚指挥部指挥长此前签署同意过本隐患的延期；改由其约谈的予以注明" in shown
    assert "约谈人曾签署延期" not in shown
    zone.do("office", case, "propose_host", host="park_command", reason="熟悉情况")
    path = f"/tasks/{zone.task(case, 'confirm_host')}"
    assert "约谈人曾签署延期" in page(zone, "leader_incharge", path).text
    assert "The host had signed the extension" in page(zone, "leader_incharge", path, "en").text
    zone.do("leader_incharge", case, "confirm_host", host="park_command")
    meet_at = clock.beijing(clock.now() + timedelta(hours=20)).isoformat()
    known = {"invitee_role": "actual_investor", "place": "三楼", "way": "on_site"}
    zone.do("office", case, "schedule", meet_at=meet_at, **known)
    shown = page(zone, "park_east", f"/tasks/{zone.task(case, 'hold')}").text
    assert "约谈人此前签署同意过本隐患的延期" in shown
    assert "曾签署延期" not in case_page(zone, "enterprise01", case).text
