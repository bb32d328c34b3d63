"""The form of a recheck begins with what is to be looked at."""

from __future__ import annotations

from tests.api import roads
from tests.api.harness import Zone
from tests.web.test_extension_page import page


def items(zone: Zone, case: str) -> list[str]:
    """Return the items that the form begins with."""
    shown = page(zone, "inspector1", f"/tasks/{zone.task(case, 'recheck')}")
    found = [one for one in shown.all("input") if one.attributes.get("name", "").endswith(".item")]
    return [one.attributes["value"] for one in found if "template" not in one.parents]


def test_a_larger_hazard_is_itself_the_first_item(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    roads.reported(zone, case)
    assert items(zone, case) == [zone.case(case)["description"]]


def test_what_failed_before_is_looked_at_again(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    roads.reported(zone, case)
    roads.rechecked(zone, case, "larger", "fail")
    roads.reported(zone, case)
    assert items(zone, case) == ["监测报警"]
