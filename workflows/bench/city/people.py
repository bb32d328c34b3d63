"""What the people of the city type and how long they take, at a city's pace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from engine import clock
from engine.store.queries import TaskRow
from workflows.bench.city.fate import Fate
from workflows.demo import extending
from workflows.demo.behaviour import ANSWERS, delay
from workflows.demo.scene import Scene

AS_FILLED_IN = frozenset({"confirm_level", "rectify", "recheck", "strike_finder", "recheck_second"})
"""Tasks whose answer leaves nothing to what the page fills in, so that the page is not drawn."""

_SILENT_DAYS = 8
_MORNING = time(10)
_QUICK_HOURS = 20


def answer(task: TaskRow, scene: Scene, fate: Fate) -> dict[str, Any]:
    """Return what is typed into the form of a task."""
    found = ANSWERS[task.element](scene)
    if task.element == "serve_order":
        return found | _paper(scene, fate)
    if task.element in ("sign_park", "sign_department"):
        if fate.refused:
            return {"decision": "refuse", "opinion": "可改用现货替代，按原期限完成"}
        return {"decision": "agree", "order_reply": "agree"}
    if task.element == "decide_void":
        return {"decision": "agree", "reason": "现场复核，登记有误"}
    return found


def wait(task: TaskRow, scene: Scene, fate: Fate) -> timedelta:
    """Return how long the person takes from the opening of a task."""
    if task.element == "rectify":
        again = scene.document["round"] > 1
        return timedelta(hours=fate.hours / 3 if again else fate.hours)
    if task.element == "sign_park" and fate.silent:
        return timedelta(days=_SILENT_DAYS)
    if scene.level == "general" and task.element not in ("talk", "hold"):
        return timedelta(hours=scene.chance.uniform(0.05, 1.5))
    return delay(task, scene)


def asks_at(document: Mapping[str, Any], fate: Fate) -> datetime | None:
    """Return when the enterprise asks for an extension; None if not, or not any more."""
    asked = document["extension_requests"]
    if document["phase"] != "rectifying" or document["extension_pending"]:
        return None
    if len(asked) >= fate.asks or any(one["effective_at"] is None for one in asked):
        return None
    running = [
        one
        for one in document["deadlines"]
        if one["kind"] == "rectification" and one["state"] == "live"
    ]
    if not running:
        return None
    due = date.fromisoformat(running[-1]["due_date"])
    return datetime.combine(due - timedelta(days=4), _MORNING, clock.BEIJING)


def asked(scene: Scene) -> dict[str, Any]:
    """Return what the enterprise types into its request."""
    return extending.asked(scene)


def _paper(scene: Scene, fate: Fate) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    if scene.level == "general":
        days = 1 if fate.hours < _QUICK_HOURS else 3
        changed = {"due_date": scene.today(days), "reason": "需外购配件，当场不能完成"}
    if fate.service_refused:
        changed |= {"service_method": "refused_witnessed", "witnesses": "社区干部甲、社区干部乙"}
    return changed
