"""The words of a listing fit the hazard that they stand on, and stand on no other."""

from __future__ import annotations

import pytest

from tests.api.harness import Zone
from tests.api.test_extension_scenarios import granted, requested
from tests.web.test_extension_page import case_page

NAMED = {"zh": ("督办单位", "挂牌督办"), "en": ("Supervising body", "Listed supervision")}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_supervises_what_is_not_listed(zone: Zone, language: str) -> None:
    body, heading = NAMED[language]
    shown = case_page(zone, "office", requested(zone), language)
    assert body not in shown.text
    assert heading not in [one.text.strip() for one in shown.all("h2")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_larger_hazard_is_listed_under_words_of_its_own(zone: Zone, language: str) -> None:
    body, heading = NAMED[language]
    shown = case_page(zone, "office", granted(zone), language)
    assert "重大隐患" not in shown.text
    assert body in " ".join(one.text for one in shown.all("ul"))
    assert [one.text for one in shown.all("h2") if one.text.endswith(heading)]
