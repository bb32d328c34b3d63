"""Stretches of road that the scenarios travel, each through the interface alone."""

from __future__ import annotations

from typing import Any

from engine import clock
from tests.api.harness import Zone

CLAUSE = "工贸企业重大事故隐患判定标准 第五条(六)"
LIMITS = {"general": 1, "larger": 15, "major": 15}


def graded(zone: Zone, level: str, **changes: Any) -> str:
    """Register and grade: the paper is to be served when this returns."""
    if level != "major":
        case = zone.begin(**changes)
        zone.do("inspector1", case, "confirm_level", level=level, reason=None)
        return case
    case = zone.begin(criterion=CLAUSE, **changes)
    zone.do("inspector1", case, "propose_major", level="major", criterion=CLAUSE, reason="无报警")
    zone.do("inspector2", case, "second_proposal", decision="agree")
    zone.do("bureau_head", case, "confirm_major", decision="agree", criterion=CLAUSE)
    return case


def serve(zone: Zone, case: str, level: str, **changes: Any) -> None:
    zone.do("inspector1", case, "serve_order", **paper(zone, level, **changes))


def paper(zone: Zone, level: str, **changes: Any) -> dict[str, Any]:
    data = {
        "document_kind": "notice",
        "requirements": "加装压力、流量监测报警并联锁",
        "due_date": zone.today(LIMITS[level]),
        "service_method": "direct",
        "served_at": clock.beijing(clock.now()).isoformat(),
        "recipient": "企业负责人",
    }
    if level != "general":
        data["interim_measures"] = "停止作业"
    return data | changes


def served(zone: Zone, level: str, **changes: Any) -> str:
    """Register, grade and serve: the enterprise is to rectify when this returns."""
    case = graded(zone, level, **changes)
    serve(zone, case, level)
    return case


def planned(zone: Zone, case: str) -> None:
    zone.do(
        "enterprise01",
        case,
        "submit_plan",
        responsible="企业负责人、设备部",
        measures="采购并安装监测报警装置",
        funds=18.5,
        funds_source="企业自筹",
        finish_date=zone.today(12),
        contingency="停用铸造机,保留值守",
    )
    photos = [zone.photo("enterprise01")]
    zone.do(
        "enterprise01", case, "post_notice", place="公示栏", posted_on=zone.today(), photos=photos
    )


def listed(zone: Zone, case: str) -> None:
    zone.do("park_east", case, "publish", medium="管委会网站", published_on=zone.today())


def reported(zone: Zone, case: str) -> None:
    photos = [zone.photo("enterprise01")]
    zone.do("enterprise01", case, "rectify", done="已安装并联锁", photos_after=photos, cost=17.8)


def rechecked(zone: Zone, case: str, level: str, result: str = "pass") -> None:
    state = "done" if result == "pass" else "not_done"
    data: dict[str, Any] = {"items": [{"item": "监测报警", "state": state}], "result": result}
    if result == "fail":
        data["opinion"] = "流量报警未接入"
    # Whoever found a general hazard may not verify it alone.
    lead = "inspector2" if level == "general" else "inspector1"
    if result == "pass":
        data["photos"] = [zone.photo(lead)]
    zone.do(lead, case, "recheck", method="visit", **data)
    if level != "general":
        zone.do("inspector2", case, "recheck_second", decision="agree")
    if level == "major" and result == "pass":
        zone.do("expert1", case, "recheck_expert", result="pass", opinion="联锁动作正常")


def struck_off(zone: Zone, case: str, level: str) -> None:
    if level == "general":
        zone.do("bureau_head", case, "strike_finder", decision="agree")
        return
    zone.do("industry_economy", case, "strike_department", decision="agree")
    zone.do("park_east", case, "strike_park", decision="agree")
    if level == "major":
        zone.do("bureau_head", case, "strike_bureau", decision="agree")
