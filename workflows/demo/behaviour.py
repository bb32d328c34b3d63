"""What the people of the demonstration zone type, and how long they take.

Answers are short and plausible; the delays give a zone in which most hazards are struck
off in time, some are late and some wait for somebody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine import clock
from engine.store.queries import TaskRow
from workflows.demo import extending
from workflows.demo.enforcing import ENFORCEMENT
from workflows.demo.extending import EXTENSION
from workflows.demo.interviewing import INTERVIEW, recorded_at
from workflows.demo.listing import LISTING
from workflows.demo.scene import Answer, Scene


def _level(scene: Scene) -> dict[str, Any]:
    level = scene.level
    if level == "major":
        return {"level": level, "criterion": scene.criterion, "reason": "符合判定标准"}
    return {"level": level, "reason": "按判定表建议"}


def _agreed_level(scene: Scene) -> dict[str, Any]:
    return {"decision": "agree", "criterion": scene.criterion}


def _served(scene: Scene) -> dict[str, Any]:
    served = {
        "document_kind": "notice",
        "requirements": "按隐患描述整改到位，整改后提交前后对比照片",
        "service_method": "direct",
        "recipient": "单位主要负责人",
        "served_at": clock.now().isoformat(),
    }
    if scene.level != "general":
        served["interim_measures"] = "整改期间停用相关设备，专人看守并设置警示标志"
    return served


def _plan(scene: Scene) -> dict[str, Any]:
    return {
        "responsible": "主要负责人，安全管理部",
        "measures": "采购并安装所缺装置，调试合格后投入使用",
        "funds": 12.5,
        "funds_source": "安全生产费用",
        "finish_date": scene.today(),
        "contingency": "异常时立即停机断电，人员撤至集合点",
    }


def _rectified(scene: Scene) -> dict[str, Any]:
    return {
        "done": "已按要求整改完毕，并对同类问题自查",
        "photos_before": [scene.photo("before")],
        "photos_after": [scene.photo("after")],
        "cost": round(scene.chance.uniform(0, 6), 1),
    }


def _rechecked(scene: Scene) -> dict[str, Any]:
    method = "desk" if scene.level == "general" else "visit"
    if scene.chance.random() < FAILED_RECHECK:
        items = [{"item": "文书所列问题", "state": "partly"}]
        opinion = "现场仍有一处未整改到位"
        return {"method": method, "items": items, "result": "fail", "opinion": opinion}
    found = {
        "method": method,
        "items": [{"item": "文书所列问题", "state": "done"}],
        "result": "pass",
    }
    if method == "visit":
        found["photos"] = [scene.photo("after")]
    return found


def _checked_at_expiry(scene: Scene) -> dict[str, Any]:
    if scene.chance.random() < FOUND_DONE_AT_EXPIRY:
        return {"result": "pass"}
    return {"result": "fail", "opinion": "到期核查时设备尚未到货，未整改到位"}


ANSWERS: Mapping[str, Answer] = {
    "confirm_level": _level,
    "propose_major": _level,
    "second_proposal": lambda _: {"decision": "agree"},
    "confirm_major": _agreed_level,
    "serve_order": _served,
    "submit_plan": _plan,
    "post_notice": lambda s: {
        "place": "厂区大门公示栏",
        "posted_on": s.today(),
        "photos": [s.photo("notice")],
    },
    "rectify": _rectified,
    "expiry_recheck": _checked_at_expiry,
    "recheck": _rechecked,
    "recheck_second": lambda _: {"decision": "agree"},
    "recheck_expert": lambda _: {"result": "pass", "opinion": "现场核验符合要求"},
    "strike_finder": lambda _: {"decision": "agree"},
    "strike_department": lambda _: {"decision": "agree"},
    "strike_park": lambda _: {"decision": "agree"},
    "strike_bureau": lambda _: {"decision": "agree"},
    "second_raise": lambda _: {"decision": "agree", "reason": "现场复核情况属实"},
    "decide_raise": lambda _: {"decision": "refuse", "reason": "事实与判定标准条款不符"},
    "decide_void": lambda _: {"decision": "refuse", "reason": "现场复核确有隐患"},
    **LISTING,
    **EXTENSION,
    **INTERVIEW,
    **ENFORCEMENT,
}
"""What is typed into each task's form, by element."""

FAILED_RECHECK = 0.05
"""Of first rechecks 5 % fail (volumes of a city-year)."""
FOUND_DONE_AT_EXPIRY = 0.3

_RECTIFY_HOURS = {"general": (3, 20), "larger": (40, 150), "major": (100, 260)}
_LATE = {"general": 0.01, "larger": 0.25, "major": 0.4}
"""More often late than in a real zone, so that a visitor sees what then happens."""
_LATE_HOURS = {"general": (80, 120), "larger": (380, 700), "major": (420, 900)}
_EXTENDED_HOURS = {"larger": (220, 430), "major": (420, 640)}
"""Who asked for an extension needs it; some are late even so."""
_OFFICE_HOURS = (1, 9)
_SPANS = {"sign_park": (2, 26), "sign_department": (2, 40), "sign_leader": (4, 30)}
"""Signatories mostly sign within a day."""


def delay(task: TaskRow, scene: Scene) -> timedelta:
    """Return how long the person takes from the opening of a task."""
    chance = scene.chance
    if task.element == "hold":
        return recorded_at(scene.document) - task.opened_at
    if task.element != "rectify":
        return timedelta(hours=chance.uniform(*_SPANS.get(task.element, _OFFICE_HOURS)))
    if extending.asks(task.case_id, scene.document):
        return timedelta(hours=chance.uniform(*_EXTENDED_HOURS[scene.level]))
    late = chance.random() < _LATE[scene.level]
    span = (_LATE_HOURS if late else _RECTIFY_HOURS)[scene.level]
    return timedelta(hours=chance.uniform(*span))
