"""The description is whole: every call in both languages, with its refusals, once under a key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.harness import Client, Zone, ok
from webapp.api.access import TokenPolicy
from webapp.api.blueprint import SUMMARY_ZH
from webapp.api.described import REFUSALS, TITLE_ZH, Operation, operations
from webapp.policy import policy_of

HAN = re.compile(r"[\u4e00-\u9fff]")
KEEPS_NOTHING = frozenset(
    {
        "POST /api/v1/definitions/check",
        "POST /api/v1/administration/calendar/check",
        "POST /api/v1/administration/rules/check",
    }
)
"""Calls that only look at what they are sent."""

LISTS_WHOLE = frozenset(
    {
        "/api/v1/administration/commands",
        "/api/v1/administration/record",
        "/api/v1/administration",
    }
)
"""Lists that are short, or have a cursor of their own."""


@pytest.fixture
def spec(small_zone: Zone) -> dict[str, Any]:
    return ok(Client(small_zone.app, None).get("/openapi.json"))


def names(one: Operation, place: str) -> set[str]:
    takes = [*one.shared, *one.said.get("parameters", [])]
    return {each["name"] for each in takes if each["in"] == place}


def test_every_call_is_told_in_both_languages(spec: dict[str, Any]) -> None:
    for one in operations(spec):
        label = f"{one.method} {one.path}"
        assert one.said.get("summary"), label
        assert not HAN.search(one.said["summary"] + one.said.get("description", "")), label
        assert HAN.search(one.said.get(SUMMARY_ZH, "")), label
    for tag in spec["tags"]:
        assert HAN.search(tag[TITLE_ZH])
        assert not HAN.search(tag["description"])


def test_every_call_says_how_it_is_refused(spec: dict[str, Any]) -> None:
    for one in operations(spec):
        label, told = f"{one.method} {one.path}", set(one.said["responses"])
        assert "default" not in told, label
        assert {"400", "429", "500", "503"} <= told, label
        if one.said.get("security") != []:
            assert {"401", "403"} <= told, label
        if "requestBody" in one.said:
            assert {"413", "415", "422"} <= told, label
        assert any(status.startswith("2") for status in told), label
        assert {status for status in told if status >= "4"} <= {str(known) for known in REFUSALS}
    used = {status for one in operations(spec) for status in one.said["responses"]}
    assert {str(known) for known in REFUSALS} <= used


ENDING_ITSELF = "DELETE /api/v1/tokens/{token_id}"
"""Any token may; another one is ended by a token that writes, which the call asks itself."""


def test_every_call_that_changes_something_takes_a_key(small_zone: Zone, spec: Any) -> None:
    for one in operations(spec):
        label = f"{one.method} {one.path}"
        if one.method != "GET" and label not in KEEPS_NOTHING:
            assert "Idempotency-Key" in names(one, "header"), label
    writing = set(writing_calls(small_zone))
    described = {f"{one.method} {one.path}" for one in operations(spec) if one.method != "GET"}
    assert described - writing == KEEPS_NOTHING | {"POST /api/v1/tokens", ENDING_ITSELF}


def writing_calls(zone: Zone) -> Iterator[str]:
    for rule in zone.app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            policy = policy_of(zone.app, rule.endpoint, method)
            if isinstance(policy, TokenPolicy) and policy.scope == "write":
                path = re.sub(r"<(?:int:)?(.+?)>", r"{\1}", rule.rule)
                yield f"{method} {path}"


def test_every_list_has_items_total_and_next(spec: dict[str, Any]) -> None:
    schemas = spec["components"]["schemas"]
    for one in operations(spec):
        content = one.said["responses"].get("200", {}).get("content", {})
        name = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        fields = schemas.get(name.rpartition("/")[2], {}).get("properties", {})
        if "items" in fields and one.path not in LISTS_WHOLE:
            assert "next" in fields, one.path
            assert ("cursor" in names(one, "query")) == ("limit" in names(one, "query")), one.path


def test_every_call_is_made_by_a_test(spec: dict[str, Any]) -> None:
    """The made-up requests reach every call; beside them one test names each by its last word."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in Path(__file__).parent.glob("*.py")
        if path.name != Path(__file__).name
    ]
    for one in operations(spec):
        words = [word for word in one.path.split("/") if word and not word.startswith("{")]
        assert any(f"/{words[-1]}" in text for text in texts), one.path


def test_what_stands_in_the_address_is_described_beside_headers(spec: dict[str, Any]) -> None:
    for path in ("/definitions/{process}/{version}/migrate", "/administration/enterprises/import"):
        call = spec["paths"][f"/api/v1{path}"]["post"]
        assert {"dry_run", "Idempotency-Key"} <= {one["name"] for one in call["parameters"]}
