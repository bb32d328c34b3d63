"""The limit of a step is told although a date of the case falls on the same day."""

from __future__ import annotations

import pytest

from tests.api.harness import Zone
from tests.api.test_interview_scenarios import overdue
from tests.web.page_checks import Page
from tests.web.test_extension_page import case_page

CHECK = {"zh": "到期核查", "en": "Recheck at expiry"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("person", ["enterprise01", "office"])
def test_the_check_at_expiry_is_among_what_follows_and_the_dates(
    zone: Zone, person: str, language: str
) -> None:
    case = overdue(zone, "larger", "2026-03-17")
    due = {one["element"]: one["due_at"] for one in zone.case(case)["next"]}["expiry_recheck"]
    interview = [one for one in zone.case(case)["deadlines"] if one["kind"] == "interview"]
    assert [one["due_at"] for one in interview] == [due]
    shown = case_page(zone, person, case, language)
    assert [one for one in listed(shown, "deadlines") if CHECK[language] in one]
    assert [one for one in listed(shown, "ahead") if CHECK[language] in one]


def listed(shown: Page, name: str) -> list[str]:
    """Return the entries of a list of the page."""
    return [one.text for one in shown.all("ul", "ol") if one.attributes.get("class") == name]
