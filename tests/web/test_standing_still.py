"""The form of suspending tells what runs on beside it, or why nothing can stand still."""

from __future__ import annotations

import pytest

from tests.api.harness import Zone
from tests.api.test_extension_scenarios import requested
from tests.api.test_interview_scenarios import overdue
from tests.web.test_extension_page import page
from tests.web.visitor import Visitor

WHY = {
    "zh": "本案没有可以停下的步骤，不能暂停",
    "en": "only proposing, reviewing and confirming its level may",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_nothing_can_stand_still_the_form_says_why(zone: Zone, language: str) -> None:
    for case in (requested(zone), overdue(zone, "larger", "2026-03-17")):
        visitor = Visitor(zone.app, language)
        assert visitor.sign_in("office_head").status_code == 303
        visitor.post("/language", {"language": language}, token_of="/notifications")
        shown = visitor.get(f"/cases/{case}/acts/case.suspend")
        assert shown.status_code == 409
        assert WHY[language] in shown.text
        assert "acts/case.suspend" not in visitor.get(f"/cases/{case}").text


@pytest.mark.parametrize(
    ("language", "runs_on"),
    [
        ("zh", "决定是否误报更正 2026年3月4日 24:00"),
        ("en", "Decide on voiding 4 Mar 2026 24:00"),
    ],
)
def test_a_step_that_runs_on_is_told_with_its_limit(
    zone: Zone, language: str, runs_on: str
) -> None:
    case = zone.begin()
    zone.act("bureau_deputy", case, "case.void_propose", reason="误报")
    shown = page(zone, "office_head", f"/cases/{case}/acts/case.suspend", language).text
    assert runs_on in shown
