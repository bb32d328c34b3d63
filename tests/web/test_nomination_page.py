"""What a case page says of a host who is still to be named."""

from __future__ import annotations

from tests.api.harness import Zone
from tests.web.test_extension_page import case_page
from tests.web.test_interview_page import overdue


def test_the_limit_is_counted_by_the_clock_and_nobody_is_urged_after_it(zone: Zone) -> None:
    case = overdue(zone)
    shown = case_page(zone, "office", case).text
    assert "24 小时，逾时按判定表确定约谈人" in shown
    assert "确认时限届满：按判定表由" in shown
    assert "“建议约谈人”" not in shown
    zone.do("office", case, "propose_host", host="park_command", reason="按判定表")
    shown = case_page(zone, "leader_incharge", case).text
    assert "24 小时，逾时按判定表确定约谈人" in shown
    assert "“确认约谈人”" not in shown
    english = case_page(zone, "leader_incharge", case, "en").text
    assert "24 hours from the opening of the interview" in english
