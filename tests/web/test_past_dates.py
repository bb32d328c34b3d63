"""What once happened keeps its own date on the case page, though the row was moved since."""

from __future__ import annotations

from tests.api.harness import Zone
from tests.api.test_extension_scenarios import department, park, requested, until
from tests.web.test_extension_page import case_page


def relieved(zone: Zone) -> str:
    """Bring a hazard past its date and let the department sign only then."""
    case = requested(zone)
    park(zone, case)
    until(zone, hours=1)
    department(zone, case)
    return case


def test_a_lapsed_interview_and_enforcement_keep_the_date_that_passed(zone: Zone) -> None:
    case = relieved(zone)
    shown = case_page(zone, "bureau_head", case)
    dates = [one.text for one in shown.all("dd") if one.text.startswith("整改期限")]
    assert dates == ["整改期限 2026年3月17日 届满"] * 2
    english = case_page(zone, "bureau_head", case, "en").text
    assert english.count("the limit expired on 17 Mar 2026") == 2
    assert "the limit expired on 27 Mar 2026" not in english


def test_the_row_tells_that_it_had_expired_and_was_relieved(zone: Zone) -> None:
    case = relieved(zone)
    shown = case_page(zone, "enterprise01", case).text
    assert "2026年3月17日 24:00 届满 → 2026年3月18日" in shown
    assert "因延期解除" in shown
    english = case_page(zone, "enterprise01", case, "en").text
    assert "Expired at 17 Mar 2026 24:00 → relieved by an extension on 18 Mar 2026" in english
