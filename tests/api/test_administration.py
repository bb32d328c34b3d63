"""Administering through the interface: forms, commands, the record; for administrators alone."""

from __future__ import annotations

from tests.api.harness import Zone, ok, refused
from workflows.administration.registry import COMMANDS

OFFICE = "/administration"


def test_an_administrator_does_what_the_pages_do(zone: Zone) -> None:
    client = zone.client("admin")
    assert ok(client.get(OFFICE))["ready"]
    added = ok(
        client.post(
            f"{OFFICE}/commands/body.add", {"data": {"kind": "town", "name_zh": "示例二镇"}}
        )
    )
    person = {
        "name_zh": "示例甲",
        "post": f"{added['subject']}:head",
        "valid_from": "2026-03-02",
        "username": "town2",
    }
    done = ok(client.post(f"{OFFICE}/commands/person.add", {"data": person}))
    assert len(done["secret"]) == 19
    record = ok(client.get(f"{OFFICE}/record", limit=2))
    assert record["sound"]
    assert [one["act"] for one in record["items"]] == ["account.add", "person.add"]
    assert done["secret"] not in str(record)
    older = ok(client.get(f"{OFFICE}/record", before=record["items"][-1]["seq"]))
    assert [one["act"] for one in older["items"]] == ["body.add"]


def test_every_command_tells_its_form(small_zone: Zone) -> None:
    client = small_zone.client("admin")
    items = ok(client.get(f"{OFFICE}/commands"))["items"]
    assert [one["name"] for one in items] == list(COMMANDS)
    found = ok(client.get(f"{OFFICE}/commands/post.give", subject="park_east"))
    (post, *_) = found["form"]["fields"]
    assert {"value": "bureau:head", "label": "Emergency bureau · Head"} in post["options"]
    assert found["values"] == {"valid_from": "2026-03-02"}


def test_what_is_wrong_is_named_by_field(small_zone: Zone) -> None:
    client = small_zone.client("admin")
    refused(client.post(f"{OFFICE}/commands/body.add", {"data": {"kind": "moon"}}), 422, "kind")
    refused(client.post(f"{OFFICE}/commands/body.add", {"data": {"x": 1}}), 422, "x")
    refused(client.post(f"{OFFICE}/commands/nothing", {}), 404)
    refused(client.post(f"{OFFICE}/commands/person.leave", {"subject": "nobody"}), 422)
    leave = {"subject": "nobody", "data": {"last_day": "2026-03-02"}}
    refused(client.post(f"{OFFICE}/commands/person.leave", leave), 404)
    refused(client.get(f"{OFFICE}/record", limit=1000), 422, "limit")


def test_nobody_else_is_answered(small_zone: Zone) -> None:
    for username in ("inspector1", "enterprise01", "auditor", "office"):
        client = small_zone.client(username)
        for path in ("", "/commands", "/commands/body.add", "/record"):
            refused(client.get(OFFICE + path), 403)
        data = {"data": {"kind": "town", "name_zh": "x"}}
        refused(client.post(f"{OFFICE}/commands/body.add", data), 403)
