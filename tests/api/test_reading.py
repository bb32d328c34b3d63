"""What a client reads: who it is, cases, tasks, history, processes."""

from __future__ import annotations

import pytest

from tests.api.harness import Zone, ok, refused


def test_who_one_is(zone: Zone) -> None:
    me = ok(zone.client("park_east").get("/me"))
    assert me["id"] == "park_east"
    assert {"body": "park_east", "role": "head"} in me["roles"]
    assert me["scopes"] == ["read", "write"]


def test_a_case_says_everything_that_is_promised(zone: Zone) -> None:
    case_id = zone.begin()
    zone.do("inspector1", case_id, "confirm_level", level="larger", criterion=None, reason=None)
    case = zone.case(case_id)
    promised = {"id", "number", "process", "version", "status", "state", "level", "enterprise"}
    assert promised | {"park", "department", "deadlines", "next", "flags", "acts"} <= case.keys()
    assert (case["state"], case["level"], case["status"]) == ("ordered", "larger", "open")
    assert (case["park"], case["department"]) == ("park_east", "industry_economy")
    serve = case["deadlines"][0]
    assert (serve["kind"], serve["due_date"], serve["article"]) == ("serve", "2026-03-04", "(十五)")
    assert serve["due_at"] == "2026-03-05T00:00:00+08:00"
    assert len(serve["explained"]) >= 2
    assert [step["element"] for step in case["next"]] == ["serve_order"]
    assert {"body": "bureau", "role": "officer"}.items() <= case["next"][0].items()


def test_explanations_follow_the_language(small_zone: Zone) -> None:
    case_id = small_zone.begin()
    small_zone.do("inspector1", case_id, "confirm_level", level="larger", reason=None)
    client = small_zone.client("bureau_head")
    english = ok(client.get(f"/cases/{case_id}"))["deadlines"][0]["explained"][0]
    client.language = "zh-CN"
    chinese = ok(client.get(f"/cases/{case_id}"))["deadlines"][0]["explained"][0]
    assert english.isascii()
    assert not chinese.isascii()


def test_lists_are_paged_filtered_and_counted(zone: Zone) -> None:
    begun = [zone.begin(description=f"隐患之{number}") for number in range(5)]
    client = zone.client("bureau_head")
    first = ok(client.get("/cases", limit=2, sort="number"))
    assert (first["total"], len(first["items"])) == (5, 2)
    second = ok(client.get("/cases", limit=2, sort="number", cursor=first["next"]))
    third = ok(client.get("/cases", limit=2, sort="number", cursor=second["next"]))
    assert third["next"] is None
    read = [case["id"] for page in (first, second, third) for case in page["items"]]
    assert read == begun
    assert ok(client.get("/cases", text="隐患之3"))["total"] == 1
    assert ok(client.get("/cases", park="park_west"))["total"] == 0
    assert ok(client.get("/cases", state="registered", enterprise="enterprise01"))["total"] == 5


def test_tasks_are_listed_for_those_who_may_do_them(zone: Zone) -> None:
    case_id = zone.begin()
    mine = ok(zone.client("inspector2").get("/tasks", case=case_id))
    assert [task["element"] for task in mine["items"]] == ["confirm_level"]
    assert ok(zone.client("park_west").get("/tasks"))["total"] == 0
    task = mine["items"][0]["id"]
    assert ok(zone.client("inspector2").get("/tasks", scope="mine"))["total"] == 0
    ok(zone.client("inspector2").post(f"/tasks/{task}/claim"))
    assert ok(zone.client("inspector2").get("/tasks", scope="mine"))["total"] == 1
    assert ok(zone.client("inspector1").get("/tasks", scope="claimable"))["total"] == 0


def test_a_task_tells_form_values_candidates_and_version(zone: Zone) -> None:
    task = zone.task(zone.begin(), "confirm_level")
    response = zone.client("inspector1").get(f"/tasks/{task}")
    found = ok(response)
    assert response.headers["ETag"] == found["etag"]
    assert found["data"]["level"] == "general"
    assert found["form"]["fields"][0]["key"] == "level"
    assert len(found["snapshot"]) == 64
    assert found["may_complete"]


def test_history_is_chained_and_can_be_told_as_known_then(zone: Zone) -> None:
    case_id = zone.begin()
    zone.advance("PT5H")
    zone.do("inspector1", case_id, "confirm_level", level="general", reason=None)
    client = zone.client("bureau_head")
    rows = ok(client.get(f"/cases/{case_id}/history"))["items"]
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["prev"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]
    assert {"hazard.register", "level.confirm"} <= {row["act"] for row in rows}
    before = ok(client.get(f"/cases/{case_id}/history", at="2026-03-02T10:00:00+08:00"))
    assert "level.confirm" not in {row["act"] for row in before["items"]}
    refused(client.get(f"/cases/{case_id}/history", at="2026-03-02T10:00:00"), 422, "at")


def test_processes_are_told_with_their_files(small_zone: Zone) -> None:
    client = small_zone.client("designer")
    listed = {one["process"]: one for one in ok(client.get("/definitions"))["items"]}
    assert {"hazard_rectification", "listed_supervision", "overdue_interview"} <= listed.keys()
    version = ok(client.get("/definitions/hazard_rectification/1"))
    assert "hazard_rectification.bpmn" in version["files"]
    assert version["digest"] == listed["hazard_rectification"]["digest"]
    refused(client.get("/definitions/hazard_rectification/9"), 404)


def test_what_one_may_not_see_is_not_there(zone: Zone) -> None:
    case_id = zone.begin()
    task = zone.task(case_id, "confirm_level")
    stranger = zone.client("park_west")
    refused(stranger.get(f"/cases/{case_id}"), 404)
    refused(stranger.get(f"/cases/{case_id}/history"), 404)
    refused(stranger.get(f"/tasks/{task}"), 404)
    refused(stranger.post(f"/tasks/{task}/claim"), 404)
    refused(stranger.post(f"/tasks/{task}/complete", {"data": {"level": "general"}}), 404)
    refused(stranger.post(f"/cases/{case_id}/acts/comment", {"data": {"text": "x"}}), 404)
    assert ok(stranger.get("/cases"))["total"] == 0


def test_an_enterprise_reads_no_words_among_authorities(zone: Zone) -> None:
    case_id = zone.begin()
    ok(zone.act("inspector2", case_id, "comment", text="此企业曾有同类问题"))
    zone.do("inspector1", case_id, "confirm_level", level="general", reason="内部意见")
    rows = ok(zone.client("enterprise01").get(f"/cases/{case_id}/history"))["items"]
    told = str(rows)
    assert "comment" not in {row["act"] for row in rows}
    assert "内部意见" not in told
    assert "level.confirm" in {row["act"] for row in rows}


def test_a_reported_hazard_does_not_say_that_it_was_reported(zone: Zone) -> None:
    case_id = zone.begin(source="report_transferred")
    for account in ("inspector1", "bureau_head", "enterprise01", "auditor"):
        case = ok(zone.client(account).get(f"/cases/{case_id}"))
        history = ok(zone.client(account).get(f"/cases/{case_id}/history"))
        assert "report" not in case["source"]
        assert "report_transferred" not in str(history)


def test_a_list_that_changes_is_paged_without_gaps_or_repeats(zone: Zone) -> None:
    begun = [zone.begin(description=f"隐患之{number}") for number in range(6)]
    client = zone.client("bureau_head")
    asked = {"limit": 2, "sort": "number", "state": "registered"}
    first = ok(client.get("/cases", **asked))
    zone.do("inspector1", begun[0], "confirm_level", level="larger", criterion=None, reason=None)
    read = [case["id"] for case in first["items"]]
    following = first["next"]
    while following:
        page = ok(client.get("/cases", **asked, cursor=following))
        read += [case["id"] for case in page["items"]]
        following = page["next"]
    assert read == begun


@pytest.mark.parametrize("cursor", ["p99", "m", "m!!", "mW10", "m" + "A" * 300, "mbnVsbA"])
def test_a_cursor_of_nobodys_making_is_refused(small_zone: Zone, cursor: str) -> None:
    client = small_zone.client("bureau_head")
    refused(client.get("/cases", cursor=cursor), 422, "cursor")


def test_a_cursor_belongs_to_its_list(zone: Zone) -> None:
    for number in range(3):
        zone.begin(description=f"隐患之{number}")
    client = zone.client("bureau_head")
    first = ok(client.get("/cases", limit=2, sort="number"))
    refused(client.get("/cases", limit=2, sort="-number", cursor=first["next"]), 422, "cursor")
    other = client.get("/cases", limit=2, sort="number", level="major", cursor=first["next"])
    refused(other, 422, "cursor")
    assert ok(client.get("/cases", limit=1, sort="number", cursor=first["next"]))["items"]
