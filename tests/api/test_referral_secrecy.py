"""What an enterprise can find out about a referral through the interface: nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import roads
from tests.api.harness import Zone, ok, refused
from tests.api.test_enforcement_scenarios import check_list, decide, overdue

ENTERPRISE = "enterprise01"


def files(found: dict[str, Any]) -> set[str]:
    return {one for name, value in found.items() if name.endswith("_evidence") for one in value}


def told(zone: Zone, case: str, person: str) -> set[str]:
    return {one["id"] for one in zone.case(case, person)["evidence"]}


def test_the_evidence_of_a_referral_is_closed_even_when_the_list_was_given_back(
    zone: Zone,
) -> None:
    case = overdue(zone, "major")
    found_at_first = told(zone, case, ENTERPRISE)
    assert found_at_first
    decide(zone, case, "referral")
    former, latter = check_list(zone, "inspector1"), check_list(zone, "inspector1")
    zone.do("inspector1", case, "check_elements", **former)
    zone.do("inspector2", case, "check_second", decision="return", opinion="证据不足")
    zone.do("inspector1", case, "check_elements", **latter)
    secret = files(former) | files(latter)
    assert told(zone, case, ENTERPRISE) == found_at_first
    assert secret <= told(zone, case, "inspector2")
    for one in secret:
        refused(zone.client(ENTERPRISE).get(f"/evidence/{one}"), 404)
        refused(zone.client(ENTERPRISE).get(f"/evidence/{one}/original"), 404)
        ok(zone.client("inspector2").get(f"/evidence/{one}"))


def test_a_photo_that_an_officer_takes_up_again_stays_open(small_zone: Zone) -> None:
    case = overdue(small_zone, "major")
    decide(small_zone, case, "referral")
    (photo,) = told(small_zone, case, ENTERPRISE)
    found = check_list(small_zone, "inspector1") | {"refusal_evidence": [photo]}
    small_zone.do("inspector1", case, "check_elements", **found)
    assert told(small_zone, case, ENTERPRISE) == {photo}
    ok(small_zone.client(ENTERPRISE).get(f"/evidence/{photo}"))


def test_a_task_of_a_referral_is_none_for_the_enterprise(small_zone: Zone) -> None:
    case = overdue(small_zone, "major")
    decide(small_zone, case, "referral")
    task = small_zone.task(case, "check_elements")
    refused(small_zone.client(ENTERPRISE).get(f"/tasks/{task}"), 404)
    refused(small_zone.client(ENTERPRISE).post(f"/tasks/{task}/claim", {}), 404)
    ok(small_zone.client("inspector1").get(f"/tasks/{task}"))


@pytest.mark.parametrize("person", ["leader_incharge", "office", "auditor", "park_east"])
def test_who_is_not_of_the_team_is_told_no_more_than_that_there_is_a_referral(
    small_zone: Zone, person: str
) -> None:
    case = overdue(small_zone, "major")
    decide(small_zone, case, "referral")
    found = check_list(small_zone, "inspector1")
    task = small_zone.task(case, "check_elements")
    small_zone.do("inspector1", case, "check_elements", **found)
    for one in files(found):
        refused(small_zone.client(person).get(f"/evidence/{one}"), 404)
        refused(small_zone.client(person).get(f"/evidence/{one}/original"), 404)
    assert not files(found) & told(small_zone, case, person)
    refused(small_zone.client(person).get(f"/tasks/{task}"), 404)
    assert not [s for s in small_zone.case(case, person)["next"] if s["act"].startswith("refusal.")]
    rows = ok(small_zone.client(person).get(f"/cases/{case}/history"))["items"]
    assert not [row for row in rows if row["act"].startswith("refusal.") or row["task"] == task]
    drafts = {row["act"] for row in rows} & {"enforcement.decide"}
    assert bool(drafts) == (person != "park_east")


def test_an_enterprise_cannot_tell_a_referral_from_no_decision(small_zone: Zone) -> None:
    undecided, referred = roads.served(small_zone, "major"), roads.served(small_zone, "major")
    small_zone.advance("P15DT16H")
    decide(small_zone, referred, "referral")
    seen = []
    for case in (undecided, referred):
        rows = ok(small_zone.client(ENTERPRISE).get(f"/cases/{case}/history"))["items"]
        acts = {row["act"] for row in rows}
        steps = {one["act"] for one in small_zone.case(case, ENTERPRISE)["next"]}
        assert not {one for one in acts | steps if one.startswith(("refusal.", "enforcement.d"))}
        seen.append({one for one in acts if one.startswith("enforcement.")})
    assert seen[0] == seen[1] == {"enforcement.opened"}
