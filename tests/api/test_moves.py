"""A step is moved by hand through the interface."""

from __future__ import annotations

from tests.api.harness import Zone, ok


def test_a_step_is_moved_through_the_interface_once(zone: Zone) -> None:
    case = zone.begin(proposed_level="major", criterion="三")
    zone.do("inspector1", case, "propose_major", level="major", criterion="三", reason="符合")
    task, office = zone.task(case, "second_proposal"), zone.client("office_head")
    places = ok(office.get(f"/tasks/{task}/places"))["items"]
    assert [one["element"] for one in places] == ["propose_major", "confirm_level"]
    key, body = {"Idempotency-Key": "m"}, {"element": "confirm_level", "reason": "非重大"}
    done = ok(office.post(f"/tasks/{task}/move", body, key))
    assert done == {"case_id": case, "opened": [zone.task(case, "confirm_level")]}
    assert ok(office.post(f"/tasks/{task}/move", body, key)) == done
    assert office.post(f"/tasks/{task}/move", body).status_code == 409
    assert zone.acts_done(case).count("token.moved") == 1
    assert zone.client("office").get(f"/tasks/{task}/places").status_code == 403


def test_a_suspended_case_says_so(zone: Zone) -> None:
    case = zone.begin()
    office = zone.client("office_head")
    for act, flagged in (("case.suspend", True), ("case.resume", False)):
        told = ok(office.post(f"/cases/{case}/acts/{act}", {"data": {"reason": "等待答复"}}))
        assert ("suspended" in told["flags"]) is flagged
        for reader in ("inspector1", "enterprise01"):
            assert ("suspended" in zone.case(case, reader)["flags"]) is flagged
