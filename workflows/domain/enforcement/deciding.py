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

_WHY = {
    entries.SECOND: ("a second expiry", "期限再次届满"),
    entries.NO_SHOW: ("a no-show at the interview", "约谈对象无故缺席约谈"),
}
"""Why not to pursue is no answer."""

_MAJOR_ONLY = {
    "stop_measures": ("stop measures", "停产停业"),
    "power_cut": ("a power cut", "停止供电"),
}


def decided(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the decision; what is refused is said at its field."""
    entry = entries.weighed(case, entries.of(case, task.token))
    pursue = data["pursue"] == "yes"
    chosen = [name for name in entries.MEASURES if pursue and data.get(name) is True]
    if not pursue:
        _check_may_let_be(entry["grounds"])
    _check(case, pursue=pursue, chosen=chosen)
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
    known = [str(row.due_date) for row in entries.countable_rows(case, entry)]
    days = spoken(context, "、".join(known), ", ".join(known))
    grounds = entries.grounds(case, entry)
    if grounds:
        english, chinese = _said(grounds)
        days += spoken(
            context, f"（{chinese}，必须执法）", f" ({english}: enforcement is mandatory)"
        )
    return {"expiries": days, "counters": penalties.sentence(case, context)}


def _said(grounds: list[str]) -> tuple[str, str]:
    return (
        " and ".join(_WHY[one][0] for one in grounds),
        "、".join(_WHY[one][1] for one in grounds),
    )


def _check_may_let_be(grounds: list[str]) -> None:
    if grounds:
        english, chinese = _said(grounds)
        raise Invalid.at(
            "pursue",
            f"Expected enforcement after {english}, but it is not pursued",
            f"{chinese}，必须执法，不得不予执法",
        )


def _check(case: HazardCase, *, pursue: bool, chosen: list[str]) -> None:
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
