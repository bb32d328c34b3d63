"""Stretches of road that many tests travel."""

from __future__ import annotations

from typing import Any

from engine import clock
from tests.domain.world import World


def served(world: World, level: str, person: str = "inspector1", **changes: Any) -> str:
    """Register, grade and serve; the case is in force when this returns."""
    if level == "major":
        case = world.register(person, criterion="令10 第五条(六)", **changes)
        grade_major(world, case)
    else:
        case = world.register(person, **changes)
        world.do(person, case, "confirm_level", level=level, criterion=None, reason=None)
    serve(world, case, level, person)
    return case


def grade_major(world: World, case: str) -> None:
    world.do(
        "inspector1",
        case,
        "propose_major",
        level="major",
        criterion="令10 第五条(六)",
        reason="无压力报警",
    )
    world.do("inspector2", case, "second_proposal", decision="agree")
    world.do("bureau_head", case, "confirm_major", decision="agree", criterion="令10 第五条(六)")


def serve(world: World, case: str, level: str, person: str = "inspector1", **changes: Any) -> None:
    now = clock.beijing(clock.now())
    limits = {"general": 1, "larger": 7, "major": 15}
    day = now.date().toordinal() + limits[level]
    data: dict[str, Any] = {
        "document_kind": "notice",
        "requirements": "安装压力、流量监测报警",
        "due_date": now.date().fromordinal(day).isoformat(),
        "service_method": "direct",
        "served_at": now.isoformat(),
        "recipient": "示例丙",
    }
    if level != "general":
        data["interim_measures"] = "停用一号炉"
    world.do(person, case, "serve_order", **(data | changes))


def raised(
    world: World, case: str, criterion: str = "令10 第五条(六)", reason: str = "复核"
) -> None:
    """Raise a running hazard to major by the three persons that it takes."""
    why = {"criterion": criterion, "reason": reason}
    world.act("inspector1", case, "level.raise_propose", **why)
    world.do("inspector2", case, "second_raise", decision="agree", reason=reason)
    world.do("bureau_head", case, "decide_raise", decision="agree", **why)


def planned(world: World, case: str) -> None:
    due = world.document(case)["order"]["due_date"]
    world.do(
        "principal1",
        case,
        "submit_plan",
        responsible="示例甲",
        measures="更换、安装、联锁",
        funds=12.5,
        finish_date=due,
        contingency="停炉、撤离",
    )
    world.do(
        "safety1",
        case,
        "post_notice",
        place="厂门公示栏",
        posted_on=clock.beijing_date(clock.now()).isoformat(),
        photos=[world.photo("safety1")],
    )


def reported(world: World, case: str, person: str = "safety1") -> None:
    world.do(
        person, case, "rectify", done="已安装并联锁", photos_after=[world.photo(person)], cost=11.2
    )


def rechecked(world: World, case: str, level: str, result: str = "pass") -> None:
    seen: dict[str, Any] = {"opinion": "流量报警未接入"} if result == "fail" else {}
    if result == "pass":
        seen["photos"] = [world.photo("inspector2")]
    state = "done" if result == "pass" else "not_done"
    items = [{"item": "压力报警", "state": state}]
    world.do("inspector2", case, "recheck", method="visit", items=items, result=result, **seen)
    if level != "general":
        world.do("inspector1", case, "recheck_second", decision="agree")
    if level == "major" and result == "pass":
        world.do("expert1", case, "recheck_expert", result="pass", opinion="符合要求")


def struck_off(world: World, case: str, level: str) -> None:
    if level == "general":
        world.do("bureau_head", case, "strike_finder", decision="agree")
        return
    world.do("economy_head", case, "strike_department", decision="agree")
    world.do("park_east_head", case, "strike_park", decision="agree")
    if level == "major":
        world.do("bureau_head", case, "strike_bureau", decision="agree")
