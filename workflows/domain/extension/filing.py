"""After the effect: the issuer's answer for its order, filing, its return, an objection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import clock
from engine.errors import Conflict, Incident, Invalid
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import deadline as acts
from workflows.domain import enforcement_entries as enforcements
from workflows.domain import evidence, numbering
from workflows.domain import extension_requests as requests
from workflows.domain.extension import content, effect, telling
from workflows.domain.hazard_case import HazardCase


def issuer_replied(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the written answer of the body that issued the order; consent moves its date."""
    request = _effective(case, task)
    if request["order"] is None:
        raise Incident("Expected an order's date to move, but there is none", "没有须延长的指令书")
    if request["order"].get("lapsed"):
        raise Conflict(
            "Expected an answer that is awaited, but the recheck was passed and none is",
            "复查合格，隐患已整改，指令书期限无须再答复",
        )
    decision = str(data["decision"])
    if decision == "agree":
        content.check_ahead(request, context, ("请答复不同意", "refuse"))
    order = {
        **request["order"],
        "answered_by": context.actor.id,
        "at": context.now.isoformat(),
        "decision": decision,
        "opinion": data.get("opinion"),
    }
    answered = {**request, "order": order}
    requests.write(case.data, answered)
    if decision == "agree":
        effect.move_order(case, answered, context)
    enforcements.weigh_anew(case)
    telling.enterprise(case, f"order_{decision}", answered, context)
    return Completion({"decision": decision}, decision)


def filed(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Register an extension, return it for a formal defect, or object to it."""
    request = _effective(case, task)
    decision = str(data["decision"])
    if decision == "file":
        _register(case, request, context)
    elif decision == "return":
        _return(case, request, data, context)
    else:
        _object(case, request, data, context)
    return Completion({"decision": decision}, decision)


def amended(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the park command's correction of a formal defect; what was signed stays."""
    request = _effective(case, task)
    *before, last = request["filing"]["returns"]
    sent, field = data.get("attachments") or (), "attachments"
    files = evidence.attach(context.session, sent, case.id, context, field)
    last = {
        **last,
        "amended_by": context.actor.id,
        "amended_at": context.now.isoformat(),
        "correction": data.get("correction"),
        "attachments": files,
    }
    _file(case, request, returns=[*before, last])
    return Completion({}, "amended")


def objection_decided(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the decision of the leader in charge on the objection."""
    request = _effective(case, task)
    decision = str(data["decision"])
    objection = {
        **request["filing"]["objection"],
        "decided_by": context.actor.id,
        "decided_at": context.now.isoformat(),
        "upheld": decision == "uphold",
        "decision_reason": data.get("reason"),
    }
    _file(case, request, objection=objection)
    return Completion({"decision": decision}, decision)


def _effective(case: HazardCase, task: TaskFacts) -> JsonMap:
    request = requests.named(case.data, task.token)
    if request["status"] != "effective":
        raise Conflict(
            f"Expected an extension in force, but it is {request['status']}",
            "该延期未生效，不能备案",
        )
    return request


def _register(case: HazardCase, request: JsonMap, context: Context) -> None:
    year = clock.beijing(context.now).year
    value = numbering.next_number(context.session, case.agency, "extension.filing", year)
    number = f"{case.basis.rules.number_prefix}延备〔{year}〕第{value}号"
    _file(
        case,
        request,
        register_number=number,
        registered_by=context.actor.id,
        at=context.now.isoformat(),
    )
    _done_filing(case, request, context)
    context.journal.record(
        "extension.filed", {"number": request["number"], "register_number": number}
    )
    telling.enterprise(case, "filed", requests.named(case.data, _token(request)), context)


def _return(case: HazardCase, request: JsonMap, data: Mapping[str, Any], context: Context) -> None:
    back = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "reason": data.get("reason"),
    }
    _file(case, request, returns=[*request["filing"]["returns"], back])


def _object(case: HazardCase, request: JsonMap, data: Mapping[str, Any], context: Context) -> None:
    if request["filing"]["objection"] is not None:
        raise Invalid.at(
            "decision",
            "Expected no objection yet, but one was decided",
            "异议已经分管领导决定，不能再次提出",
        )
    if any(one["number"] > request["number"] for one in requests.in_force(case.data)):
        raise Invalid.at(
            "decision",
            "Expected no later extension in force, but there is one that rests on this extension",
            "在本次延期基础上的再次延期已经生效，不能再提异议",
        )
    objection = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "reason": data.get("reason"),
        "decided_by": None,
        "decided_at": None,
        "upheld": None,
    }
    _file(case, request, objection=objection)


def _done_filing(case: HazardCase, request: JsonMap, context: Context) -> None:
    """The duty to file ends: met, or expired if it came late."""
    row = effect.row_of(case, request["filing"]["deadline"])
    if context.now < row.due_at:
        acts.meet(row, context.actor.id, context.now, context.now)
    else:
        acts.expire(row, context.actor.id, context.now, "备案超期")


def _file(case: HazardCase, request: JsonMap, **more: Any) -> None:
    requests.write(case.data, {**request, "filing": {**request["filing"], **more}})


def _token(request: JsonMap) -> JsonMap:
    return {"request": request["number"]}
