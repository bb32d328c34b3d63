"""Pages of a list follow each other whatever comes or goes meanwhile; no cursor is made up."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine import clock
from engine.store.ids import new_id
from tests.api import roads
from tests.api.harness import Client, Zone, ok, refused
from tests.api.test_extension_scenarios import until
from workflows.domain.ledger_tables import NotificationRow

OFFICE = "/administration"


def walk(
    client: Client, path: str, between: Callable[[int], None] = lambda _: None, **asked: Any
) -> list[dict[str, Any]]:
    """Return every item of a list, doing something between its pages."""
    found: list[dict[str, Any]] = []
    for number in range(100):
        page = ok(client.get(path, **asked))
        found += page["items"]
        if page["next"] is None:
            return found
        asked["cursor"] = page["next"]
        between(number)
    raise AssertionError(path)


def changed(cursor: str) -> list[str]:
    """Return a cursor with its place, its seal or its letters changed."""
    seal, *place = json.loads(base64.urlsafe_b64decode(cursor[1:] + "=" * (-len(cursor[1:]) % 4)))
    other = [f"{place[0]}0" if isinstance(place[0], str) else place[0] + 1, *place[1:]]
    texts = [json.dumps([seal, *other]), json.dumps(["0" * len(seal), *place]), json.dumps([seal])]
    made = ["m" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=") for text in texts]
    return [*made, "p1", "m", cursor[:-4], f"{cursor}AAAA", cursor.swapcase()]


def test_tasks_done_and_opened_between_pages_are_neither_missed_nor_repeated(zone: Zone) -> None:
    cases = [zone.begin(description=f"隐患之{number}") for number in range(5)]
    came: list[str] = []

    def meanwhile(number: int) -> None:
        if number > 1:
            return
        done = {"level": "larger", "criterion": None, "reason": None}
        zone.do("inspector1", cases[number], "confirm_level", **done)
        came.append(zone.begin(description=f"新隐患之{number}"))

    asked: dict[str, Any] = {"limit": 1, "element": "confirm_level"}
    found = walk(zone.client("inspector1"), "/tasks", meanwhile, **asked)
    assert [one["case"] for one in found] == cases + came


def tell(zone: Zone, case: str, person: str, *, later: int = 0) -> None:
    """Tell a person something of a case."""
    row = NotificationRow(
        id=new_id(),
        person=person,
        case_id=case,
        task_id=None,
        kind="comment",
        text_zh="请注意",
        text="Please note",
        at=clock.now() + timedelta(minutes=later),
        read_at=None,
    )
    zone.bihuan.database.run(lambda session: session.add(row))


def test_news_between_pages_is_neither_missed_nor_repeated(zone: Zone) -> None:
    cases = [zone.begin(description=f"隐患之{number}") for number in range(4)]
    for case in cases:
        tell(zone, case, "office")
    client = zone.client("office")
    before = walk(client, "/notifications", limit=100)
    assert sorted(one["case"] for one in before) == sorted(cases)
    later = iter(range(1, 100))
    found = walk(
        client,
        "/notifications",
        lambda _: tell(zone, cases[0], "office", later=next(later)),
        limit=1,
    )
    assert found == before
    assert len(walk(client, "/notifications", limit=2)) == len(before) + 3


def test_interviews_that_leave_the_list_between_pages_shift_nothing(zone: Zone) -> None:
    cases = [roads.served(zone, "larger") for _ in range(3)]
    until(zone, hours=1)

    def propose(number: int) -> None:
        if number == 0:
            data = {"host": "park_command", "reason": "首次逾期"}
            zone.do("office", cases[0], "propose_host", **data)

    found = walk(zone.client("office"), "/interviews", propose, limit=1, step="propose")
    assert [one["case"] for one in found] == cases


@pytest.mark.parametrize("path", ["bodies", "enterprises", "persons", "accounts"])
def test_lists_of_the_administration_go_on_behind_the_last_row(small_zone: Zone, path: str) -> None:
    admin = small_zone.client("admin")
    whole = walk(admin, f"{OFFICE}/{path}", limit=100)
    assert len(whole) > 4

    def add(number: int) -> None:
        if number == 0:
            data = {"kind": "town", "name_zh": "示例三镇"}
            ok(admin.post(f"{OFFICE}/commands/body.add", {"data": data}))

    ids = [one["id"] for one in walk(admin, f"{OFFICE}/{path}", add, limit=3)]
    assert len(ids) == len(set(ids))
    assert [one for one in ids if one in {kept["id"] for kept in whole}] == [
        kept["id"] for kept in whole
    ]


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("inspector1", "/tasks"),
        ("inspector1", "/notifications"),
        ("inspector1", "/cases"),
        ("admin", f"{OFFICE}/bodies"),
        ("admin", f"{OFFICE}/enterprises"),
        ("admin", f"{OFFICE}/persons"),
        ("admin", f"{OFFICE}/accounts"),
    ],
)
def test_a_cursor_that_was_changed_is_refused(zone: Zone, person: str, path: str) -> None:
    for number in range(3):
        tell(zone, zone.begin("inspector2", description=f"隐患之{number}"), person)
    client = zone.client(person)
    cursor = ok(client.get(path, limit=1))["next"]
    assert cursor
    for other in changed(cursor):
        for language, said in (("en", "Expected a cursor"), ("zh", "上一页的 next")):
            client.language = language
            told = refused(client.get(path, limit=1, cursor=other), 422, "cursor")
            assert said in told["errors"]["cursor"][0]
    assert ok(client.get(path, limit=1, cursor=cursor))["items"]


def test_a_cursor_is_of_one_list(zone: Zone) -> None:
    for number in range(3):
        zone.begin(description=f"隐患之{number}")
    client = zone.client("inspector1")
    cursor = ok(client.get("/tasks", limit=1))["next"]
    refused(client.get("/tasks", limit=1, level="major", cursor=cursor), 422, "cursor")
    refused(client.get("/cases", limit=1, cursor=cursor), 422, "cursor")
    refused(client.get("/notifications", limit=1, cursor=cursor), 422, "cursor")
    assert ok(client.get("/tasks", limit=2, cursor=cursor))["items"]
