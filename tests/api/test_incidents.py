"""Incidents through the interface: listed for the safety office, tried again with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from engine import clock
from engine.store import queries
from engine.store.tables import IncidentRow
from tests.api.harness import Zone, ok
from workflows.running import incidents

REASON = {"reason": "打印机已修好"}


@pytest.fixture
def failed(zone: Zone, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case whose transfer failed; the cause is removed again."""

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("printer on fire")

    case = zone.begin()
    operations = {**zone.bihuan.application.operations, "case.transferred": broken}
    with monkeypatch.context() as patched:
        patched.setattr(zone.bihuan.application, "_operations", operations)
        told = zone.act("bureau_head", case, "case.transfer", receiver="市局", reason="不属本园区")
    assert told.status_code == 500
    return case


def test_an_incident_is_listed_with_its_case(zone: Zone, failed: str) -> None:
    [found] = ok(zone.client("office").get("/incidents"))["items"]
    assert (found["case_id"], found["number"]) == (failed, zone.case(failed)["number"])
    assert (found["kind"], found["attempts"], found["retry_at"]) == ("command", 1, None)
    assert "printer on fire" in found["why"]


def test_it_is_tried_again_once_and_told_in_the_history(zone: Zone, failed: str) -> None:
    office = zone.client("office")
    [found] = ok(office.get("/incidents"))["items"]
    address = f"/incidents/{found['id']}/retry"
    assert office.post(address, {"reason": "  "}).status_code == 422

    key = {"Idempotency-Key": "once"}
    done = ok(office.post(address, REASON, key))
    assert done == {"id": found["id"], "case_id": failed}
    assert ok(office.get("/incidents"))["items"] == []
    assert zone.acts_done(failed)[-1] == "incident.retried"
    assert ok(office.post(address, REASON, key)) == done
    assert zone.acts_done(failed).count("incident.retried") == 1
    assert office.post(address, REASON).status_code == 404
    ok(zone.act("bureau_head", failed, "case.transfer", receiver="市局", reason="不属本园区"))
    assert zone.case(failed)["state"] == "transferred"


def _another(zone: Zone, name: str, agency: str) -> None:
    with zone.bihuan.database.begin() as session:
        session.add(
            IncidentRow(
                id=name,
                agency=agency,
                process="hazard_rectification",
                at=clock.now(),
                kind="command",
                subject="start:hazard_rectification",
                message="broken",
                message_zh="出错",
                detail={},
            )
        )


def test_all_of_the_zone_are_counted_and_no_others(
    zone: Zone, failed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _another(zone, "of_the_zone", zone.bihuan.settings.agency)
    _another(zone, "of_others", "elsewhere")
    monkeypatch.setattr(incidents, "MOST", 1)
    listed = ok(zone.client("office").get("/incidents"))
    assert failed
    assert (len(listed["items"]), listed["total"]) == (1, 2)
    with zone.bihuan.database.read() as session:
        assert queries.count_open_incidents(session, agency="elsewhere") == 1


def test_it_is_nobody_elses(zone: Zone, failed: str) -> None:
    assert failed
    for other in ("bureau_head", "inspector1", "designer", "admin", "enterprise01", "auditor"):
        assert zone.client(other).get("/incidents").status_code == 403
        assert zone.client(other).post("/incidents/none/retry", REASON).status_code == 403
