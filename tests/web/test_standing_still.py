"""The form of suspending tells every date that runs on, also two of one kind or of one instant."""

from __future__ import annotations

import pytest

from tests.api.harness import Zone
from tests.api.test_extension_scenarios import requested
from tests.api.test_interview_scenarios import overdue
from tests.web.test_extension_page import page

TWO_SIGNATURES = {
    "zh": (
        "签署（东园区攻坚指挥部） 2026年3月4日 24:00",
        "签署（经济商务局） 2026年3月4日 24:00",
        "整改期限 2026年3月17日 24:00",
    ),
    "en": (
        "Signature (East park command) 4 Mar 2026 24:00",
        "Signature (Economy department) 4 Mar 2026 24:00",
        "Rectification 17 Mar 2026 24:00",
    ),
}


def told(zone: Zone, case: str, language: str = "zh") -> str:
    return page(zone, "office_head", f"/cases/{case}/acts/case.suspend", language).text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_dates_of_one_kind_are_both_told(zone: Zone, language: str) -> None:
    shown = told(zone, requested(zone), language)
    for part in TWO_SIGNATURES[language]:
        assert shown.count(part) == 1


def test_a_step_due_with_another_date_is_told_beside_it(zone: Zone) -> None:
    shown = told(zone, overdue(zone, "larger", "2026-03-17"))
    assert "停下的步骤无" in shown
    for name in ("约谈", "到期核查", "决定是否执法"):
        assert f"{name} 2026年3月20日 24:00" in shown
