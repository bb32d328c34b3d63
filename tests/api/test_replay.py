"""The same request under the same key is done once and answered alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.api import roads
from tests.api.harness import Zone, ok, refused

KEY = {"Idempotency-Key": "8a1e-one"}


def registration(zone: Zone, photo: str, description: str = "通道堵塞") -> dict[str, object]:
    data = {
        "enterprise": "enterprise01",
        "finder_body": "bureau",
        "found_at": "2026-03-02T08:30:00+08:00",
        "source": "department",
        "location": "三号库",
        "description": description,
        "category": "management",
        "photos": [photo],
    }
    return {"process": "hazard_rectification", "data": data}


def test_a_case_is_begun_once(zone: Zone) -> None:
    client = zone.client("inspector1")
    body = registration(zone, zone.photo("inspector1"))
    first = client.post("/cases", body, KEY)
    second = client.post("/cases", body, KEY)
    assert (ok(first, 201), first.headers["Location"]) == (
        ok(second, 201),
        second.headers["Location"],
    )
    assert second.headers["Idempotency-Replayed"] == "true"
    assert ok(client.get("/cases"))["total"] == 1


def test_a_key_stands_for_one_request_of_one_person(zone: Zone) -> None:
    body = registration(zone, zone.photo("inspector1"))
    ok(zone.client("inspector1").post("/cases", body, KEY), 201)
    other = registration(zone, zone.photo("inspector1"), "另一隐患")
    refused(zone.client("inspector1").post("/cases", other, KEY), 409)
    mine = registration(zone, zone.photo("inspector2"), "另一隐患")
    ok(zone.client("inspector2").post("/cases", mine, KEY), 201)
    assert ok(zone.client("auditor").get("/cases"))["total"] == 2


def test_a_task_is_completed_once_and_answered_alike(zone: Zone) -> None:
    case = roads.graded(zone, "larger")
    client = zone.client("inspector1")
    address = f"/tasks/{zone.task(case, 'serve_order')}"
    headers = KEY | {"If-Match": client.get(address).headers["ETag"]}
    body = {"data": roads.paper(zone, "larger")}
    first = ok(client.post(f"{address}/complete", body, headers))
    zone.advance("P3D")
    assert ok(client.post(f"{address}/complete", body, headers)) == first
    assert zone.acts_done(case).count("order.serve") == 1


def test_requests_at_the_same_moment_are_one(zone: Zone) -> None:
    case = roads.graded(zone, "larger")
    client = zone.client("inspector1")
    photo = zone.photo("inspector1")
    address = f"/cases/{case}/acts/comment"
    body = {"data": {"text": "请尽快"}}

    def comment(_number: int) -> int:
        return client.post(address, body, KEY).status_code

    def begin(_number: int) -> str:
        return str(ok(client.post("/cases", registration(zone, photo), other), 201)["id"])

    other = {"Idempotency-Key": "8a1e-two"}
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(comment, range(4))) == {200}
        assert len(set(pool.map(begin, range(4)))) == 1
    assert zone.acts_done(case).count("comment") == 1


def test_a_refused_request_may_be_sent_again_under_its_key(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    body = {"process": "hazard_rectification", "data": {}}
    refused(client.post("/cases", body, KEY), 422)
    photo = small_zone.photo("inspector1")
    ok(client.post("/cases", registration(small_zone, photo), KEY), 201)


def test_the_clock_moves_once(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    first = ok(client.post("/clock", {"advance": "P1D"}, KEY))
    assert ok(client.post("/clock", {"advance": "P1D"}, KEY)) == first
    assert ok(client.get("/clock"))["now"] == first["now"]


def test_keys_that_are_none(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    for key in ("", "with space", "k" * 129):
        refused(client.post("/clock", {"advance": "P1D"}, {"Idempotency-Key": key}), 422)
