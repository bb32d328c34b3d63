"""The signatures: two bodies, two persons, the same date and the same content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Conflict, Incident, Invalid, NotAllowed
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import deadline as acts
from workflows.domain import extension_requests as requests
from workflows.domain import zone
from workflows.domain.deadline import Deadline
from workflows.domain.extension import content, telling
from workflows.domain.hazard_case import HazardCase

PARTS = {
    "extension.sign.park_command": ("park_command", "park_command"),
    "extension.sign.industry_department": ("industry_department", "industry_department"),
    "extension.sign.leader": ("leader_incharge", "leaders"),
}
"""The part that signs by its act, and under which name the case keeps its body."""

_INSTEAD = ("请退回改报其他日期，或不同意", "return it for another date, or refuse")


def hand_over(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Put the request before both signatories; each owes an answer from now."""
    request = requests.named(case.data, token)
    handed = {**request, "handed_over_at": context.now.isoformat()}
    requests.write(case.data, handed)
    for part in case.basis.rules.words("extension.signers"):
        _owe(case, case.body(part), context)
    telling.signatories(case, handed, context)


def signed(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take one body's signature with the date and the hash of what was signed."""
    request = requests.named(case.data, task.token)
    part, body_name = PARTS[task.act]
    body = case.body(body_name)
    if request["status"] != "pending":
        raise Conflict(
            f"Expected a pending request, but it is {request['status']}", "该延期申请已有决定"
        )
    _check_person(case, request, context)
    decision = str(data["decision"])
    if decision == "agree":
        content.check_ahead(request, context, _INSTEAD)
        _check_ground(case, part)
    signature = {
        "part": part,
        "body": body,
        "by": context.actor.id,
        "acting_for": context.actor.acting_for,
        "at": context.now.isoformat(),
        "decision": decision,
        "opinion": data.get("opinion"),
        "new_date": request["new_date"],
        "content_hash": content.sealed(case, request),
        "revision": request["revision"],
        "standing": True,
        "handed_over_at": request["handed_over_at"],
        "order_reply": data.get("order_reply") if decision == "agree" else None,
        "order_opinion": data.get("order_opinion"),
    }
    requests.write(case.data, {**request, "signatures": [*request["signatures"], signature]})
    _answered(case, body, context)
    if part != "leader_incharge" and decision == "agree" and _leader_is_next(case, request):
        _owe(case, case.body("leaders"), context)
        telling.leader(case, request, context)
    return Completion({"decision": decision}, decision)


def _check_ground(case: HazardCase, part: str) -> None:
    """A second extension takes force by the leader's consent: not while its ground is open."""
    if part == "leader_incharge" and requests.is_objected(case.data):
        raise Invalid.at(
            "decision",
            "Expected the objection to the first extension to be decided before, but it is not",
            "上次延期的备案异议尚未裁定，请先裁定异议，再决定是否同意",
        )


def check_complete(case: HazardCase, request: JsonMap) -> None:
    """Raise Incident unless every signatory has agreed to this date and this content."""
    signed_by = {one["part"]: one for one in requests.signatures(request) if one["standing"]}
    needed = [*case.basis.rules.words("extension.signers")]
    if request["second"] and "leader_incharge" in case.basis.rules.words("extension.second_needs"):
        needed.append("leader_incharge")
    missing = [part for part in needed if part not in signed_by]
    differing = [
        part
        for part, one in signed_by.items()
        if (one["decision"], one["new_date"], one["content_hash"])
        != ("agree", request["new_date"], request["content_hash"])
    ]
    persons = {one["by"] for one in signed_by.values()}
    if missing or differing or len(persons) != len(signed_by):
        raise Incident(
            f"Expected the signatures of {', '.join(needed)} by as many persons on one date and "
            f"one content, but missing are {missing} and differing {differing}",
            "各方签署不齐全、不一致或出自同一人，延期不能生效",
        )
    if content.sealed(case, request) != request["content_hash"]:
        raise Incident(
            "Expected the content that was signed, but it has changed", "延期申请内容与签署时不一致"
        )


def void_open_duties(case: HazardCase, context: Context, note: str) -> None:
    """Take away the duty of whoever need not sign any more."""
    for row in case.deadlines:
        if row.kind == "sign" and row.running:
            acts.end(row, "voided", context.actor.id, context.now, note)


def _owe(case: HazardCase, body: str, context: Context) -> None:
    row = case.start("sign", case.begin(context.now, context.actor.id, context.now))
    row.body = body


def _answered(case: HazardCase, body: str, context: Context) -> None:
    """The duty of a body ends with its word: met, or expired if it came late."""
    for row in _owed(case, body):
        if context.now < row.due_at:
            acts.meet(row, context.actor.id, context.now, context.now)
        else:
            acts.expire(row, context.actor.id, context.now, "签署超期")


def _owed(case: HazardCase, body: str) -> list[Deadline]:
    return [row for row in case.deadlines if (row.kind, row.body) == ("sign", body) and row.running]


def _leader_is_next(case: HazardCase, request: JsonMap) -> bool:
    if not request["second"]:
        return False
    known = requests.signatures(requests.named(case.data, {"request": request["number"]}))
    return len([one for one in known if one["decision"] == "agree"]) == len(PARTS) - 1


def _check_person(case: HazardCase, request: JsonMap, context: Context) -> None:
    """No two signatures by one person: not by two roles, as deputy or for somebody absent."""
    actor = context.actor
    mine = {actor.id, actor.acting_for} - {None}
    standing = [one for one in requests.signatures(request) if one["standing"]]
    if mine & {one[name] for one in standing for name in ("by", "acting_for")}:
        raise NotAllowed(
            "Expected another person for each body, but the actor has signed for one already",
            "两家单位须由不同人员签署，您已代另一单位签署",
        )
    enterprise = case.body("enterprise")
    for person in mine:
        grants = zone.grants_of(context, str(person))
        if any(grant.body == enterprise for grant in grants):
            raise NotAllowed(
                "Expected nobody of the enterprise, but the signatory belongs to it",
                "本企业人员不得签署本企业的延期申请",
            )
