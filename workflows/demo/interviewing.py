"""What the people of the demonstration say before, at and after an interview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from engine import clock
from workflows.demo.scene import Answer, Scene
from workflows.domain import working_days
from workflows.domain.working_days import WorkingCalendar

_MEETING = time(10)
_MINUTES = timedelta(hours=1)
"""From the time named in the notice to the minutes."""
_NO_SHOW = 0.1
_FINAL_DAYS = 5
_DECIDERS = ("park_command", "industry_department", "leader_incharge")


def recorded_at(document: Mapping[str, Any]) -> datetime:
    """Return when what became of the interview that waits is written down."""
    notices = [one["notice"] for one in document["interviews"] if one["notice"]]
    return datetime.fromisoformat(notices[-1]["time"]) + _MINUTES


def _scheduled(_scene: Scene) -> dict[str, Any]:
    tomorrow = clock.beijing_date(clock.now()) + timedelta(days=1)
    return {
        "meet_at": datetime.combine(tomorrow, _MEETING, clock.BEIJING).isoformat(),
        "late_reason": "约谈对象外地返回",
        "place": "管委会三楼会议室",
        "materials": "整改方案、采购合同、现场照片",
    }


def _held(scene: Scene) -> dict[str, Any]:
    if scene.chance.random() < _NO_SHOW:
        return {
            "outcome": "no_show",
            "absence_reason": "派员代替参加，未予接受",
            "substitute_came": True,
        }
    held = {
        "outcome": "held",
        "held_at": clock.beijing(clock.now() - _MINUTES).isoformat(),
        "came": "invitee",
        "recorder": "安委办工作人员",
        "attendees": "约谈人、约谈对象、行业主管部门、应急管理局",
        "circulated": "通报逾期情况、复查记录及法律责任",
        "explanation": "设备到货延迟，已落实临时防护措施",
        "commitment": "按最终期限完成整改并报告",
        "signature": "signed",
    }
    if _is_undecided(scene):
        return held | {f"decision_{part}": _decision_day() for part in _DECIDERS}
    if not _has_date(scene):
        held["final_date"] = scene.today(_FINAL_DAYS)
    return held


def _decision_day() -> str:
    """Return a working day of the week that follows; a long holiday has none."""
    calendar = WorkingCalendar.of(working_days.seeded_days())
    today = clock.beijing_date(clock.now())
    days = [today + timedelta(days=n) for n in (2, 3, 4, 5, 6, 7, 1, 0)]
    return next(filter(calendar.is_workday, days), days[0]).isoformat()


def _is_undecided(scene: Scene) -> bool:
    """Whether the authority owes its answer; a returned request is with the enterprise."""
    asked = scene.document["extension_requests"]
    pending: bool = scene.document["extension_pending"]
    return pending and asked[-1]["status"] == "pending"


def _has_date(scene: Scene) -> bool:
    """Whether a date is in force or the hazard was found done, so that none is fixed."""
    dates = [d for d in scene.document["deadlines"] if d["kind"] in ("rectification", "final")]
    awaited = any(d["state"] in ("live", "held") for d in dates)
    return awaited or scene.document["phase"] in ("striking_off", "struck_off")


INTERVIEW: Mapping[str, Answer] = {
    "talk": lambda _: {
        "talked_at": clock.beijing(clock.now()).isoformat(),
        "spoken_to": "企业主要负责人",
        "record": "提醒立即整改，说明再次逾期的后果",
    },
    "propose_host": lambda _: {"reason": "按判定表建议"},
    "confirm_host": lambda _: {},
    "schedule": _scheduled,
    "hold": _held,
    "fix_final": lambda scene: {"final_date": scene.today(_FINAL_DAYS)},
    "report": lambda _: {"text": "设备已到货并安装，正在调试，附现场照片"},
}
"""What is typed into each task's form, by element; the rest is filled in already."""
