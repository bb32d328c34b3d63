"""Hazards of every level through their lives, told to the interface and read back from it."""

from __future__ import annotations

from datetime import date

from tests.api import roads
from tests.api.harness import Zone, ok, refused


def elements(zone: Zone, case: str) -> list[str]:
    return sorted(step["element"] for step in zone.case(case)["next"])


def test_a_general_hazard_is_struck_off_by_its_finder(zone: Zone) -> None:
    case = roads.served(zone, "general")
    assert zone.deadline(case, "rectification", "live") == date(2026, 3, 3)
    roads.reported(zone, case)
    roads.rechecked(zone, case, "general")
    roads.struck_off(zone, case, "general")
    found = zone.case(case)
    assert (found["state"], found["status"], found["next"]) == ("struck_off", "closed", [])
    assert found["acts"] == []
    assert zone.deadline(case, "rectification", "met") == date(2026, 3, 3)


def test_a_larger_hazard_is_struck_off_by_department_and_park(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    zone.advance("P9D")
    roads.reported(zone, case)
    roads.rechecked(zone, case, "larger")
    roads.struck_off(zone, case, "larger")
    assert zone.case(case)["state"] == "struck_off"
    acts = zone.acts_done(case)
    wanted = ["order.serve", "rectify.report_done", "recheck.pass"]
    wanted += ["strike_off.industry_department", "strike_off.park_command", "case.struck_off"]
    assert [act for act in acts if act in wanted] == wanted


def test_a_major_hazard_is_listed_planned_rectified_struck_off_and_delisted(zone: Zone) -> None:
    case = roads.graded(zone, "major")
    roads.serve(zone, case, "major")
    found = zone.case(case)
    assert (found["state"], found["level"]) == ("planning", "major")
    assert "listed" in found["flags"]
    assert elements(zone, case) == ["publish", "submit_plan"]
    roads.listed(zone, case)
    roads.planned(zone, case)
    zone.advance("P9D")
    zone.do("enterprise01", case, "progress", progress="设备已到货", percent=60)
    zone.do("park_east", case, "take_note")
    roads.reported(zone, case)
    roads.rechecked(zone, case, "major")
    roads.struck_off(zone, case, "major")
    assert elements(zone, case) == ["remove"]
    zone.do("park_east", case, "remove", medium="管委会网站", removed_on=zone.today())
    found = zone.case(case)
    assert (found["state"], found["status"]) == ("struck_off", "closed")
    assert "listing.remove" in zone.acts_done(case)


def test_a_failed_recheck_before_the_date_lets_the_clock_run_on(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    due = zone.deadline(case, "rectification", "live")
    zone.advance("P5D")
    roads.reported(zone, case)
    assert zone.deadline(case, "rectification", "held") == due
    zone.advance("P1D")
    roads.rechecked(zone, case, "larger", "fail")
    assert zone.deadline(case, "rectification", "live") == due
    assert elements(zone, case) == ["rectify"]


def test_a_failed_recheck_after_the_date_finds_it_expired_at_the_date(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    zone.advance("P14D")
    roads.reported(zone, case)
    zone.advance("P5D")
    assert zone.case(case)["state"] == "rechecking"
    roads.rechecked(zone, case, "larger", "fail")
    found = zone.case(case)
    assert (found["state"], "overdue" in found["flags"]) == ("overdue", True)
    expired = [one for one in found["deadlines"] if one["state"] == "expired"]
    assert {one["kind"]: one["expired_at"] for one in expired} == {
        "rectification": "2026-03-18T00:00:00+08:00",
        "interview": "2026-03-21T00:00:00+08:00",
    }
    assert {"propose_host", "rectify"} <= set(elements(zone, case))


def test_nothing_is_closed_by_itself_when_the_date_passes(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    face = zone.advance("P16D")
    assert face["fired"] >= 1
    found = zone.case(case)
    assert (found["state"], found["status"]) == ("overdue", "open")
    assert {"expiry_recheck", "propose_host", "rectify"} <= set(elements(zone, case))
    rows = ok(zone.client("bureau_head").get(f"/cases/{case}/history"))["items"]
    expiry = next(row for row in rows if row["act"] == "deadline.expired")
    assert (expiry["at"], expiry["actor"]) == ("2026-03-18T00:00:00+08:00", "system")


def test_raised_to_major_on_day_14_gets_a_new_paper_and_a_new_date(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    zone.advance("P14D")
    data = {"criterion": roads.CLAUSE, "reason": "现场复核"}
    refused(zone.act("bureau_head", case, "level.raise", level="larger", reason="复核"), 409)
    refused(zone.act("bureau_head", case, "level.raise_propose", **data), 403)
    ok(zone.act("inspector1", case, "level.raise_propose", **data))
    zone.do("inspector2", case, "second_raise", decision="agree", reason="属实")
    zone.do("bureau_head", case, "decide_raise", decision="agree", **data)
    found = zone.case(case)
    assert (found["level"], found["state"]) == ("major", "ordered")
    roads.serve(zone, case, "major")
    assert zone.deadline(case, "rectification", "replaced") == date(2026, 3, 17)
    assert zone.deadline(case, "rectification", "live") == date(2026, 3, 31)
    causes = [c["cause"] for d in zone.case(case)["deadlines"] for c in d["changes"]]
    assert "upgraded" in causes


def test_lowering_is_refused_on_day_16(zone: Zone) -> None:
    case = roads.served(zone, "larger")
    data = {"level": "general", "expert_opinion": "风险已降低", "reason": "部分修复"}
    refused(zone.act("inspector1", case, "level.lower", **data), 403)
    zone.advance("P16D")
    refused(zone.act("bureau_head", case, "level.lower", **data), 409)
    offered = {one["name"] for one in zone.case(case)["acts"]}
    assert "level.lower" not in offered
    assert zone.case(case)["level"] == "larger"


def test_voided_after_the_listing_by_two_persons_and_delisted(zone: Zone) -> None:
    case = roads.served(zone, "major")
    roads.listed(zone, case)
    ok(zone.act("bureau_deputy", case, "case.void_propose", reason="系临时堆物"))
    zone.do("bureau_head", case, "decide_void", decision="agree", reason="现场复核属实")
    assert (zone.case(case)["state"], elements(zone, case)) == ("voided", ["remove"])
    zone.do("park_east", case, "remove", medium="管委会网站", removed_on=zone.today())
    assert zone.case(case)["status"] == "closed"


def test_transferred_to_the_competent_body(zone: Zone) -> None:
    case = zone.begin(enterprise="enterprise11")
    data = {"receiver": "消防救援大队", "reason": "消防监督管辖"}
    refused(zone.act("inspector1", case, "case.transfer", **data), 403)
    ok(zone.act("bureau_head", case, "case.transfer", **data))
    assert (zone.case(case)["state"], zone.case(case)["status"]) == ("transferred", "closed")


def test_a_town_alone_may_not_inspect_an_above_scale_enterprise(zone: Zone) -> None:
    data = {
        "enterprise": "enterprise01",
        "finder_body": "town1",
        "found_at": "2026-03-02T08:30:00+08:00",
        "source": "town",
        "location": "三号库",
        "description": "通道堵塞",
        "category": "management",
        "photos": [zone.photo("town1")],
    }
    body = {"process": "hazard_rectification", "data": data}
    refused(zone.client("town1").post("/cases", body), 422, "finder_body")
