"""The measures that were chosen, each recorded by whom the law lets order it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from engine.errors import Invalid
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import enforcement_entries as entries
from workflows.domain import evidence, instants
from workflows.domain.enforcement import penalties, undone
from workflows.domain.hazard_case import HazardCase


def stopped(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the order to evacuate, stop production or stop using, by two officers at least."""
    if undone.is_chosen(data):
        undone.check_head_overruled(case)
        return undone.left(case, task, "stop_measures", data, context)
    undone.check_ground(case, "measure")
    officers = [dict(one) for one in data.get("officers") or ()]
    need = case.basis.rules.whole("enforcement.officers_min")
    if len({str(one.get("certificate")) for one in officers}) < need:
        raise Invalid.at(
            "officers",
            f"Expected {need} officers with their certificates, but there are fewer",
            f"须由{need}名以上执法人员作出，并填写执法证号",
        )
    found = _chosen(data, "measure", "scope", "ground") | {"officers": officers}
    return _keep(case, task, "stop_measures", found | _photos(case, data, context), context)


def penalised(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the penalty with its basis and amount, and the counters as they stood."""
    if not data["amount"] > 0:
        raise Invalid.at(
            "amount", "Expected an amount above zero, but it is not", "罚款金额须大于零"
        )
    before = penalties.counted(case, context)
    found = _chosen(data, "basis", "facts", "paper_number") | {
        "amount": str(data["amount"]),
        "counters": {str(days): count for days, count in before.items()},
    }
    return _keep(case, task, "penalty", found | _photos(case, data, context), context)


def power_cut(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the head's notice to cut the power; the enterprise knows before, save in danger."""
    if undone.is_chosen(data):
        return undone.left(case, task, "power_cut", data, context)
    undone.check_ground(case, "danger")
    cut_at = instants.entered(data["cut_at"], "cut_at")
    _check_stopped(case, cut_at)
    emergency = data.get("emergency") is True
    noticed = (
        None
        if emergency
        else instants.not_future(data.get("noticed_at"), "noticed_at", context.now)
    )
    hours = case.basis.rules.whole("enforcement.power_cut_notice_hours")
    if noticed is not None and cut_at < noticed + timedelta(hours=hours):
        raise Invalid.at(
            "cut_at",
            f"Expected the cut {hours} hours after the notice at the earliest, but it is sooner",
            f"除紧急情况外，须提前{hours}小时通知企业",
        )
    found = _chosen(data, "supplier", "refusal", "danger") | {
        "cut_at": cut_at.isoformat(),
        "noticed_at": noticed.isoformat() if noticed else None,
        "emergency": emergency,
    }
    return _keep(case, task, "power_cut", found, context)


def _check_stopped(case: HazardCase, cut_at: datetime) -> None:
    """What is cut is what did not stop: a decision to stop was made before, even in danger."""
    stopped_at = instants.optional(entries.stopped_at(case))
    if stopped_at is None:
        raise Invalid.at(
            "refusal",
            "Expected a decision to stop that was not obeyed, but there is none",
            "须先作出并送达停产停业、停止使用等决定，企业拒不执行的，方可停止供电",
        )
    if cut_at < stopped_at.replace(second=0, microsecond=0):
        raise Invalid.at(
            "cut_at",
            f"Expected the cut after the decision to stop of {instants.said(stopped_at)}, "
            "but it is sooner",
            "停止供电不得早于停止措施决定",
        )


def _chosen(data: Mapping[str, Any], *names: str) -> JsonMap:
    return {name: data.get(name) for name in names}


def _photos(case: HazardCase, data: Mapping[str, Any], context: Context) -> JsonMap:
    given = data.get("photos") or ()
    return {"evidence": evidence.attach(context.session, given, case.id, context)}


def _keep(
    case: HazardCase, task: TaskFacts, name: str, found: JsonMap, context: Context
) -> Completion:
    entry = entries.of(case, task.token)
    done = {"by": context.actor.id, "at": context.now.isoformat(), **found}
    entries.keep(case, {**entry, name: done})
    return Completion({}, None)
