"""The calendar of interviews and the flags of lists, on both databases."""

from __future__ import annotations

from tests.api import roads
from tests.api.harness import Zone, ok, refused
from tests.api.test_extension_scenarios import granted, park, requested, until


def calendar(zone: Zone, **query: str) -> list[tuple[str, str, str | None]]:
    items = ok(zone.client("office").get("/interviews", **query))["items"]
    return [(one["case"], one["step"], one["host"]) for one in items]


def flagged(zone: Zone, **query: str) -> list[str]:
    return [one["id"] for one in ok(zone.client("office").get("/cases", **query))["items"]]


def test_the_calendar_says_what_each_interview_lacks(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    until(zone, hours=1)
    assert calendar(zone) == [(case, "propose", "park_command")]
    zone.do("office", case, "propose_host", host="park_command", reason="首次逾期")
    assert calendar(zone, step="confirm") == [(case, "confirm", "park_command")]
    assert calendar(zone, host="leader_principal") == []
    assert calendar(zone, late="true") == []
    zone.advance("P4D")
    assert calendar(zone, late="true", body="park_east") == [(case, "schedule", "park_command")]
    (one,) = ok(zone.client("office").get("/interviews"))["items"]
    assert (one["due_date"], one["late"], one["meet_at"]) == ("2026-03-20", True, None)


def test_the_calendar_goes_page_by_page(zone: Zone) -> None:
    cases = [roads.served(zone, "larger") for _ in range(3)]
    until(zone, hours=1)
    first = ok(zone.client("office").get("/interviews", limit=2))
    rest = ok(zone.client("office").get("/interviews", limit=2, cursor=first["next"]))
    assert (first["total"], rest["next"]) == (3, None)
    assert [one["case"] for one in first["items"] + rest["items"]] == cases
    refused(zone.client("office").get("/interviews", host="anybody"), 422)


def test_lists_are_narrowed_by_flags(zone: Zone) -> None:
    filed, unfiled, pending = granted(zone), granted(zone), requested(zone)
    zone.do("bureau_clerk", filed, "file", decision="file")
    park(zone, pending)
    assert flagged(zone, unfiled="true") == [unfiled]
    assert flagged(zone, extension_pending="true") == [pending]
    assert set(flagged(zone, unfiled="false")) == {filed, pending}
    assert flagged(zone, interview_late="true") == []
    until(zone, days=4)
    assert flagged(zone, interview_late="true") == [pending]
    assert {"unfiled", "listed"} <= set(zone.case(unfiled)["flags"])
    assert {"overdue_pending", "interview_late"} <= set(zone.case(pending)["flags"])
