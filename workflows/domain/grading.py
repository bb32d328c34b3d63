"""Grading: a person names the level; a major one takes two officers and the bureau head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Invalid
from engine.ports import Completion, Context, TaskFacts
from workflows.domain.hazard_case import HazardCase
from workflows.domain.levels import LEVELS


def named(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take a level that one officer names: final unless it is major, which is a proposal."""
    level = str(data["level"])
    if level not in LEVELS:
        raise Invalid.at("level", f"Expected a level, but it is {level!r}", "隐患等级无效")
    criterion = str(data.get("criterion") or "").strip()
    record(case, task.act, context, data)
    if level == "major":
        require_criterion(case, criterion)
        case.data["criterion"] = criterion
        case.data["proposers"] = [context.actor.id]
        case.enter("grading")
    else:
        confirm(case, level, context)
    return Completion({"level": level}, level)


def seconded(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Let a second officer agree with a major level, or return it."""
    decision = str(data["decision"])
    record(case, task.act, context, data)
    case.enter("grading")
    if decision == "agree":
        case.data["proposers"] = [*case.data["proposers"], context.actor.id]
    else:
        case.data["proposers"] = []
    return Completion({"decision": decision}, decision)


def proposed_by_two(case: HazardCase) -> bool:
    """Tell whether two officers stand behind a major level, which the bureau head answers next."""
    return len(case.data["proposers"]) > 1


def decided(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Let one officer name the level, or the bureau head answer the two who proposed a major one.

    The case says which of the two it is: a diagram may call its tasks whatever it likes.
    """
    answer = confirmed if proposed_by_two(case) else named
    return answer(case, task, data, context)


def confirmed(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Let the bureau head confirm a major level with its clause, or return it."""
    decision = str(data["decision"])
    record(case, task.act, context, data)
    if decision != "agree":
        case.data["proposers"] = []
        case.enter("grading")
        return Completion({"decision": decision}, decision)
    criterion = str(data.get("criterion") or case.data["criterion"]).strip()
    require_criterion(case, criterion)
    case.data["criterion"] = criterion
    confirm(case, "major", context)
    return Completion({"decision": decision, "level": "major"}, decision)


def confirm(case: HazardCase, level: str, context: Context) -> None:
    """Fix the level and start the authority's own limit for serving the paper."""
    case.data["level"] = level
    case.enter("ordered")
    if f"serve.sla.{level}" in case.basis.rules.values:
        found_at = case.found_at
        case.start("serve", case.begin(found_at, context.actor.id, context.now))


def require_criterion(case: HazardCase, criterion: str) -> None:
    """Refuse a major level without its clause; a printed 待核 counts as one to be checked."""
    if case.basis.rules.flag("grading.criterion_for_major") and not criterion:
        raise Invalid.at(
            "criterion",
            "Expected the clause that makes the hazard major, but there is none",
            "重大隐患须载明判定依据条款",
        )


def record(case: HazardCase, act: str, context: Context, data: Mapping[str, Any]) -> None:
    """Keep who graded what, when and why."""
    kept = {
        name: data.get(name) for name in ("level", "decision", "criterion", "reason", "opinion")
    }
    step = {"act": act, "by": context.actor.id, "at": context.now.isoformat(), **kept}
    case.data["grading"] = [*case.data["grading"], step]
