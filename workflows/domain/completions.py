"""What each human task writes into the case, by its act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import Incident
from engine.operations import OWN
from engine.ports import Completion, Context, TaskFacts
from workflows.domain import (
    grading,
    listing_progress,
    listing_publication,
    own_acts,
    raising,
    rechecking,
    rectifying,
    serving,
    striking_off,
    voiding,
)
from workflows.domain.enforcement import registered as enforcement
from workflows.domain.extension import registered as extension
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview import registry as interview
from workflows.domain.papers import steps as papers

Complete = Callable[[HazardCase, TaskFacts, Mapping[str, Any], Context], Completion]

COMPLETIONS: dict[str, Complete] = {
    "level.propose": grading.named,
    "level.second": grading.seconded,
    "level.confirm": grading.decided,
    "order.serve": serving.served,
    "plan.submit": rectifying.planned,
    "notice.post": rectifying.posted,
    "rectify.report_done": rectifying.reported,
    "recheck.at_expiry": rechecking.at_expiry,
    "recheck.submit": rechecking.submitted,
    "recheck.second": rechecking.seconded,
    "recheck.expert": rechecking.examined,
    "strike_off.finder": striking_off.decided,
    "strike_off.industry_department": striking_off.decided,
    "strike_off.park_command": striking_off.decided,
    "strike_off.emergency_bureau": striking_off.decided,
    "listing.grade1": listing_publication.published_by,
    "listing.grade2": listing_publication.published_by,
    "listing.progress": listing_progress.reported,
    "listing.note": listing_progress.noted,
    "listing.remove": listing_publication.removed,
    "raise.second": raising.seconded,
    "raise.decide": raising.decided,
    "void.decide": voiding.decided,
    **interview.COMPLETIONS,
    **extension.COMPLETIONS,
    **enforcement.COMPLETIONS,
}

_DEFAULTS: dict[str, Callable[[HazardCase, TaskFacts, Context], dict[str, Any]]] = {
    **rechecking.DEFAULTS,
    **interview.DEFAULTS,
    **enforcement.DEFAULTS,
    "raise.second": raising.shown,
    "raise.decide": raising.shown,
    "void.decide": voiding.shown,
}


def complete(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Write a completed task into the case."""
    if task.act.startswith(OWN):
        return own_acts.completed(task, context)
    found = COMPLETIONS.get(task.act)
    if found is None:
        raise Incident(
            f"Expected a known act, but task {task.element} names {task.act!r}",
            f"任务 {task.element} 的办理事项 {task.act} 无效",
        )
    done = found(case, task, data, context)
    enforcement.after_task(case, task.act)
    papers.after_task(case, task.act, task.token, context)
    return done


def defaults(case: HazardCase, task: TaskFacts, context: Context) -> dict[str, Any]:
    """Return what a task's form starts with."""
    if task.act == "order.serve":
        return serving.proposal(case, context.now)
    if task.act in ("listing.grade2", "listing.remove"):
        return listing_publication.noticed(case, task, context)
    if task.act in _DEFAULTS:
        return _DEFAULTS[task.act](case, task, context)
    if task.act in ("level.propose", "level.confirm"):
        level = task.token.get("level") or task.token.get("proposed") or case.data["proposed_level"]
        return {"level": level, "criterion": case.data["criterion"]}
    own = extension.DEFAULTS.get(task.act)
    return own(case, task) if own else {}
