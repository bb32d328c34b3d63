"""Whatever goes wrong below `/api` is told as a problem document, in the language asked for."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.harness import Client, Zone, ok, refused
from webapp.api import tasks
from webapp.api.strict_json import LARGEST_BODY
from webapp.factory import LARGEST_UPLOAD

JSON = "application/json"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v2/me", "/api/v1/nowhere", "/api/v1/me/"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_address(small_zone: Zone, path: str, method: str) -> None:
    with small_zone.app.test_client() as client:
        told = refused(client.open(path, method=method), 404)
    assert told["instance"] == path


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/me", {"GET", "HEAD", "OPTIONS", "PATCH"}),
        ("DELETE", "/cases", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("TRACE", "/tasks", {"GET", "HEAD", "OPTIONS"}),
        ("POST", "/openapi.json", {"GET", "HEAD", "OPTIONS"}),
        ("PROPFIND", "/docs", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_another_method(small_zone: Zone, method: str, path: str, allowed: set[str]) -> None:
    response = small_zone.client("inspector1").send(method, path)
    refused(response, 405)
    assert set(response.headers["Allow"].split(", ")) == allowed


def too_large(client: Client, path: str, kind: str, length: int) -> TestResponse:
    """Send what says that it is longer than it is: nobody waits for the rest."""
    said = {"CONTENT_LENGTH": str(length)}
    return client.send("POST", path, data=b"{}", content_type=kind, environ_overrides=said)


def test_what_is_too_large(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    refused(too_large(client, "/cases", JSON, LARGEST_BODY + 1), 413)
    parts = "multipart/form-data; boundary=x"
    refused(too_large(client, "/evidence", parts, LARGEST_UPLOAD + 1), 413)


@pytest.mark.parametrize("path", ["/cases", "/evidence", "/tokens", "/definitions/check"])
def test_another_kind_of_content(small_zone: Zone, path: str) -> None:
    sent: dict[str, Any] = {"data": b"<a/>", "content_type": "application/xml"}
    refused(small_zone.client("inspector1").send("POST", path, **sent), 415)


def test_a_fault_of_ours_tells_a_reference_and_nothing_else(
    small_zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(tasks, "_filter", fail)
    told = refused(small_zone.client("inspector1").get("/tasks"), 500)
    assert len(told["reference"]) == 8
    assert told["reference"] in told["detail"]
    assert "secret" not in str(told)


def test_languages_are_asked_for(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    told = {}
    for language in ("zh", "en", "zh-CN,zh;q=0.9,en;q=0.8", "fr", ""):
        client.language = language
        response = client.get("/cases/none")
        told[language] = refused(response, 404)["detail"]
        assert "Accept-Language" in response.headers["Vary"]
    assert told.pop("en").startswith("Expected a hazard none")
    assert set(told.values()) == {"没有隐患 none"}


def test_heads_and_options_are_no_acts(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    head = client.send("HEAD", "/me")
    assert (head.status_code, head.data) == (200, b"")
    options = client.send("OPTIONS", "/cases")
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "Access-Control-Allow-Origin" not in options.headers
    assert ok(client.get("/cases"))["total"] == 0
