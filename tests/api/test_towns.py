"""Where there is no park the town signs, talks, hears and agrees, and is called by its name."""

from __future__ import annotations

import json

import pytest

from engine import clock
from tests.api import roads
from tests.api.harness import Zone, ok, refused
from tests.api.test_extension_scenarios import asked, department, word
from tests.api.test_interview_scenarios import (
    minutes,
    named,
    notice,
    open_steps,
    until,
)

OUTSIDE = "enterprise11"
"""An enterprise in the town and in no park."""

TITLES = {"zh-CN": "镇街签署", "en": "Town signs"}
STRANGERS = ("park_east", "park_west", "park_east_deputy")


def requested(zone: Zone) -> str:
    case = roads.served(zone, "larger", enterprise=OUTSIDE)
    evidence = {"evidence": [zone.photo(OUTSIDE)]}
    ok(zone.act(OUTSIDE, case, "extension.request", **(asked(zone) | evidence)))
    return case


def overdue(zone: Zone, level: str = "larger", due: str = "2026-03-17") -> str:
    case = roads.graded(zone, level, enterprise=OUTSIDE)
    reason = {"reason": "需调运"} if level == "general" else {}
    roads.serve(zone, case, level, due_date=due, **reason)
    until(zone, f"{due[:8]}{int(due[8:]) + 1:02}T00:01")
    return case


def ready(zone: Zone) -> str:
    case = overdue(zone)
    until(zone, "2026-03-18T09:00")
    named(zone, case)
    zone.do("office", case, "schedule", **notice("2026-03-20T10:00"))
    until(zone, "2026-03-20T11:00")
    return case


def titles(zone: Zone, person: str, case: str, language: str) -> dict[str, set[str]]:
    """Return by element what the case, the list of tasks and the task itself call a step."""
    client = zone.client(person)
    client.language = language
    steps = ok(client.get(f"/cases/{case}"))["next"]
    items = [one for one in ok(client.get("/tasks"))["items"] if one["case"] == case]
    single = [ok(client.get(f"/tasks/{one['id']}")) for one in items]
    found: dict[str, set[str]] = {}
    for one in [*steps, *items, *single]:
        found.setdefault(one["element"], set()).add(one["title"])
    return found


@pytest.mark.parametrize("language", TITLES)
def test_the_town_is_named_in_the_titles_of_its_tasks(small_zone: Zone, language: str) -> None:
    case = requested(small_zone)
    found = titles(small_zone, "town1", case, language)
    assert found["sign_park"] == {TITLES[language]}


def test_the_town_signs_and_no_park_does(small_zone: Zone) -> None:
    zone, case = small_zone, requested(small_zone)
    for person in STRANGERS:
        assert zone.client(person).get(f"/cases/{case}").status_code == 404
        assert zone.try_(person, case, "sign_park", **word("agree")).status_code == 404
    refused(zone.try_("town1_officer", case, "sign_park", **word("agree")), 403)
    zone.do("town1", case, "sign_park", **word("agree"))
    department(zone, case)
    assert zone.deadline(case, "rectification", "live").isoformat() == "2026-03-27"


def test_the_deputy_of_the_town_signs_only_after_the_head_was_silent(small_zone: Zone) -> None:
    zone, case = small_zone, requested(small_zone)
    refused(zone.try_("town1_deputy", case, "sign_park", **word("agree")), 403)
    until(zone, "2026-03-05T00:01")
    zone.do("town1_deputy", case, "sign_park", **word("agree"))


def test_a_general_hazard_is_talked_about_by_the_town(small_zone: Zone) -> None:
    zone, case = small_zone, overdue(small_zone, "general", "2026-03-03")
    talked_at = clock.beijing(clock.now()).isoformat()
    data = {"talked_at": talked_at, "spoken_to": "厂长", "record": "当日完成"}
    refused(zone.try_("park_east_officer", case, "talk", **data), 404)
    zone.do("town1_officer", case, "talk", **data)
    assert "talk" not in open_steps(zone, case)


def test_the_head_of_the_town_holds_the_interview(small_zone: Zone) -> None:
    zone, case = small_zone, ready(small_zone)
    data = minutes("2026-03-20T10:00", "2026-03-27")
    for person in ("town1_deputy", "town1_officer", "leader_incharge"):
        refused(zone.try_(person, case, "hold", **data), 403)
    for person in STRANGERS:
        refused(zone.try_(person, case, "hold", **data), 404)
    zone.do("town1", case, "hold", **data)
    assert zone.case(case)["state"] == "interviewed"


def test_papers_name_the_town(small_zone: Zone) -> None:
    zone, case = small_zone, ready(small_zone)
    zone.do("town1", case, "hold", **minutes("2026-03-20T10:00", "2026-03-27"))
    papers = ok(zone.client("town1").get(f"/cases/{case}/papers"))["items"]
    said = json.dumps(papers, ensure_ascii=False)
    assert "镇街主要负责人" in said
    assert "园区" not in said


def test_a_silent_town_is_the_first_subject_and_owes_a_date(small_zone: Zone) -> None:
    zone, case = small_zone, requested(small_zone)
    department(zone, case)
    until(zone, "2026-03-18T09:00")
    assert zone.case(case)["state"] == "overdue_pending"
    named(zone, case, "leader_incharge")
    zone.do("office", case, "schedule", **notice("2026-03-20T10:00"))
    until(zone, "2026-03-20T11:00")
    zone.do(
        "leader_incharge",
        case,
        "hold",
        **minutes("2026-03-20T10:00", None, decision_park_command="2026-03-23"),
    )
    zone.do("town1", case, "sign_park", **word("agree"))
    assert zone.deadline(case, "rectification", "live").isoformat() == "2026-03-27"
