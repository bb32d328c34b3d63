"""A signature that an interview set a day for has that one date, wherever it is told."""

from __future__ import annotations

import pytest

from tests.api.harness import Zone
from tests.api.test_interview_scenarios import asked, minutes, named, notice, until
from tests.web.page_checks import Page
from tests.web.test_extension_page import page, roads_of

SIGNS = "industry_economy"
LEFT = {"zh": "还剩 3 天", "en": "3 days left"}
LATE = {"zh": "已超", "en": "overdue"}
BEFORE = {
    "zh": "约谈之前，签署时限为 2026年3月12日 24:00",
    "en": "Before the interview the limit for the signature was 12 Mar 2026 24:00",
}


def heard(zone: Zone) -> str:
    """Return a case whose interview set a day for the department that had not signed."""
    case = asked(zone)
    until(zone, "2026-03-18T09:00")
    named(zone, case)
    zone.do("office", case, "schedule", **notice("2026-03-20T09:00"))
    until(zone, "2026-03-20T10:00")
    told = minutes("2026-03-20T09:00", None, decision_industry_department="2026-03-23")
    zone.do("park_east", case, "hold", **told)
    return case


def owed(shown: Page) -> list[str]:
    """Return the dates of signatures among the dates of a case, with how long is left."""
    heads = [one for one in shown.all("div") if one.attributes.get("class") == "deadline-head"]
    return [one.text for one in heads if one.text.strip().startswith(("签署", "Signature"))]


def line(shown: Page, title: str) -> str:
    """Return the line of the head that says who does a step next, and by when."""
    steps = [one.text for one in shown.all("li") if one.attributes.get("class") == "next"]
    return next(one for one in steps if title in one)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_date_in_head_card_limits_and_outlook(zone: Zone, language: str) -> None:
    case = heard(zone)
    title = {"zh": "行业主管部门签署", "en": "Industry department signs"}[language]
    for person in (SIGNS, "bureau_head", "enterprise01"):
        shown = page(zone, person, f"/cases/{case}", language)
        assert LEFT[language] in line(shown, title), person
        running = [one for one in owed(shown) if LEFT[language] in one or LATE[language] in one]
        assert len(running) == 1, person
        assert LEFT[language] in running[0]
        assert LEFT[language] in roads_of(shown)[0]
        assert LATE[language] not in roads_of(shown)[0]
        assert shown.text.count(BEFORE[language]) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_task_and_the_inbox_count_to_the_day_of_the_interview(
    zone: Zone, language: str
) -> None:
    task = zone.task(heard(zone), "sign_department")
    head = page(zone, SIGNS, f"/tasks/{task}", language).html.split('id="form-title"')[1]
    assert LEFT[language] in head.split("</div>")[0]
    inbox = page(zone, SIGNS, "/inbox", language).text
    assert inbox.count(LEFT[language]) == 1
    assert LATE[language] not in inbox.partition("GY-2026")[2]


def test_the_day_of_the_interview_stays_the_date_when_it_has_passed(zone: Zone) -> None:
    case = heard(zone)
    until(zone, "2026-03-25T09:00")
    shown = page(zone, "bureau_head", f"/cases/{case}")
    assert "已超 1 天" in roads_of(shown)[0]
    assert "已超 1 天" in line(shown, "行业主管部门签署")
    assert not [one for one in owed(shown) if "已超" in one]
