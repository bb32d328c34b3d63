"""The enterprise's acts: to ask for an extension, to send it again, to withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine import clock
from engine.errors import Conflict, Incident, NotAllowed
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import extension_requests as requests
from workflows.domain.candidates import of_enterprise
from workflows.domain.deadline import Deadline
from workflows.domain.extension import content
from workflows.domain.hazard_case import HazardCase
from workflows.domain.levels import STATE_NAMES

_RUNNING = ("planning", "rectifying")


def may_request(case: HazardCase, context: Context) -> None:
    """Refuse a request by a stranger, out of time, beyond the count, or beside another."""
    _of_the_enterprise(case, context)
    if requests.undecided(case.data) is not None:
        raise Conflict(
            "Expected no undecided request, but there is one", "已有一份延期申请尚未决定"
        )
    if case.phase not in _RUNNING:
        raise Conflict(
            f"Expected rectification to run, but the case is {STATE_NAMES[case.phase][1]}",
            "整改期间方可申请延期",
        )
    _running_date(case, context)
    _check_count(case)
    _check_objection(case)


def may_withdraw(case: HazardCase, context: Context) -> None:
    """Refuse a withdrawal by a stranger or of nothing."""
    _of_the_enterprise(case, context)
    if requests.undecided(case.data) is None:
        raise Conflict("Expected an undecided request, but there is none", "没有待决定的延期申请")


def requested(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Take a request: what is asked, by whom, when, and whether in good time."""
    row = _running_date(case, context)
    number = len(case.data["extension_requests"]) + 1
    request: JsonMap = {
        "number": number,
        "revision": 1,
        "round": case.round,
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "status": "pending",
        "timeliness": _timeliness(case, row, context),
        "second": bool(requests.in_force(case.data)),
        "deadline": row.number,
        "original_due": row.due_date.isoformat(),
        "issuer": _issuer(case),
        **content.checked(case, data, row.due_date, context),
        **_undecided(),
    }
    _refuse_unchanged(case, request, context)
    request["content_hash"] = content.sealed(case, request)
    requests.write(case.data, request)
    timely = request["timeliness"] == requests.TIMELY
    return Completion({"request": number}, "timely" if timely else "near_expiry")


def resubmitted(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take a returned request again, changed where it was wanting; its filing time stands."""
    request = requests.named(case.data, task.token)
    due = requests.resubmit_due(case.data, task.token)
    if due is None or context.now >= due:
        raise Conflict(
            f"Expected the request back before {due}, but that has passed",
            "补正期限已过，申请失效；期限届满前可另行申请",
        )
    original = date.fromisoformat(request["original_due"])
    changed = {
        **request,
        **content.checked(case, data, original, context),
        "revision": request["revision"] + 1,
        "status": "pending",
        "resubmit_due": None,
        "resubmit_day": None,
        "resubmissions": [
            *request["resubmissions"],
            {"by": context.actor.id, "at": context.now.isoformat()},
        ],
    }
    changed["content_hash"] = content.sealed(case, changed)
    requests.write(case.data, changed)
    return Completion({}, "resubmitted")


def withdrawn_by(case: HazardCase, data: Mapping[str, Any], context: Context) -> Completion:
    """Keep who withdrew a request and why."""
    request = requests.undecided(case.data)
    if request is None:
        raise Incident("Expected an undecided request, but there is none", "没有待决定的延期申请")
    word = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "reason": data.get("reason"),
    }
    requests.write(case.data, {**request, "withdrawal": word})
    return Completion({}, "withdrawn")


def asked_before(case: HazardCase, task: TaskFacts) -> dict[str, Any]:
    """Return what the form of a returned request starts with: what was asked."""
    request = requests.named(case.data, task.token)
    names = (
        "new_date",
        "ground",
        "reason",
        "interim_measures",
        "evidence",
        "expert_opinion",
    )
    proof = request["milestone_proof"] or {}
    return {name: request[name] for name in names} | {
        "milestones": [
            {"what": one["what"], "finish_on": one["date"]} for one in request["milestones"]
        ],
        "milestone_number": proof.get("number"),
        "milestone_proof": proof.get("evidence", []),
    }


def _undecided() -> JsonMap:
    return {
        "signatures": [],
        "resubmissions": [],
        "handed_over_at": None,
        "resubmit_due": None,
        "resubmit_day": None,
        "withdrawal": None,
        "lapse_cause": None,
        "decided_at": None,
        "effective_at": None,
        "undone_at": None,
        "late_approval": False,
        "order": None,
        "filing": None,
    }


def _of_the_enterprise(case: HazardCase, context: Context) -> None:
    if not any(context.actor.holds(one.body, one.role) for one in of_enterprise(case)):
        raise NotAllowed(
            "Expected the principal or safety officer of the enterprise, but the actor is not",
            "延期申请由企业负责人或安全员办理",
        )


def _running_date(case: HazardCase, context: Context) -> Deadline:
    """Return the date that is to be moved; after its last second a request is inadmissible."""
    row = case.running("rectification")
    if row is None or context.now >= row.due_at:
        raise Conflict(
            "Expected a request before the date ends, but it has ended",
            "整改期限已届满，不再受理延期申请；新的期限只能由约谈确定",
        )
    return row


def _check_count(case: HazardCase) -> None:
    most = case.basis.rules.whole("extension.max_count")
    if len(requests.in_force(case.data)) >= most:
        raise Conflict(
            f"Expected fewer than {most} extensions, but there are {most}; beyond that only the "
            "safety committee decides",
            f"已延期{most}次，不再受理；确需更长期限的，由区安委会决定",
        )


def _check_objection(case: HazardCase) -> None:
    """What the last extension's date rests on is open while an objection to it is."""
    if requests.is_objected(case.data):
        raise Conflict(
            "Expected the objection to the last extension to be decided, but it is not",
            "上次延期的备案异议尚未决定，暂不能再申请",
        )


def _refuse_unchanged(case: HazardCase, request: JsonMap, context: Context) -> None:
    """What was refused is asked again only in another wording or with other evidence."""
    for one in case.data["extension_requests"]:
        if one["status"] == "refused" and content.same_as(one, request, context):
            raise Conflict(
                f"Expected a request that differs from request {one['number']}, which was "
                "refused, but it is the same",
                f"与已被不同意的第{one['number']}号申请内容相同，须补充理由或证据后再申请",
            )


def _timeliness(case: HazardCase, row: Deadline, context: Context) -> str:
    before = timedelta(days=case.basis.rules.whole("extension.timely_days_before"))
    return requests.TIMELY if clock.beijing_date(context.now) <= row.due_date - before else "late"


def _issuer(case: HazardCase) -> str:
    """Return which signatory issued the order whose date needs its issuer's answer, if one did."""
    needed = case.basis.rules.flag("extension.order_needs_issuer_reply")
    if not needed or not any(case.of_kind("order")):
        return "none"
    issuer = (case.data["order"] or {}).get("issuer") or case.body("issuer")
    parts = ("park_command", "industry_department")
    return next((part for part in parts if case.body(part) == issuer), "other")
