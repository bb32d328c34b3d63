"""On the page of a case: an interview that is owed after strike-off or after an extension."""

from __future__ import annotations

from tests.api import roads
from tests.api.harness import Zone
from tests.api.test_extension_scenarios import department
from tests.api.test_interview_scenarios import asked, until
from tests.web.test_extension_page import case_page
from tests.web.test_interview_page import MINUTES, noticed, now, overdue


def test_struck_off_it_is_still_owed_until_the_report(zone: Zone) -> None:
    case = overdue(zone)
    noticed(zone, case)
    roads.reported(zone, case)
    roads.rechecked(zone, case, "larger")
    roads.struck_off(zone, case, "larger")
    for person in ("office", "enterprise01"):
        shown = case_page(zone, person, case).text
        assert "隐患已销号；期限已经逾期，这项义务仍须履行" in shown
    zone.advance("P1D")
    told = {"held_at": now(), **MINUTES}
    zone.do("park_east", case, "hold", **told)
    assert "Struck off: the date passed all the same" in case_page(zone, "office", case, "en").text
    zone.do("enterprise01", case, "report", text="已落实责任制")
    assert "仍须履行" not in case_page(zone, "office", case).text


def test_an_extension_after_day_3_says_that_the_interview_is_still_owed(zone: Zone) -> None:
    case = asked(zone)
    until(zone, "2026-03-21T09:00")
    department(zone, case)
    shown = case_page(zone, "office", case).text
    assert "约谈超期" in shown
    assert "延期在约谈期限届满之后才获批：约谈已经超期，仍须进行" in shown
