"""Re-grading: upward the paper is replaced, downward only before expiry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.errors import Conflict, Incident, Invalid
from engine.ports import Completion, Context, JsonMap
from workflows.domain import deadline as acts
from workflows.domain import enforcement_entries as enforcements
from workflows.domain import extension_requests as requests
from workflows.domain import listing
from workflows.domain.hazard_case import DUTIES_OF_EXPIRY, HazardCase
from workflows.domain.levels import ACTIVE, LEVELS, STATE_NAMES, rank


def check_running(case: HazardCase) -> None:
    """Refuse to re-grade while no paper is in force."""
    if case.phase not in ACTIVE:
        _, en = STATE_NAMES[case.phase]
        raise Conflict(f"Expected a paper in force, but the case is {en}", "整改文书送达后方可办理")


def raised(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Raise a general hazard to larger; to major it takes three persons."""
    level = str(data["level"])
    if level != "larger" or rank(level) <= rank(case.level):
        raise Invalid.at(
            "level", f"Expected to raise to larger, but it is {level}", "只能升为较大隐患"
        )
    decide(case, level, "", data, context)
    return Completion({}, level)


def decide(
    case: HazardCase, level: str, criterion: str, data: Mapping[str, Any], context: Context
) -> JsonMap:
    """Keep the decision to raise the level, which the root process carries out."""
    case.data["raising"] = {
        "level": level,
        "criterion": criterion,
        "reason": data.get("reason"),
        "by": context.actor.id,
        "at": context.now.isoformat(),
    }
    return dict(case.data["raising"])


def replace_order(case: HazardCase, context: Context) -> None:
    """Close the old paper's dates with cause `upgraded`; a new paper is to be served.

    The duties that an expiry has brought about do not lapse: they stand with their own dates.
    """
    raising = case.data["raising"]
    if raising is None:
        raise Incident("Expected a decision to raise the level, but there is none", "没有升级决定")
    reason = str(raising["reason"] or "")
    for deadline in case.deadlines:
        if deadline.kind in DUTIES_OF_EXPIRY:
            continue
        if deadline.running or (deadline.state == "expired" and deadline.round == case.round):
            acts.end(deadline, "upgraded", raising["by"], context.now, reason)
    case.data["grading"] = [*case.data["grading"], {"act": "level.raise", **raising}]
    case.data["criterion"] = raising["criterion"] or case.data["criterion"]
    case.data["raising"] = None
    requests.forget_force(case.data, context.now)
    enforcements.weigh_anew(case)
    case.data["order"] = None
    case.data["recheck"] = None
    case.data["failed_items"] = {}
    case.data["interviewed"] = False
    case.data["done_at"] = None
    case.data["strike_offs"] = [{**one, "standing": False} for one in case.data["strike_offs"]]
    case.data["level"] = raising["level"]
    _serve_anew(case, context)


def lowered(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Lower the level; dates stand, because nothing but a lawful cause moves one."""
    level = str(data["level"])
    if level not in LEVELS or rank(level) >= rank(case.level):
        raise Invalid.at(
            "level", f"Expected a level below {case.level}, but it is {level}", "须低于现等级"
        )
    if not data.get("expert_opinion"):
        raise Invalid.at(
            "expert_opinion", "Expected an expert opinion, but there is none", "降级须有专家意见"
        )
    step = {
        "act": "level.lower",
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "level": level,
        "expert_opinion": data["expert_opinion"],
        "reason": data.get("reason"),
    }
    case.data["grading"] = [*case.data["grading"], step]
    case.data["level"] = level
    listing.downgraded(case, context)
    return Completion({}, level)


def check_before_expiry(case: HazardCase, context: Context) -> None:
    """Refuse to lower a level once the date has passed."""
    running = case.running("rectification")
    passed = running is not None and running.due_at <= context.now
    if case.expired is not None or passed:
        raise Conflict(
            "Expected to lower a level before its date, but the date has passed",
            "期限已届满，不能降级",
        )


def _serve_anew(case: HazardCase, context: Context) -> None:
    case.enter("ordered")
    if f"serve.sla.{case.level}" in case.basis.rules.values:
        begin = case.begin(context.now, context.actor.id, context.now)
        case.start("serve", replace(begin, event="level_raised"))
