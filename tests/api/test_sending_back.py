"""Sending a task back, its draft, the form that begins a case, two versions."""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine import clock
from engine.deployment.bundle import Bundle
from engine.deployment.deploy import deploy
from engine.ports import SYSTEM
from engine.store import definitions
from tests.api import roads
from tests.api.harness import Zone, ok, refused

KEY = {"Idempotency-Key": "back-1"}


def test_what_is_decided_on_is_sent_back_with_reasons(zone: Zone) -> None:
    case = roads.graded(zone, "general")
    zone.do("inspector1", case, "serve_order", **roads.paper(zone, "general"))
    roads.reported(zone, case)
    roads.rechecked(zone, case, "general")
    client, task = zone.client("bureau_head"), zone.task(case, "strike_finder")
    etag = {"If-Match": client.get(f"/tasks/{task}").headers["ETag"]}
    body = {"data": {"opinion": "照片不清，请补拍"}}
    refused(client.post(f"/tasks/{task}/return", body), 428)
    first = ok(client.post(f"/tasks/{task}/return", body, etag | KEY))
    assert ok(client.post(f"/tasks/{task}/return", body, etag | KEY)) == first
    assert [step["element"] for step in zone.case(case)["next"]] == ["recheck"]
    again = zone.task(case, "recheck")
    inspector = zone.client("inspector2")
    refused(inspector.post(f"/tasks/{again}/return", {}, {"If-Match": "*"}), 409)


def test_a_draft_is_kept_for_whoever_typed_it(zone: Zone) -> None:
    case = roads.graded(zone, "larger")
    client, task = zone.client("inspector1"), zone.task(case, "serve_order")
    assert ok(client.get(f"/tasks/{task}/draft")) == {"data": {}}
    draft = {"data": {"requirements": "加装", "due_date": "不完整"}}
    for _ in range(2):
        assert ok(client.send("PUT", f"/tasks/{task}/draft", headers=KEY, json=draft)) == draft
    assert ok(client.get(f"/tasks/{task}/draft")) == draft
    assert ok(zone.client("inspector2").get(f"/tasks/{task}/draft")) == {"data": {}}
    refused(zone.client("park_west").get(f"/tasks/{task}/draft"), 404)
    refused(client.send("PUT", f"/tasks/{task}/draft", json={"text": "x"}), 422, "text")
    ok(client.post(f"/tasks/{task}/complete", {"data": roads.paper(zone, "larger")}, ANY))
    refused(client.send("PUT", f"/tasks/{task}/draft", json=draft), 409)


ANY = {"If-Match": "*"}


def test_the_form_that_begins_a_case_is_told(small_zone: Zone) -> None:
    told = ok(small_zone.client("inspector1").get("/forms/hazard_rectification"))
    fields = {field["key"]: field for field in told["form"]["fields"]}
    assert fields["description"]["required"]
    assert "enterprise01" in [choice["value"] for choice in fields["enterprise"]["options"]]
    refused(small_zone.client("inspector1").get("/forms/enforcement"), 404)


def test_two_versions_are_compared_by_file(small_zone: Zone) -> None:
    client = small_zone.client("designer")
    same = ok(client.get("/definitions/hazard_rectification/1/diff/1"))
    assert same["files"] == []
    refused(client.get("/definitions/hazard_rectification/1/diff/2"), 404)
    other = deployed_again(small_zone, "hazard_rectification")
    told = ok(client.get(f"/definitions/hazard_rectification/{other}/diff/1"))
    (changed,) = told["files"]
    assert (changed["path"], changed["change"]) == ("hazard_rectification.bpmn", "changed")
    assert [line for line in changed["lines"] if line.startswith("+<!")] == ["+<!-- 二版 -->"]


def deployed_again(zone: Zone, process: str) -> int:
    """Deploy a process with one more line in its diagram; return its version."""
    environment = zone.bihuan.gate_environment()

    def work(session: Session) -> int:
        files = definitions.files(session, process, 1, agency="default")
        changed = {f"{process}.bpmn": files[f"{process}.bpmn"] + "\n<!-- 二版 -->\n".encode()}
        bundle = Bundle(process, files | changed)
        deploy(session, [bundle], environment, actor=SYSTEM, now=clock.now())
        found = definitions.versions(session, process, agency="default")
        return max(one.version for one in found)

    return zone.bihuan.database.run(work)
