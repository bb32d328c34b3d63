"""Identical requests of the same moment: one does it, every other says that it was done before."""

from __future__ import annotations

import io
import json
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.synchronize import Barrier as ProcessBarrier
from threading import Barrier
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine import clock
from tests.api import roads
from tests.api.harness import BEGIN, Zone
from tests.api.test_replay import registration
from tests.domain.pictures import jpeg
from webapp.factory import create_app
from workflows.app import Bihuan, Settings

AT_ONCE = 4
BUSY = 503
KEY = {"Idempotency-Key": "raced"}
REPLAYED = "Idempotency-Replayed"

Send = Callable[[Zone], Callable[[], TestResponse]]


def begin(zone: Zone) -> Callable[[], TestResponse]:
    body = registration(zone, zone.photo("inspector1"))
    return lambda: zone.client("inspector1").post("/cases", body, KEY)


def comment(zone: Zone) -> Callable[[], TestResponse]:
    address = f"/cases/{zone.begin()}/acts/comment"
    return lambda: zone.client("inspector1").post(address, {"data": {"text": "请尽快"}}, KEY)


def complete(zone: Zone) -> Callable[[], TestResponse]:
    task = zone.task(roads.graded(zone, "larger"), "serve_order")
    body = {"data": roads.paper(zone, "larger")}
    headers = KEY | {"If-Match": "*"}
    return lambda: zone.client("inspector1").post(f"/tasks/{task}/complete", body, headers)


def claim(zone: Zone) -> Callable[[], TestResponse]:
    task = zone.task(zone.begin(), "confirm_level")
    return lambda: zone.client("inspector1").post(f"/tasks/{task}/claim", None, KEY)


def draft(zone: Zone) -> Callable[[], TestResponse]:
    address = f"/tasks/{zone.task(zone.begin(), 'confirm_level')}/draft"
    content = json.dumps({"data": {"level": "general"}})
    sent = {"data": content, "content_type": "application/json"}
    return lambda: zone.client("inspector1").send("PUT", address, headers=KEY, **sent)


def photo(zone: Zone) -> Callable[[], TestResponse]:
    def send() -> TestResponse:
        sent = {"file": (io.BytesIO(jpeg()), "现场.jpg")}
        return zone.client("inspector1").send("POST", "/evidence", data=sent, headers=KEY)

    return send


def language(zone: Zone) -> Callable[[], TestResponse]:
    sent = {"data": '{"language": "en"}', "content_type": "application/json"}
    return lambda: zone.client("inspector1").send("PATCH", "/me", headers=KEY, **sent)


def body(zone: Zone) -> Callable[[], TestResponse]:
    data = {"kind": "town", "name_zh": "示例二镇"}
    address = "/administration/commands/body.add"
    return lambda: zone.client("admin").post(address, {"data": data}, KEY)


@pytest.mark.parametrize("prepare", [begin, comment, complete, claim, draft, photo, language, body])
def test_all_but_one_say_that_it_was_done_before(zone: Zone, prepare: Send) -> None:
    send = prepare(zone)
    zone.client("inspector1")
    together = Barrier(AT_ONCE)

    def race(_number: int) -> TestResponse:
        together.wait()
        return send()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(race, range(AT_ONCE)))
    assert {one.status_code // 100 for one in answers} == {2}, answers[0].get_data(as_text=True)
    assert all(one.get_json() == answers[0].get_json() for one in answers)
    assert sorted(one.headers.get(REPLAYED, "") for one in answers) == ["", *["true"] * 3]


def _elsewhere(
    settings: Settings, token: str, sent: dict[str, Any], together: ProcessBarrier, told: Any
) -> None:
    """Send a request from a process of its own, when all are ready."""
    product = Bihuan.open(settings)
    with clock.use(clock.VirtualClock(BEGIN)), create_app(product).test_client() as client:
        headers = KEY | {"Authorization": f"Bearer {token}"}
        together.wait(60)
        answer = client.post("/api/v1/cases", json=sent, headers=headers)
        while answer.status_code == BUSY:  # as programs are told to
            time.sleep(int(answer.headers["Retry-After"]))
            answer = client.post("/api/v1/cases", json=sent, headers=headers)
    found = answer.get_json()
    told.put((answer.status_code, found.get("id", str(found)), answer.headers.get(REPLAYED, "")))
    product.database.dispose()


def test_processes_race_alike(zone: Zone) -> None:
    sent = registration(zone, zone.photo("inspector1"))
    token = zone.client("inspector1").token
    assert token is not None
    spawn = multiprocessing.get_context("spawn")
    together, told = spawn.Barrier(2), spawn.Queue()
    settings = replace(zone.bihuan.settings)
    rest = (settings, token, sent, together, told)
    others = [spawn.Process(target=_elsewhere, args=rest) for _ in range(2)]
    for one in others:
        one.start()
    answers = [told.get(timeout=120) for _ in others]
    for one in others:
        one.join()
    assert {status for status, _, _ in answers} == {201}, answers
    assert len({case for _, case, _ in answers}) == 1
    assert sorted(replayed for _, _, replayed in answers) == ["", "true"]
