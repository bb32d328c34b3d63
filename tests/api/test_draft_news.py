"""What became of drafts, by program: listed page by page for whoever reads drafts, and read."""

from __future__ import annotations

from datetime import timedelta

from engine import clock
from engine.store.ids import new_id
from tests.api.harness import Zone, ok
from workflows.designing.tables import DraftNewsRow

ADDRESS = "/notifications/drafts"


def told(zone: Zone, person: str, number: int) -> None:
    """Tell a person of a version."""
    row = DraftNewsRow(
        id=new_id(),
        person=person,
        process="void_request",
        version=number,
        text_zh=f"第 {number} 版",
        text=f"Version {number}",
        at=clock.now() + timedelta(minutes=number),
    )
    zone.bihuan.database.run(lambda session: session.add(row))


def test_news_of_drafts_are_listed_and_read(small_zone: Zone) -> None:
    for number in (1, 2, 3):
        told(small_zone, "designer", number)
    told(small_zone, "inspector1", 4)
    client = small_zone.client("designer")
    first = ok(client.get(ADDRESS, limit=2))
    assert [one["version"] for one in first["items"]] == [3, 2]
    assert (first["total"], first["items"][0]["unread"]) == (3, True)
    (last,) = ok(client.get(ADDRESS, limit=2, cursor=first["next"]))["items"]
    assert (last["text"], last["draft"], last["process"]) == ("Version 1", None, "void_request")
    read = client.post("/notifications/read", headers={"Idempotency-Key": "all-of-it"})
    assert ok(read)["read"] >= 3
    assert ok(client.get(ADDRESS, unread=True))["total"] == 0
    assert ok(small_zone.client("inspector1").get(ADDRESS))["items"] == []
