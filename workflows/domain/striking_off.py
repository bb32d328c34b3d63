"""Strike-off by the bodies of the level, after a verification; never automatic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Incident
from engine.ports import Completion, Context, TaskFacts
from workflows.domain import deadline as acts
from workflows.domain import enforcement_entries as enforcement
from workflows.domain import extension_requests as requests
from workflows.domain import interview_entries as interviews
from workflows.domain import raise_proposals, void_proposals
from workflows.domain.hazard_case import DUTIES_OF_EXPIRY, HazardCase
from workflows.domain.levels import ENDING_DUTIES

_ACT_OF = {
    "finder_body": "strike_off.finder",
    "industry_department": "strike_off.industry_department",
    "park_command": "strike_off.park_command",
    "emergency_bureau": "strike_off.emergency_bureau",
}


def decided(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take one body's word; a return sends the case back to the recheck and drops the others'."""
    decision = str(data["decision"])
    word = {
        "act": task.act,
        "decision": decision,
        "opinion": data.get("opinion"),
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "round": case.round,
        "standing": decision == "agree",
    }
    earlier = case.data["strike_offs"]
    if decision != "agree":
        earlier = [{**one, "standing": False} for one in earlier]
        case.enter("rechecking")
    case.data["strike_offs"] = [*earlier, word]
    return Completion({"decision": decision}, decision)


def struck_off(case: HazardCase, context: Context) -> None:
    """Close the case as rectified; refuse unless every body of the level has agreed."""
    needed = case.basis.rules.words(f"closure.strike_off.{case.level}")
    standing = {one["act"] for one in case.data["strike_offs"] if one["standing"]}
    missing = [body for body in needed if _ACT_OF[body] not in standing]
    verified = [one for one in case.data["rechecks"] if one["verdict"] == "pass"]
    if missing or not verified:
        raise Incident(
            f"Expected a passed recheck and the consent of {', '.join(needed)}, "
            f"but {', '.join(missing) or 'the recheck'} is missing",
            "未经复查合格及有关单位同意，不得销号",
        )
    leave(case, "struck_off", context)


def leave(case: HazardCase, exit_name: str, context: Context) -> None:
    """Take the case out by an exit: what is still awaited of anybody ends.

    Strike-off leaves interviews and enforcement as they are: the date passed all the same.
    """
    kept_kinds = () if exit_name in ENDING_DUTIES else DUTIES_OF_EXPIRY
    for deadline in case.deadlines:
        if deadline.running and deadline.kind not in kept_kinds:
            acts.end(deadline, "voided", context.actor.id, context.now, exit_name)
    kept = case.data["exit"] or {"by": context.actor.id, "reason": None}
    case.data["exit"] = {**kept, "kind": exit_name, "at": context.now.isoformat()}
    requests.end_open(case.data, context.now)
    raise_proposals.end_open(case.data, context.now)
    void_proposals.end_open(case.data, context.now)
    if exit_name in ENDING_DUTIES:
        _end_duties(case, exit_name, context)
    case.enter(exit_name)
    context.journal.record(f"case.{exit_name}", {"state": exit_name, "round": case.round})


def _end_duties(case: HazardCase, exit_name: str, context: Context) -> None:
    """Take along what was not held, not decided or not carried out."""
    for number in interviews.lapse_unheld(case.data, context.now, exit_name):
        context.journal.record("interview.lapsed", {"interview": number, "cause": exit_name})
    for number in enforcement.end_open(case, exit_name, context.now):
        context.journal.record("enforcement.lapsed", {"number": number, "cause": exit_name})
