"""What tired programs send: it is refused by name, and never meets a fault of ours."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import roads
from tests.api.harness import Zone, ok, refused


@pytest.mark.parametrize(
    "at", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "3000-01-01T00:00:00Z"]
)
def test_an_instant_that_has_no_date_elsewhere_is_refused(small_zone: Zone, at: str) -> None:
    case = small_zone.begin()
    client = small_zone.client("inspector1")
    refused(client.get(f"/cases/{case}/history", at=at), 422, "at")
    refused(client.post("/clock", {"now": at}), 422, "now")


@pytest.mark.parametrize("given", ['"{}', '{}"', 'W/"{}"', '"{}", "9"', '""{}""', "'{}'", "{}.0"])
def test_a_version_that_is_not_as_it_was_told_is_refused(small_zone: Zone, given: str) -> None:
    task = small_zone.task(roads.graded(small_zone, "larger"), "serve_order")
    client = small_zone.client("inspector1")
    version = client.get(f"/tasks/{task}").headers["ETag"].strip('"')
    body = {"data": roads.paper(small_zone, "larger")}
    header = {"If-Match": given.format(version)}
    refused(client.post(f"/tasks/{task}/complete", body, header), 412)
    ok(client.post(f"/tasks/{task}/complete", body, {"If-Match": f'"{version}"'}))


@pytest.mark.parametrize(
    ("query", "field", "english", "chinese"),
    [
        (b"text=%00&limit=2", "text", "without NUL", "NUL"),
        (b"limit=2&text=%ff%fe", "text", "in UTF-8", "UTF-8"),
        (b"%00x=1", "\ufffdx", "without NUL", "NUL"),
    ],
)
def test_what_no_text_of_an_address_holds_is_named(
    small_zone: Zone, query: bytes, field: str, english: str, chinese: str
) -> None:
    client = small_zone.client("inspector1")
    for language, said in (("en", english), ("zh", chinese)):
        client.language = language
        sent: dict[str, Any] = {"query_string": query.decode("ascii")}
        told = refused(client.send("GET", "/cases", **sent), 400, field)
        assert said in told["errors"][field][0]


def test_complaints_about_a_whole_body_are_told_in_chinese_too(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    client.language = "zh"
    told = refused(client.post("/clock", {}), 422)
    assert told["errors"][""] == ["advance 与 now 应填且只填一个"]


def test_a_body_without_a_type_is_told_so(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    assert "but it is missing" in refused(client.send("POST", "/cases", data=b"{}"), 415)["detail"]
    client.language = "zh"
    assert "没有写明" in refused(client.send("POST", "/cases", data=b"{}"), 415)["detail"]


def test_answers_are_told_in_characters(small_zone: Zone) -> None:
    answer = small_zone.client("inspector1").get("/me")
    assert "应急" in answer.get_data(as_text=True)
