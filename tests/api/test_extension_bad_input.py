"""Bad input around an extension, and the ruled dates of one, told to the interface."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.api import roads
from tests.api.harness import Zone, ok, refused
from tests.api.test_extension_scenarios import (
    DUE,
    asked,
    date_stands,
    department,
    elements,
    park,
    requested,
    try_request,
    word,
)
from tests.api.test_interview_scenarios import until

BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"new_date": "2026-04-02"}, "new_date"),
    ({"new_date": "2026-03-16"}, "new_date"),
    ({"new_date": "2026-03-17"}, "new_date"),
    ({"evidence": []}, "evidence"),
    ({"interim_measures": " "}, "interim_measures"),
    ({"milestones": []}, "milestones"),
    ({"ground": "lack_of_money"}, "ground"),
)


def test_what_is_wanting_in_a_request_is_named(small_zone: Zone) -> None:
    case = roads.served(small_zone, "larger")
    for changes, field in BAD:
        refused(try_request(small_zone, case, **asked(small_zone, **changes)), 422, field)
    ok(try_request(small_zone, case, **asked(small_zone, "2026-04-01")))
    refused(try_request(small_zone, case), 409)


def test_after_a_refusal_nobody_signs_and_nobody_files(small_zone: Zone) -> None:
    zone, case = small_zone, requested(small_zone)
    other = zone.task(case, "sign_department")
    park(zone, case, "refuse")
    late = zone.client("industry_economy").post(
        f"/tasks/{other}/complete", {"data": word("agree")}, {"If-Match": "*"}
    )
    assert late.status_code in (404, 409)
    assert "file" not in elements(zone, case)
    assert date_stands(zone, case)


def test_reported_done_while_everything_is_pending(small_zone: Zone) -> None:
    zone, case = small_zone, requested(small_zone)
    roads.reported(zone, case)
    assert {"sign_park", "sign_department", "recheck"} <= elements(zone, case)
    park(zone, case)
    department(zone, case)
    assert zone.deadline(case, "rectification", "held") == date(2026, 3, 27)


def test_voided_during_the_sign_off_nothing_is_left_to_do(small_zone: Zone) -> None:
    zone, case = small_zone, requested(small_zone)
    ok(zone.act("bureau_deputy", case, "case.void_propose", reason="不属隐患"))
    zone.do("bureau_head", case, "decide_void", decision="agree", reason="不属隐患")
    assert elements(zone, case) == set()
    assert zone.case(case)["state"] == "voided"


def test_a_closed_case_refuses_a_request_in_the_language_asked_for(small_zone: Zone) -> None:
    zone, case = small_zone, roads.served(small_zone, "larger")
    photos = [zone.photo("bureau_head")]
    ok(zone.act("bureau_head", case, "case.shut_down", reason="关停", photos=photos))
    client, body = zone.client("enterprise01"), {"data": asked(zone)}
    for language, said in (("zh-CN", "案件已办结"), ("en", "Expected an open case")):
        sent = {"Accept-Language": language}
        answer = client.post(f"/cases/{case}/acts/extension.request", body, sent)
        assert answer.status_code == 409
        assert said in answer.get_json()["detail"]


def test_fifteen_days_approved_on_day_seventeen_count_from_the_original_date(
    small_zone: Zone,
) -> None:
    zone, case = small_zone, roads.served(small_zone, "larger")
    assert zone.deadline(case, "rectification", "live") == DUE
    ok(try_request(zone, case, **asked(zone, "2026-04-01")))
    park(zone, case)
    until(zone, "2026-03-19T09:00")
    assert zone.case(case)["state"] == "overdue_pending"
    department(zone, case)
    assert zone.case(case)["state"] == "rectifying"
    assert zone.deadline(case, "rectification", "live") == date(2026, 4, 1)


def test_before_the_national_day_rest_an_earlier_date_is_proposed(small_zone: Zone) -> None:
    zone = small_zone
    until(zone, "2026-09-18T09:00")
    case = roads.graded(zone, "larger")
    task = zone.task(case, "serve_order")
    proposed = ok(zone.client("inspector1").get(f"/tasks/{task}"))["data"]["due_date"]
    assert date.fromisoformat(proposed) < date(2026, 10, 1)
