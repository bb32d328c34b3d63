"""The bureau head's decision: to pursue or not, with reasons, and by which measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from engine.ports import Completion, Context, TaskFacts
from workflows.domain import enforcement_entries as entries
from workflows.domain.enforcement import penalties
from workflows.domain.hazard_case import HazardCase
from workflows.domain.language import spoken

_MAJOR_ONLY = {
    "stop_measures": ("stop measures", "停产停业"),
    "power_cut": ("a power cut", "停止供电"),
}


def decided(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the decision; what is refused is said at its field."""
    entry = entries.of(case, task.token)
    pursue = data["pursue"] == "yes"
    chosen = [name for name in entries.MEASURES if pursue and data.get(name) is True]
    _check(case, entry, pursue=pursue, chosen=chosen)
    decision = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "pursue": pursue,
        "reason": data["reason"],
        "measures": chosen,
    }
    entry = {**entry, "decision": decision}
    if "referral" in chosen:
        entry["referral"] = _referral()
    entries.keep(case, entry)
    flags = {"pursue": data["pursue"], **{name: name in chosen for name in entries.MEASURES}}
    return Completion(flags, "pursue" if pursue else "not_pursued")


def defaults(case: HazardCase, task: TaskFacts, context: Context) -> dict[str, Any]:
    """Return what the decision rests on: which dates passed, and the penalties so far."""
    entry = entries.of(case, task.token)
    known = [str(row.due_date) for row in entries.expired_rows(case, entry)]
    days = spoken(context, "、".join(known), ", ".join(known))
    if entry["mandatory"]:
        second = "（再次届满，必须执法）", " (second expiry: enforcement is mandatory)"
        days += spoken(context, *second)
    return {"expiries": days, "counters": penalties.sentence(case, context)}


def _check(case: HazardCase, entry: Mapping[str, Any], *, pursue: bool, chosen: list[str]) -> None:
    if entry["mandatory"] and not pursue:
        raise Invalid.at(
            "pursue",
            "Expected enforcement after a second expiry, but it is not pursued",
            "期限再次届满，必须执法，不得不予执法",
        )
    if pursue and not chosen:
        raise Invalid.at(
            "pursue", "Expected at least one measure, but there is none", "请至少选择一项措施"
        )
    for name in chosen:
        if name in _MAJOR_ONLY and case.level != "major":
            english, chinese = _MAJOR_ONLY[name]
            raise Invalid.at(
                name,
                f"Expected a major hazard for {english}, but it is {case.level}",
                f"只有重大隐患可以采取{chinese}措施",
            )
    if "power_cut" in chosen and not ("stop_measures" in chosen or entries.stopped_at(case)):
        raise Invalid.at(
            "power_cut",
            "Expected stop measures before a power cut, but none are chosen or in force",
            "停止供电以停产停业、停止使用等决定拒不执行为前提，请一并选择停止措施",
        )
    if "referral" in chosen and entries.referral_under_way(case):
        raise Invalid.at(
            "referral",
            "Expected no referral under way, but the elements are being checked",
            "已有移送核查正在办理",
        )


def _referral() -> dict[str, Any]:
    return {
        "elements": [],
        "officers": [],
        "decided_by": None,
        "decided_at": None,
        "refer": None,
        "reason": None,
        "handed_over_at": None,
        "receipt": None,
    }
