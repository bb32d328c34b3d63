"""How the demonstration asks for extensions in time, signs them and files them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from engine import clock
from workflows.demo.scene import Answer, Scene

REQUEST = "extension.request"

_ASKED = {"larger": 0.35, "major": 0.5}
_DAYS_BEFORE = 4
"""A request is in good time three days before the date; this asks a day earlier still."""
_LONGER = 10
_AGREED = 0.85
_RETURNED = 0.5


def asks(case_id: str, document: Mapping[str, Any]) -> bool:
    """Return whether the enterprise of a case asks for an extension, or has asked."""
    share = _ASKED.get(str(document.get("level")), 0)
    return random.Random(f"{case_id}ask").random() < share  # noqa: S311 a repeatable past


def asked_at(case_id: str, document: Mapping[str, Any]) -> datetime | None:
    """Return when the enterprise asks for its first extension; None if not, or not any more."""
    dates = [d for d in document["deadlines"] if d["kind"] == "rectification"]
    running = [d for d in dates if d["state"] == "live"]
    open_to_it = document["phase"] == "rectifying" and not document["extension_requests"]
    if not (running and open_to_it and asks(case_id, document)):
        return None
    due = date.fromisoformat(running[0]["due_date"])
    return datetime.combine(due - timedelta(days=_DAYS_BEFORE), time(10), clock.BEIJING)


def asked(scene: Scene) -> dict[str, Any]:
    """Return what the enterprise types into its request."""
    running = [d for d in scene.document["deadlines"] if d["kind"] == "rectification"][-1]
    new = date.fromisoformat(running["due_date"]) + timedelta(days=_LONGER)
    return {
        "new_date": new.isoformat(),
        "ground": "procurement",
        "reason": "所需部件为非标定制，供货方书面确认的交货期晚于整改期限",
        "evidence": [scene.photo("contract")],
        "interim_measures": "相关设备停用上锁，每班巡查并记录",
        "milestones": [{"what": "部件到货", "finish_on": (new - timedelta(days=3)).isoformat()}],
    }


def _signed(scene: Scene) -> dict[str, Any]:
    if scene.chance.random() < _AGREED:
        return {"decision": "agree", "order_reply": "agree"}
    if scene.chance.random() < _RETURNED:
        return {"decision": "return", "opinion": "请补充供货方盖章的交货期证明"}
    return {"decision": "refuse", "opinion": "可改用现货替代，按原期限完成"}


EXTENSION: Mapping[str, Answer] = {
    "sign_park": _signed,
    "sign_department": _signed,
    "sign_leader": lambda _: {"decision": "agree"},
    "resubmit": asked,
    "issuer_reply": lambda _: {"decision": "agree", "opinion": "同意延至同一日期"},
    "file": lambda _: {"decision": "file"},
    "amend": lambda _: {"correction": "已补正备案材料"},
    "objection": lambda _: {"decision": "dismiss", "reason": "交货期证明属实"},
}
"""What is typed into each task's form, by element."""
