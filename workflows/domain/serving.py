"""Serving the notice or order: the printed date governs, and the clock starts at service."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from engine import clock
from engine.errors import Invalid
from engine.ports import Completion, Context, TaskFacts
from workflows.domain import deadline as acts
from workflows.domain import deadlines, instants, numbering, zone
from workflows.domain.deadlines import Start
from workflows.domain.hazard_case import HazardCase

WITNESSED = ("left", "public", "refused_witnessed")
_KEPT = (
    "document_kind",
    "service_method",
    "recipient",
    "witnesses",
    "requirements",
    "interim_measures",
    "reason",
)


def served(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Record service of a paper and start the dates that hang on it."""
    kind = str(data.get("document_kind") or "notice")
    served_at = _served_at(case, data, context)
    _check_issuer(case, kind, context)
    _check_witnesses(case, data)
    due = _due(case, data, served_at)
    case.data["round"] = case.round + 1
    begin = _begin(case, served_at, context)
    started = case.start("rectification", begin, due)
    if kind == "order":
        case.start("order", begin, due)
    _finish_serving(case, served_at, context)
    _keep_paper(case, kind, served_at, started.due_date, data, context)
    major = case.level == "major" and not case.data["plan_submitted"]
    case.enter("planning" if major else "rectifying")
    return Completion({}, kind)


def proposal(case: HazardCase, now: datetime) -> dict[str, Any]:
    """Return what the form starts with: the paper, the moment and the date to print."""
    moment = clock.beijing(now).replace(second=0, microsecond=0)
    return {
        "document_kind": "notice",
        "service_method": "direct",
        "served_at": moment.isoformat(),
        "due_date": _proposed(case, _clock_start(case, now)).isoformat(),
    }


def _served_at(case: HazardCase, data: Mapping[str, Any], context: Context) -> datetime:
    served_at = instants.not_future(data.get("served_at") or context.now, "served_at", context.now)
    if served_at < case.found_at:
        raise Invalid.at(
            "served_at",
            f"Expected service after the finding at {instants.said(case.found_at)}, "
            "but it is earlier",
            "送达时间不得早于发现时间",
        )
    raised_at = _raised_at(case)
    if raised_at is not None and served_at < raised_at:
        raise Invalid.at(
            "served_at",
            f"Expected service after the level was raised at {instants.said(raised_at)}, "
            "but it is earlier",
            "送达时间不得早于升级决定时间",
        )
    return served_at


def _raised_at(case: HazardCase) -> datetime | None:
    """When the level was last raised, to the minute, as people enter instants."""
    found = [one["at"] for one in case.data["grading"] if one["act"] == "level.raise"]
    return instants.stored(found[-1]).replace(second=0, microsecond=0) if found else None


def _check_issuer(case: HazardCase, kind: str, context: Context) -> None:
    issuer = zone.body(context, case.body("issuer"))
    if kind == "order" and not issuer.may_order:
        raise Invalid.at(
            "document_kind",
            f"Expected a body with enforcement power, but {issuer.name} has none",
            f"{issuer.name_zh}没有执法权，只能下达整改通知",
        )


def _check_witnesses(case: HazardCase, data: Mapping[str, Any]) -> None:
    if data.get("service_method") not in WITNESSED:
        return
    need = case.basis.rules.whole("serve.witnesses_min")
    text = str(data.get("witnesses") or "")
    names = [name for name in re.split(r"[、,,;;\n]+", text) if name.strip()]
    video = any(word in text.casefold() for word in ("录像", "视频", "video"))
    if len(names) < need and not video:
        raise Invalid.at(
            "witnesses",
            f"Expected {need} witnesses or a video, but there are {len(names)}",
            f"留置、拒收或公告送达须有{need}名见证人或录像",
        )


def _due(case: HazardCase, data: Mapping[str, Any], served_at: datetime) -> date:
    """Return the printed date; a general hazard that takes longer than a day says why."""
    start = _clock_start(case, served_at)
    if not data.get("due_date"):
        return _proposed(case, start)
    due = instants.entered_day(data["due_date"], "due_date")
    served_on = clock.beijing_date(served_at)
    held = _already_printed(case, served_on)
    if held is not None and due > held:
        raise Invalid.at(
            "due_date",
            f"Expected no new time for a level that the hazard has had before: {held} at the "
            f"latest, but it is {due}",
            f"该隐患曾定为同一等级，降级后再升级不重新计算期限，不得晚于 {held}",
        )
    if due < served_on:
        raise Invalid.at(
            "due_date",
            f"Expected a date from the day of service {served_on} on, but it is {due}",
            f"整改期限不得早于送达日 {served_on}",
        )
    usual = timedelta(hours=case.basis.rules.whole("limits.general.immediate_hours"))
    if case.level == "general" and due > served_on + usual and not data.get("reason"):
        raise Invalid.at(
            "reason",
            "Expected a reason for more than 24 hours, but there is none",
            "一般隐患超过24小时的须书面说明理由",
        )
    return due


def _proposed(case: HazardCase, start: datetime) -> date:
    proposed = deadlines.propose(case.basis, case.level, start)
    held = _already_printed(case, clock.beijing_date(start))
    return proposed if held is None else min(proposed, held)


def _already_printed(case: HazardCase, served_on: date) -> date | None:
    """Return the date printed when the hazard had this level before; today if it has passed.

    Lowering a level and raising it again is no way to a new date: only an upgrade to a level
    not held before is a lawful cause (ruling 8).
    """
    rule = f"limits.{case.level}.max"
    printed = [d.due_date for d in case.deadlines if d.kind == "rectification" and d.rule == rule]
    return max(min(printed), served_on) if printed else None


def _clock_start(case: HazardCase, served_at: datetime) -> datetime:
    """A major hazard that its enterprise reported runs from the report, all else from service.

    A paper that comes after those days have run out starts its own: no lawful date could be
    printed on it otherwise, and the enterprise does not answer for a late authority.
    """
    first = not case.data["orders"]
    if first and case.data["source"] == "self" and case.level == "major":
        reported = min(instants.stored(case.data["registered_at"]), served_at)
        last, _ = deadlines.limit(case.basis, "rectification", case.level, reported)
        if served_at < clock.end_of_day(last):
            return reported
    return served_at


def _begin(case: HazardCase, served_at: datetime, context: Context) -> Start:
    return case.begin(_clock_start(case, served_at), context.actor.id, context.now)


def _finish_serving(case: HazardCase, served_at: datetime, context: Context) -> None:
    """The authority's own limit ends here: met, or expired if the paper came late."""
    for limit in case.deadlines:
        if limit.kind != "serve" or not limit.running:
            continue
        if served_at < limit.due_at:
            acts.meet(limit, context.actor.id, served_at, context.now)
        else:
            acts.expire(limit, context.actor.id, context.now, "送达超期")


def _keep_paper(
    case: HazardCase,
    kind: str,
    served_at: datetime,
    due: date,
    data: Mapping[str, Any],
    context: Context,
) -> None:
    year = clock.beijing(served_at).year
    value = numbering.next_number(context.session, case.agency, f"paper.{kind}", year)
    word = "责改" if kind == "order" else "整改"
    prefix = case.basis.rules.number_prefix
    paper = {
        **{name: data.get(name) for name in _KEPT},
        "kind": kind,
        "paper_number": f"{prefix}{word}〔{year}〕第{value}号",
        "issuer": case.body("issuer"),
        "served_by": context.actor.id,
        "served_at": served_at.isoformat(),
        "due_date": due.isoformat(),
        "round": case.round,
    }
    case.data["order"] = paper
    case.data["orders"] = [*case.data["orders"], paper]
