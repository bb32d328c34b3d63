"""The clock, the description of the interface, and what monitors ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api import roads
from tests.api.harness import Client, Zone, ok, refused
from tests.api.harness import zone as opened


def test_the_clock_moves_to_an_instant_and_never_back(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    there = ok(client.post("/clock", {"now": "2026-03-05T00:00:00+08:00"}))
    assert (there["now"], there["date"]) == ("2026-03-05T00:00:00+08:00", "2026-03-05")
    refused(client.post("/clock", {"now": "2026-03-04T00:00:00+08:00"}), 422, "now")
    refused(client.post("/clock", {"now": "2026-03-06T00:00:00"}), 422, "now")


@pytest.mark.parametrize("step", ["", "P", "PT", "3D", "P-3D", "P3Y", "P9999999D", "P99999D"])
def test_durations_that_are_none(small_zone: Zone, step: str) -> None:
    refused(small_zone.client("inspector1").post("/clock", {"advance": step}), 422, "advance")


def test_one_of_the_two_is_needed(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    refused(client.post("/clock", {}), 422)
    both = {"advance": "P1D", "now": "2026-03-05T00:00:00+08:00"}
    refused(client.post("/clock", both), 422)


def test_what_falls_due_is_done_at_its_own_time_in_order(zone: Zone) -> None:
    first = roads.served(zone, "general")
    second = roads.served(zone, "larger", description="另一隐患")
    zone.advance("P30D")
    times = {}
    for case in (first, second):
        rows = ok(zone.client("bureau_head").get(f"/cases/{case}/history"))["items"]
        times[case] = [row["at"] for row in rows if row["act"] == "deadline.expired"]
    assert times == {
        first: ["2026-03-04T00:00:00+08:00"],
        second: ["2026-03-18T00:00:00+08:00"],
    }


def test_without_a_virtual_clock_there_is_none(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, tmp_path, virtual=False) as zone:
        refused(zone.client("inspector1").get("/clock"), 404)
        refused(zone.client("inspector1").post("/clock", {"advance": "P1D"}), 404)


def test_the_description_is_openapi_and_names_every_call(small_zone: Zone) -> None:
    spec = ok(Client(small_zone.app, None).get("/openapi.json"))
    assert spec["openapi"] == "3.1.0"
    described = {
        (method.upper(), path)
        for path, operations in spec["paths"].items()
        for method in operations
        if method != "parameters"
    }
    served = {
        (method, rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}"))
        for rule in small_zone.app.url_map.iter_rules()
        if rule.endpoint.startswith("api-") and "." in rule.endpoint
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not rule.rule.endswith("/docs")
    }
    assert described == served
    for refusal in spec["components"]["responses"].values():
        assert list(refusal["content"]) == ["application/problem+json"]


def test_the_human_page_needs_neither_script_nor_another_host(small_zone: Zone) -> None:
    response = Client(small_zone.app, None).get("/docs")
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "/api/v1/tasks/{task_id}/complete" in page
    assert "<script>" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def test_monitors_get_their_answers(zone: Zone) -> None:
    zone.begin()
    with zone.app.test_client() as monitor:
        assert monitor.get("/healthz").get_json() == {"status": "ok"}
        assert monitor.get("/readyz").status_code == 200
        told = monitor.get("/metrics").get_data(as_text=True)
    assert "bihuan_cases_open 1\n" in told
    assert "bihuan_tasks_open 1\n" in told


def test_a_database_that_is_gone_is_told_as_such(small_zone: Zone) -> None:
    client = small_zone.client("inspector1")
    ok(client.get("/me"))
    small_zone.bihuan.database.dispose()
    file = Path(str(small_zone.bihuan.database.url.database))
    file.rename(file.with_suffix(".away"))
    file.mkdir()
    with small_zone.app.test_client() as monitor:
        assert monitor.get("/healthz").status_code == 200
        assert monitor.get("/readyz").status_code == 503
    response = client.get("/me")
    refused(response, 503)
    assert response.headers["Retry-After"] == "2"
