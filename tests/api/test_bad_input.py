"""What is refused: by field, in the client's language, with nothing half-done."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from tests.api import roads
from tests.api.harness import Zone, ok, refused
from tests.domain.pictures import jpeg


def huge() -> bytes:
    """A picture of 64 megapixels in a few kilobytes."""
    written = io.BytesIO()
    Image.new("1", (8000, 8000)).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def waiting(small_zone: Zone) -> tuple[Zone, str, str]:
    """A case whose paper is to be served, and the task."""
    case = roads.graded(small_zone, "larger")
    return small_zone, case, small_zone.task(case, "serve_order")


def complete(zone: Zone, task: str, data: Any, **headers: str) -> TestResponse:
    given = {"If_Match": "*"} | headers
    named = {name.replace("_", "-"): value for name, value in given.items()}
    return zone.client("inspector1").post(f"/tasks/{task}/complete", {"data": data}, named)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("due_date", "2026-02-30"),
        ("due_date", "2026-02-01"),
        ("due_date", "2027-03-02"),
        ("due_date", 20260310),
        ("due_date", ["2026-03-10"]),
        ("served_at", "2026-03-02T09:00:00"),
        ("served_at", "2027-01-01T00:00:00+08:00"),
        ("served_at", "gestern"),
        ("service_method", "pigeon"),
        ("service_method", None),
        ("requirements", "长" * 5_000),
        ("requirements", {"a": 1}),
        ("requirements", ""),
        ("decision", "agree"),
        ("_seen", 1),
        ("case", {"level": "general"}),
        ("__class__", "x"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_happens(
    waiting: tuple[Zone, str, str], field: str, value: Any
) -> None:
    zone, case, task = waiting
    before = zone.case(case)
    refused(complete(zone, task, roads.paper(zone, "larger", **{field: value})), 422, field)
    assert zone.case(case) == before


def test_missing_fields_are_all_named_at_once(waiting: tuple[Zone, str, str]) -> None:
    zone, _, task = waiting
    found = refused(complete(zone, task, {}), 422, "due_date")
    assert {"document_kind", "requirements", "served_at"} <= found["errors"].keys()


def test_sentences_follow_the_language(waiting: tuple[Zone, str, str]) -> None:
    zone, _, task = waiting
    english = refused(complete(zone, task, {}, Accept_Language="en"), 422)
    chinese = refused(complete(zone, task, {}, Accept_Language="zh-CN"), 422)
    other = refused(complete(zone, task, {}, Accept_Language="fr"), 422)
    assert str(english["errors"]).isascii()
    assert not chinese["detail"].isascii()
    assert chinese["errors"] == other["errors"]


def test_a_task_is_completed_once(waiting: tuple[Zone, str, str]) -> None:
    zone, case, task = waiting
    etag = zone.client("inspector1").get(f"/tasks/{task}").headers["ETag"]
    data = roads.paper(zone, "larger")
    ok(complete(zone, task, data, If_Match=etag))
    refused(complete(zone, task, data), 409)
    refused(complete(zone, task, data, If_Match=etag), 409)
    assert zone.acts_done(case).count("order.serve") == 1


def test_a_changed_task_is_refused_with_412(waiting: tuple[Zone, str, str]) -> None:
    zone, _, task = waiting
    etag = zone.client("inspector1").get(f"/tasks/{task}").headers["ETag"]
    ok(zone.client("inspector1").post(f"/tasks/{task}/claim"))
    data = roads.paper(zone, "larger")
    refused(complete(zone, task, data, If_Match=etag), 412)
    refused(complete(zone, task, data, If_Match='"nonsense"'), 412)
    ok(complete(zone, task, data, If_Match="*"))


def test_another_persons_task_is_refused(waiting: tuple[Zone, str, str]) -> None:
    zone, _, task = waiting
    ok(zone.client("inspector2").post(f"/tasks/{task}/claim"))
    refused(complete(zone, task, roads.paper(zone, "larger")), 403)
    refused(zone.client("inspector1").post(f"/tasks/{task}/release"), 403)
    seer = zone.client("auditor")
    body, any_version = {"data": roads.paper(zone, "larger")}, {"If-Match": "*"}
    refused(seer.post(f"/tasks/{task}/complete", body, any_version), 403)


def test_a_task_is_not_completed_unseen(waiting: tuple[Zone, str, str]) -> None:
    zone, _, task = waiting
    body = {"data": roads.paper(zone, "larger")}
    told = refused(zone.client("inspector1").post(f"/tasks/{task}/complete", body), 428)
    assert "If-Match" in told["detail"]


def test_a_task_is_handed_on_to_somebody_who_may_do_it(waiting: tuple[Zone, str, str]) -> None:
    zone, _, task = waiting
    client = zone.client("inspector1")
    to = {"to": "park_west", "reason": "出差"}
    refused(client.post(f"/tasks/{task}/delegate", to), 422, "to")
    refused(client.post(f"/tasks/{task}/delegate", {"to": "inspector2"}), 422, "reason")
    refused(client.post(f"/tasks/{task}/delegate", {"to": "inspector2", "reason": " "}), 422)
    done = ok(client.post(f"/tasks/{task}/delegate", {"to": "inspector2", "reason": "出差"}))
    assert done["assignee"] == "inspector2"
    refused(complete(zone, task, roads.paper(zone, "larger")), 403)


def test_a_signature_is_over_what_is_shown_now(waiting: tuple[Zone, str, str]) -> None:
    zone, case, task = waiting
    client = zone.client("inspector1")
    seen = ok(client.get(f"/tasks/{task}"))["snapshot"]
    body = {"data": roads.paper(zone, "larger"), "comment": "现场送达"}
    refused(client.post(f"/tasks/{task}/complete", body | {"signature": "0" * 64}), 412)
    ok(client.post(f"/tasks/{task}/complete", body | {"signature": seen}))
    rows = ok(client.get(f"/cases/{case}/history"))["items"]
    kept = next(row["data"] for row in rows if row["act"] == "order.serve")
    assert (kept["snapshot"], kept["comment"]) == (seen, "现场送达")


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"a": NaN}', "application/json", 400),
        (b'{"data": {"level": 1e999}}', "application/json", 400),
        (b'{"a": 1, "a": 2}', "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        (b'{"data": {"reason": "\\u0000"}}', "application/json", 400),
        (b'{"data": {"reason": "\\ud800"}}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b'"text"', "application/json", 422),
        (b"data=1", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
        (b'{"data": {}, "more": 1}', "application/json", 422),
        (b'{"data": []}', "application/json", 422),
        (b'{"data": {"reason": "' + b"a" * 3_000_000 + b'"}}', "application/json", 413),
    ],
)
def test_a_body_that_is_none_is_refused(
    waiting: tuple[Zone, str, str], content: bytes, kind: str, status: int
) -> None:
    zone, case, task = waiting
    client = zone.client("inspector1")
    path = f"/tasks/{task}/complete"
    refused(client.send("POST", path, data=content, content_type=kind), status)
    assert zone.task(case, "serve_order") == task


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 100000}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "2"}, "cursor"),
        ({"cursor": "p-1"}, "cursor"),
        ({"sort": "document"}, "sort"),
        ({"level": "huge"}, "level"),
        ({"nothing": "x"}, "nothing"),
    ],
)
def test_a_wrong_query_is_refused(small_zone: Zone, query: dict[str, Any], field: str) -> None:
    refused(small_zone.client("auditor").get("/cases", **query), 422, field)


def test_addresses_and_methods_that_are_none(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    refused(client.get("/nothing"), 404)
    refused(client.get("/cases/none"), 404)
    refused(client.get("/cases/%00"), 404)
    refused(client.get("/tasks/%F0%9F%98%80"), 404)
    refused(client.get("/evidence/none"), 404)
    response = client.send("DELETE", "/cases")
    refused(response, 405)
    assert {"GET", "POST"} <= set(response.headers["Allow"].replace(" ", "").split(","))


def test_acts_that_are_none_or_not_lawful_now(waiting: tuple[Zone, str, str]) -> None:
    zone, case, _ = waiting
    refused(zone.act("bureau_head", case, "case.delete"), 404)
    refused(zone.act("bureau_head", case, "level.lower", level="general"), 409)
    refused(zone.act("inspector1", case, "comment"), 422, "text")
    refused(zone.act("inspector1", case, "comment", text="x", more=1), 422, "more")


def test_processes_that_nobody_begins(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    refused(client.post("/cases", {"process": "listed_supervision", "data": {}}), 404)
    refused(client.post("/cases", {"process": "../etc", "data": {}}), 404)
    refused(client.post("/cases", {"data": {}}), 422, "process")
    found = refused(client.post("/cases", {"process": "hazard_rectification", "data": {}}), 422)
    assert {"enterprise", "description"} <= found["errors"].keys()


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"%PDF-1.7\n%%EOF", "现场.jpg", 422),
        (b"<svg onload='x'/>", "a.svg", 422),
        (b"", "leer.jpg", 422),
        (huge(), "groß.png", 422),
    ],
)
def test_a_file_that_is_no_evidence(
    small_zone: Zone, content: bytes, name: str, status: int
) -> None:
    sent = {"file": (io.BytesIO(content), name)}
    refused(small_zone.client("inspector1").send("POST", "/evidence", data=sent), status)


def test_a_path_in_a_file_name_leaves_only_the_name(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    sent = {"file": (io.BytesIO(jpeg()), "../../etc/passwd.jpg")}
    kept = ok(client.send("POST", "/evidence", data=sent), 201)
    assert kept["name"] == "passwd.jpg"
    assert client.get(f"/evidence/{kept['id']}/original").data == jpeg()
    refused(small_zone.client("park_west").get(f"/evidence/{kept['id']}"), 404)
    refused(client.send("POST", "/evidence", data={"other": "x"}), 415)


@pytest.mark.parametrize(
    ("beside", "field", "said"),
    [
        ({"other": True}, "other", ("Unknown field.", "未知的字段")),
        ({"note": False}, "note", ("Expected only a file", "只能上传文件")),
        ({"file": True}, "file", ("Expected one file", "一次只能上传一个文件")),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_sent_beside_a_file_is_refused_by_name(
    small_zone: Zone, language: str, beside: dict[str, bool], field: str, said: tuple[str, str]
) -> None:
    client = replace(small_zone.client("inspector1"), language=language)
    sent: dict[str, Any] = {"file": [(io.BytesIO(jpeg()), "a.jpg")]}
    for name, is_file in beside.items():
        sent.setdefault(name, []).append((io.BytesIO(jpeg()), "b.jpg") if is_file else "x")
    answer = client.send("POST", "/evidence", data=sent)
    assert answer.status_code == 422
    assert said[language == "zh"] in answer.get_json()["errors"][field][0]


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<a",
        "<!DOCTYPE a><a/>",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "<a>" * 50_000,
    ],
)
def test_a_diagram_that_is_none(small_zone: Zone, xml: str) -> None:
    client = small_zone.client("designer")
    found = ok(client.post("/definitions/check", {"process": "trial", "xml": xml}))
    assert not found["deployable"]
    assert found["findings"][0]["code"] == "file.diagram_unreadable"


def test_the_gate_says_what_is_wrong_with_a_changed_diagram(small_zone: Zone) -> None:
    client = small_zone.client("designer")
    files = ok(client.get("/definitions/hazard_rectification/1"))["files"]
    whole = ok(client.post("/definitions/check", {"files": files}))
    assert (whole["deployable"], whole["process"]) == (True, "hazard_rectification")
    xml = files["hazard_rectification.bpmn"].replace("deadline.expire", "deadline.unknown")
    found = ok(client.post("/definitions/check", {"xml": xml}))
    assert not found["deployable"]
    assert any(one["element"] and one["line"] for one in found["findings"])
