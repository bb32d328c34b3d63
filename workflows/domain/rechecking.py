"""Verification by level, always by someone other than who rectified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.errors import Incident, Invalid
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import deadline as acts
from workflows.domain import evidence, instants
from workflows.domain.extension import lapsing
from workflows.domain.hazard_case import ENTERPRISE_DATES, HazardCase

_DATES = (*ENTERPRISE_DATES, "final")
_WHOLE = "*"
"""The item that stands for the whole hazard where the recheck names none."""

_LONGEST = 200
"""Letters of an item, as the form takes them."""


def _proposal(case: HazardCase, _task: TaskFacts, _context: Context) -> dict[str, Any]:
    """Begin with what is looked at: the items that failed before, else the hazard itself."""
    if case.level == "general":
        return {}
    failed = [name for name in case.data["failed_items"] if name != _WHOLE]
    named = failed or [case.data["description"][:_LONGEST]]
    return {"items": [{"item": one} for one in named]}


def submitted(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the lead officer's findings, item by item."""
    result = str(data["result"])
    items = list(data.get("items") or [])
    _check_items(result, items)
    _check_visit(case, data)
    _check_record(case, result, items, data)
    case.data["recheck"] = {
        "kind": "report",
        "round": case.round,
        "method": data.get("method"),
        "result": result,
        "items": items,
        "opinion": data.get("opinion"),
        "photos": evidence.attach(context.session, data.get("photos") or (), case.id, context),
        "lead": context.actor.id,
        "lead_at": context.now.isoformat(),
        "second": None,
        "expert": None,
        "expert_result": None,
    }
    return Completion({"result": result}, result)


def seconded(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the second officer's own word; a return sends the case to a new recheck."""
    decision = str(data["decision"])
    recheck = _current(case)
    if decision == "agree":
        recheck["second"] = context.actor.id
        recheck["second_at"] = context.now.isoformat()
    else:
        _keep(case, "returned", context)
    flags = {"decision": decision, "result": recheck["result"]}
    return Completion(flags, decision)


def examined(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the expert's finding; an opinion, which a pass of a major hazard needs."""
    result = str(data["result"])
    recheck = _current(case)
    recheck["expert"] = context.actor.id
    recheck["expert_result"] = result
    recheck["expert_opinion"] = data.get("opinion")
    recheck["expert_at"] = context.now.isoformat()
    if context.actor.id not in case.data["experts"]:
        case.data["experts"] = [*case.data["experts"], context.actor.id]
    return Completion({"result": result}, result)


def at_expiry(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take what an officer saw after the date had passed.

    Found done, a general hazard goes to strike-off at once; a larger or major one still
    needs the officers and the expert of its level, so it goes to the recheck.
    """
    result = str(data["result"])
    one = case.basis.rules.whole(f"recheck.officers_min.{case.level}") == 1
    case.data["rechecks"] = [
        *case.data["rechecks"],
        {
            "kind": "expiry",
            "round": case.round,
            "result": result,
            "verdict": result,
            "items": [],
            "opinion": data.get("opinion"),
            "photos": evidence.attach(context.session, data.get("photos") or (), case.id, context),
            "lead": context.actor.id,
            "at": context.now.isoformat(),
        },
    ]
    if result == "pass" and one:
        case.data["done_at"] = context.now.isoformat()
        _verified(case, context)
    elif result == "pass":
        case.data["recheck"] = None
        case.enter("rechecking")
        for deadline in case.of_kind(*_DATES):
            if deadline.state == "live":
                acts.hold(deadline, context.actor.id, context.now, "现场查看已完成，待复查")
        case.start("recheck", case.begin(context.now, context.actor.id, context.now))
    return Completion({"result": result}, result)


def conclude(case: HazardCase, context: Context) -> str:
    """Draw the verdict; refuse to draw one that the level's verifiers do not carry."""
    recheck = _current(case)
    _check_verifiers(case, recheck)
    passed = recheck["result"] == "pass" and recheck["expert_result"] != "fail"
    verdict = "pass" if passed else "fail"
    _keep(case, verdict, context)
    for limit in case.deadlines:
        if limit.kind == "recheck" and limit.running:
            acts.meet(limit, context.actor.id, context.now, context.now)
    if passed:
        _pass(case, context)
    else:
        _fail(case, recheck, context)
    context.journal.record(f"recheck.{verdict}", {"round": case.round, "items": recheck["items"]})
    return verdict


def _pass(case: HazardCase, context: Context) -> None:
    """Date completion at the report, if it stopped the clock and nobody has found it wrong."""
    report = _standing_report(case)
    stopped = report is not None and report["stops_clock"]
    done_at = instants.stored(report["at"]) if report and stopped else _found_done(case)
    done_at = done_at or context.now
    case.data["done_at"] = done_at.isoformat()
    for deadline in case.of_kind(*_DATES):
        if deadline.running and done_at < deadline.due_at:
            acts.meet(deadline, context.actor.id, done_at, context.now)
        elif deadline.running:
            acts.expire(deadline, context.actor.id, context.now, "复查合格时已逾期")
    case.data["failed_items"] = {}
    _verified(case, context)


def _verified(case: HazardCase, context: Context) -> None:
    """What was found fixed goes to strike-off, and asks for no other date any more."""
    case.enter("striking_off")
    lapsing.when_rectified(case, context)


def _found_done(case: HazardCase) -> datetime | None:
    """Return when an officer found it done at expiry, where this recheck confirms just that."""
    verdicts = (one for one in case.data["rechecks"] if one["verdict"] in ("pass", "fail"))
    *before, _ = [one for one in verdicts if one["round"] == case.round]
    if not before or (before[-1]["kind"], before[-1]["verdict"]) != ("expiry", "pass"):
        return None
    doubted = any(
        one["decision"] != "agree" and one["at"] >= before[-1]["at"]
        for one in case.data["strike_offs"]
    )
    return None if doubted else instants.stored(before[-1]["at"])


def _standing_report(case: HazardCase) -> JsonMap | None:
    """Return the last report, unless an officer has looked since and did not find it done.

    Who is found done at expiry, after a report that failed, has not been done since that report.
    """
    if not case.data["reports"]:
        return None
    report: JsonMap = case.data["reports"][-1]
    refuted = (
        instants.stored(one["at"])
        for one in case.data["rechecks"]
        if one["kind"] == "expiry" or one["verdict"] == "fail"
    )
    reported_at = instants.stored(report["at"])
    return None if any(at > reported_at for at in refuted) else report


def _fail(case: HazardCase, recheck: JsonMap, context: Context) -> None:
    """Let the clock run on as if it had never stopped."""
    failed = dict(case.data["failed_items"])
    for name in _failed_names(recheck):
        failed[name] = failed.get(name, 0) + 1
    case.data["failed_items"] = failed
    case.data["done_at"] = None
    for deadline in case.of_kind(*_DATES):
        if deadline.state in ("held", "met"):
            acts.resume(deadline, context.actor.id, context.now, _late(deadline.due_at, context))
    case.enter("rectifying")


def _late(due_at: datetime, context: Context) -> str:
    late = context.now >= due_at
    return "复查晚于期限届满，责任不在企业" if late else "复查不合格，期限视为从未停止"


def _failed_names(recheck: JsonMap) -> list[str]:
    names = [str(item.get("item")) for item in recheck["items"] if item.get("state") != "done"]
    return names or [_WHOLE]


def _check_items(result: str, items: list[Mapping[str, Any]]) -> None:
    open_items = [number for number, item in enumerate(items) if item.get("state") != "done"]
    if result == "pass" and open_items:
        raise Invalid.at(
            f"items.{open_items[0]}.state",
            "Expected every item to be done for a pass, but one is not",
            "仍有未完成的事项，不能认定合格",
        )


def _check_visit(case: HazardCase, data: Mapping[str, Any]) -> None:
    if data.get("method") == "desk" and case.level != "general":
        raise Invalid.at(
            "method",
            "Expected a visit for a larger or major hazard, but it is a check of photos",
            "较大、重大隐患须现场复查，不能只核对照片",
        )


def _check_record(
    case: HazardCase, result: str, items: list[Mapping[str, Any]], data: Mapping[str, Any]
) -> None:
    """A larger or major hazard is rechecked item by item, and a pass shows what was seen."""
    if case.level == "general":
        return
    if not items:
        raise Invalid.at(
            "items",
            "Expected a result for each item of a larger or major hazard, but there is none",
            "较大、重大隐患须逐项填写复查结果",
        )
    if result == "pass" and not data.get("photos"):
        raise Invalid.at(
            "photos",
            "Expected a photo taken after rectification for a pass of a larger or major hazard, "
            "but there is none",
            "较大、重大隐患复查合格须上传整改后现场照片",
        )


def _check_verifiers(case: HazardCase, recheck: JsonMap) -> None:
    rules, level = case.basis.rules, case.level
    officers = {recheck["lead"], recheck["second"]} - {None}
    need = rules.whole(f"recheck.officers_min.{level}")
    expert = level == "major" and recheck["result"] == "pass"
    lacks_expert = expert and rules.flag("recheck.expert_for_major") and not recheck["expert"]
    rectifiers = {report["by"] for report in case.data["reports"]}
    if len(officers) < need or lacks_expert or officers & rectifiers:
        raise Incident(
            f"Expected {need} officers other than the rectifier{' and an expert' if expert else ''}"
            f" to verify, but the record of case {case.id} shows otherwise",
            "复查人员不符合规定，不能形成复查结论",
        )


def _current(case: HazardCase) -> JsonMap:
    recheck = case.data["recheck"]
    if recheck is None:
        raise Incident("Expected a recheck under way, but there is none", "没有进行中的复查")
    found: JsonMap = recheck
    return found


def taken_back(case: HazardCase, context: Context) -> None:
    """Keep a recheck under way as returned: it is done anew."""
    if case.data["recheck"] is not None:
        _keep(case, "returned", context)


def _keep(case: HazardCase, verdict: str, context: Context) -> None:
    kept = {**_current(case), "verdict": verdict, "at": context.now.isoformat()}
    case.data["rechecks"] = [*case.data["rechecks"], kept]
    case.data["recheck"] = None


DEFAULTS = {"recheck.submit": _proposal}
"""What a form starts with, by the act of its task."""
