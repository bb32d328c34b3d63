"""Requests that lapse, told to the interface: close to expiry, or after a passed recheck."""

from __future__ import annotations

from tests.api import roads
from tests.api.harness import Zone, ok, refused
from tests.api.test_extension_scenarios import DUE, elements, park, requested, try_request, until


def pending(zone: Zone) -> list[str]:
    found = ok(zone.client("bureau_head").get("/cases", extension_pending="true"))
    return [one["id"] for one in found["items"]]


def test_late_but_admissible(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    until(zone, hours=-20)
    ok(try_request(zone, case))
    assert "extension_pending" in zone.case(case)["flags"]
    assert case in pending(zone)
    park(zone, case)
    until(zone, hours=1)
    assert zone.case(case)["state"] == "overdue"
    assert case not in pending(zone)
    assert elements(zone, case) == {"decide", "expiry_recheck", "propose_host", "rectify"}
    assert zone.acts_done(case).count("extension.lapsed") == 1


def test_after_a_passed_recheck_nobody_signs_and_nothing_opens(zone: Zone) -> None:
    """Failed after the date, reported again and passed while the department keeps silent."""
    case = requested(zone)
    park(zone, case)
    until(zone, hours=-20)
    roads.reported(zone, case)
    until(zone, hours=20)
    roads.rechecked(zone, case, "larger", "fail")
    assert zone.case(case)["state"] == "overdue_pending"
    roads.reported(zone, case)
    roads.rechecked(zone, case, "larger")
    assert zone.case(case)["state"] == "striking_off"
    assert elements(zone, case) == {"propose_host", "strike_department"}
    assert zone.deadline(case, "rectification", "expired") == DUE
    zone.advance("P12D")
    assert zone.deadline(case, "rectification", "expired") == DUE
    assert "decide" not in elements(zone, case)


def test_nobody_agrees_to_a_date_that_has_passed(zone: Zone) -> None:
    case = requested(zone)
    park(zone, case)
    until(zone, days=11)
    told = refused(
        zone.try_("industry_economy_deputy", case, "sign_department", decision="agree"),
        422,
        "decision",
    )
    assert "has passed" in told["detail"]
    assert zone.case(case)["state"] == "overdue_pending"
