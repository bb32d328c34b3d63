"""Who is told who holds an interview: authorities at once, the enterprise once it is certain."""

from __future__ import annotations

import json
from typing import Any

from tests.api.harness import Zone, ok
from tests.api.test_interview_scenarios import notice, overdue, until

INSIDERS = ("office", "leader_incharge", "park_east", "industry_economy", "bureau_head")
OUTSIDERS = ("enterprise01", "town1")
"""A town outside whose parks the hazard lies hears no opinions of authorities."""


def told(zone: Zone, person: str, case: str) -> tuple[Any, Any]:
    """Return the host and the step that the calendar tells a person."""
    items = ok(zone.client(person).get("/interviews"))["items"]
    return next((one["host"], one["step"]) for one in items if one["case"] == case)


def test_the_host_is_masked_until_he_is_certain(small_zone: Zone) -> None:
    zone, case = small_zone, overdue(small_zone, "larger", "2026-03-17")
    until(zone, "2026-03-18T09:00")
    zone.do("office", case, "propose_host", host="leader_principal", reason="影响大")
    for person in INSIDERS:
        assert told(zone, person, case) == ("park_command", "confirm"), person
    for person in OUTSIDERS:
        assert told(zone, person, case) == (None, "schedule"), person
        rows = ok(zone.client(person).get(f"/cases/{case}/history"))["items"]
        said = json.dumps(rows, ensure_ascii=False)
        assert "leader_principal" not in said
        assert "影响大" not in said
        assert not {"interview.matrix", "interview.propose"} & {row["act"] for row in rows}
        assert "confirm_host" not in {one["element"] for one in zone.case(case, person)["next"]}
    zone.do("leader_incharge", case, "confirm_host", host="leader_principal")
    for person in (*INSIDERS, *OUTSIDERS):
        assert told(zone, person, case) == ("leader_principal", "schedule"), person
    zone.do("office", case, "schedule", **notice("2026-03-20T10:00"))
    assert told(zone, "enterprise01", case) == ("leader_principal", "hold")
