"""What the bureau of the demonstration decides after an expiry, and how it carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine import clock
from workflows.demo.scene import Answer, Scene

_PURSUED = 0.4
_FINE = 20_000
_NOTICE_AHEAD = timedelta(hours=25)
_ELEMENTS = ("named_criterion", "served_order", "refusal", "actual_danger")

_LEFT_UNDONE = {
    "not_carried_out": True,
    "not_carried_out_reason": "隐患已降级或消除，已无采取该措施的必要",
}


def _decided(scene: Scene) -> dict[str, Any]:
    pursued = scene.chance.random() < _PURSUED
    if not pursued and not _mandatory(scene):
        return {"pursue": "no", "reason": "设备已到货，企业已落实防护措施，限期内可完成整改"}
    return {"pursue": "yes", "reason": "未按期消除隐患，且无正当理由", "penalty": True}


def _mandatory(scene: Scene) -> bool:
    return any(one["mandatory"] for one in _entries(scene))


def _entries(scene: Scene) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = scene.document["enforcements"]
    return found


def _ground_gone(scene: Scene) -> bool:
    return scene.level != "major" or bool(scene.document["phase"] == "struck_off")


def _penalty(scene: Scene) -> dict[str, Any]:
    return {
        "basis": "102",
        "amount": _FINE,
        "facts": "整改期限届满，复查时隐患仍未消除",
        "paper_number": f"应急罚〔{scene.today()[:4]}〕{scene.chance.randint(10, 99)}号",
    }


def _stop_measures(scene: Scene) -> dict[str, Any]:
    if _ground_gone(scene):
        return _LEFT_UNDONE
    return {
        "measure": "stop_use",
        "scope": "存在隐患的设备",
        "ground": "隐患未消除前不能保证安全",
        "officers": [
            {"name": "执法员一", "certificate": "A-001"},
            {"name": "执法员二", "certificate": "A-002"},
        ],
    }


def _power_cut(scene: Scene) -> dict[str, Any]:
    if _ground_gone(scene) or not any(one["stop_measures"] for one in _entries(scene)):
        return _LEFT_UNDONE
    now = clock.beijing(clock.now())
    return {
        "supplier": "园区供电所",
        "refusal": "责令停止使用后仍在使用",
        "danger": "设备失控可能造成人员伤亡",
        "noticed_at": now.isoformat(),
        "cut_at": (now + _NOTICE_AHEAD).isoformat(),
    }


def _checked(_scene: Scene) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for element in _ELEMENTS:
        found |= {f"{element}_met": "not_met", f"{element}_note": "现有材料不足以认定"}
    return found


ENFORCEMENT: Mapping[str, Answer] = {
    "decide": _decided,
    "penalty": _penalty,
    "stop_measures": _stop_measures,
    "power_cut": _power_cut,
    "check_elements": _checked,
    "check_second": lambda _: {"decision": "agree"},
    "refer": lambda _: {"refer": "no", "reason": "四要素不全，不移送"},
    "hand_over": lambda _: {
        "police": "公安分局",
        "receipt_number": "收案1号",
        "handed_over_at": clock.beijing(clock.now()).isoformat(),
    },
}
"""What is typed into each task's form, by element. Nobody refers a case by chance."""
