"""What a client does all day: a general hazard from registration to strike-off, then the next."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from tests.chaos.client import Client
from tests.chaos.zone import LEVEL, hazard, paper
from tests.domain.pictures import jpeg

PHOTO = jpeg()


def _rectified(client: Client) -> dict[str, Any]:
    photo = client.upload("enterprise01", PHOTO + uuid.uuid4().bytes)
    return {"done": "已安装并联锁", "photos_after": [photo], "cost": 1.5}


def _rechecked(client: Client) -> dict[str, Any]:
    photo = client.upload("inspector2", PHOTO)
    items = [{"item": "监测报警", "state": "done"}]
    return {"method": "visit", "items": items, "result": "pass", "photos": [photo]}


STEPS: dict[str, tuple[str, Callable[[Client], dict[str, Any]]]] = {
    "confirm_level": ("inspector1", lambda _: LEVEL),
    "serve_order": ("inspector1", lambda _: paper()),
    "rectify": ("enterprise01", _rectified),
    "recheck": ("inspector2", _rechecked),
    "strike_finder": ("bureau_head", lambda _: {"decision": "agree"}),
}
"""Who does the task of an element, and with what."""


def travel(client: Client) -> None:
    """Bring hazards from registration to their end until enough was done."""
    while not client.register.enough.is_set():
        mark = uuid.uuid4().hex
        body = {"process": "hazard_rectification", "data": hazard(mark)}
        case = client.begin("inspector1", body, mark)
        while not client.register.enough.is_set() and _step(client, case):
            pass


def _step(client: Client, case: str) -> bool:
    """Complete the next task of a case; return whether there was one."""
    waiting = client.get("bureau_head", f"/cases/{case}")["next"]
    for task in waiting:
        if task["element"] in STEPS:
            person, data = STEPS[task["element"]]
            client.complete(person, task["task"], data(client))
            return True
    assert not waiting, f"nobody does {waiting}"
    return False
