"""Papers of an extension: application with its opinions, decision, entry in the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.ports import Context, JsonMap
from workflows.domain import extension_requests as requests
from workflows.domain import organisation
from workflows.domain.hazard_case import HazardCase
from workflows.domain.papers import wording
from workflows.domain.papers.issuing import issue, void

GROUNDS = {
    "force_majeure": ("不可抗力、气象", "Force majeure, weather"),
    "procurement": ("设备材料采购、定制周期", "Procurement"),
    "design_or_approval": ("须设计、审批或招标", "Design, approval or tender"),
    "shutdown_window": ("须停产检修窗口", "Shutdown window"),
    "third_party": ("须第三方或公用事业配合", "Third party or utility"),
    "external": ("产权或外部因素", "Ownership or other outside cause"),
}
DECISIONS = {
    "agree": ("同意", "Agreed"),
    "refuse": ("不同意", "Refused"),
    "return": ("退回", "Returned"),
}
_OPINIONS = {
    "park_command": "opinion_park_command",
    "industry_department": "opinion_industry_department",
    "leader_incharge": "opinion_leader_incharge",
}


def application(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Issue the application as it stands: each opinion makes a new edition."""
    request = requests.named(case.data, token)
    signed = requests.signatures(request)
    content = {
        **_enterprise(case, context),
        **_asked(case, request, context),
        **{_OPINIONS[one["part"]]: _opinion(one, context) for one in signed},
        "issuer_answer": _answer(request, context),
    }
    issue(
        case,
        "D9",
        content,
        context,
        subject=_subject(request),
        signatories=[wording.signatory(one, context) for one in signed],
    )


def decision(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Issue the application with its opinions and, unless it was returned, the decision."""
    application(case, token, context)
    request = requests.named(case.data, token)
    if request["status"] not in ("effective", "refused"):
        return
    granted = request["status"] == "effective"
    signed = requests.signatures(request)
    content = {
        "unit": wording.unit(case),
        "situation": wording.situation(case),
        "request": _count(request),
        "decision": _ticked(granted=granted),
        "original_due": request["original_due"],
        "new_date": request["new_date"] if granted else None,
        "reason": _reasons(signed, "agree" if granted else "refuse"),
        "effective_at": wording.moment(request["effective_at"]),
        "interim_measures": request["interim_measures"],
    }
    people = [wording.signatory(one, context) for one in signed]
    issue(case, "D10", content, context, subject=_subject(request), signatories=people)


def filing(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Issue the entry in the register once the bureau has registered the extension."""
    request = requests.named(case.data, token)
    filed = request["filing"] or {}
    if not filed.get("register_number"):
        return
    returns = len(filed["returns"])
    content = {
        "register_number": filed["register_number"],
        "unit": wording.unit(case),
        "filed_by": wording.body(case.body("park_command"), context),
        "received_at": wording.moment(filed["handed_over_at"]),
        "materials": [
            wording.both("延期整改申请（审批）表", "Request for extension"),
            wording.both("延期审批意见书", "Decision on the extension"),
            *wording.files(request["evidence"], context),
        ],
        "check": wording.both(
            f"齐全（补正 {returns} 次）" if returns else "齐全",
            f"Complete (corrections: {returns})" if returns else "Complete",
        ),
        "objection": _objection(filed),
        "registrar": wording.person(filed["registered_by"], context),
        "registered_at": wording.moment(filed["at"]),
    }
    issue(case, "D11", content, context, subject=_subject(request))


def undone(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Mark decision and entry void and issue the withdrawal: an objection was upheld."""
    request = requests.named(case.data, token)
    void(case, "D10", _subject(request), context)
    void(case, "D11", _subject(request), context)
    word = request["filing"]["objection"]
    stands = request["original_due"]
    content = {
        "unit": wording.unit(case),
        "situation": wording.situation(case),
        "request": _count(request),
        "decision": wording.both(
            f"☑ 备案异议成立，撤销延期至 {request['new_date']} 的决定，恢复原期限 {stands}",
            f"☑ Objection upheld: the extension until {request['new_date']} is withdrawn, "
            f"{stands} stands",
        ),
        "original_due": stands,
        "reason": [one for one in (word["reason"], word["decision_reason"]) if one],
        "effective_at": wording.moment(request["undone_at"]),
    }
    by = {"by": word["decided_by"], "at": word["decided_at"], "decision": "uphold"}
    leader = {**by, "body": case.body("leaders"), "opinion": word["decision_reason"]}
    signed = [wording.signatory(leader, context)]
    issue(case, "D10", content, context, subject=_subject(request), signatories=signed)


def undecided(case: HazardCase, _token: Mapping[str, Any], context: Context) -> None:
    """Mark the application void whose request was withdrawn, lapsed or ended with its case."""
    for request in case.data["extension_requests"]:
        if request["status"] in requests.UNDECIDED:
            void(case, "D9", _subject(request), context)


def _enterprise(case: HazardCase, context: Context) -> JsonMap:
    found = organisation.enterprise(context.session, case.body("enterprise"))
    return {
        "unit": wording.unit(case),
        "area": wording.body(case.body("park_command"), context),
        "contact": found.contact,
        "phone": found.phone,
    }


def _asked(case: HazardCase, request: JsonMap, context: Context) -> JsonMap:
    ground = request["ground"]
    return {
        "situation": wording.situation(case),
        "count": _count(request),
        "source": _source(case),
        "original_due": request["original_due"],
        "new_date": request["new_date"],
        "ground": wording.both(*GROUNDS.get(ground, (ground, ground))),
        "reason": request["reason"],
        "interim_measures": request["interim_measures"],
        "milestones": [f"{one['date']} {one['what']}" for one in request["milestones"]],
        "expert_opinion": request["expert_opinion"],
        "evidence": wording.files(request["evidence"], context),
        "filed_at": wording.moment(request["at"]),
        "applicant": wording.person(request["by"], context),
        "content_hash": request["content_hash"],
    }


def _source(case: HazardCase) -> list[JsonMap]:
    """Name the paper whose date stands; an order's own date is moved by its issuer alone."""
    found = [wording.both("政策期限（整改通知）", "Policy date (notice)")]
    if any(case.of_kind("order")):
        found.append(
            wording.both(
                "文书期限（责令限期整改指令书，须由发文机关答复）",
                "Date of an order (its issuer answers for it)",
            )
        )
    return found


def _subject(request: Mapping[str, Any]) -> str:
    return f"extension:{request['number']}"


def _count(request: Mapping[str, Any]) -> JsonMap:
    number, revision = request["number"], request["revision"]
    return wording.both(
        f"第{number}号申请，第{revision}稿", f"Request {number}, version {revision}"
    )


def _reasons(signed: list[JsonMap], decision: str) -> list[str]:
    """Return what was said for the decision taken; the form asks for nothing against it."""
    standing = [one for one in signed if one["standing"] and one["decision"] == decision]
    return [one["opinion"] for one in standing if one.get("opinion")]


def _opinion(word: Mapping[str, Any], context: Context) -> JsonMap:
    zh, en = DECISIONS.get(word["decision"], (word["decision"],) * 2)
    by = wording.person(word["by"], context) or wording.both("", "")
    tail = f"：{word['opinion']}" if word.get("opinion") else ""
    at = wording.moment(word["at"])
    english = tail.replace("：", ": ")
    return wording.both(f"{zh}{tail}（{by['zh']}，{at}）", f"{en}{english} ({by['en']}, {at})")


def _answer(request: Mapping[str, Any], context: Context) -> JsonMap | None:
    order = request["order"]
    if order is None or not order.get("decision"):
        return None
    return _opinion({**order, "by": order["answered_by"]}, context)


def _ticked(*, granted: bool) -> list[JsonMap]:
    yes, no = ("☑", "□") if granted else ("□", "☑")
    return [
        wording.both(f"{yes} 同意", f"{yes} Agreed"),
        wording.both(f"{no} 不同意", f"{no} Refused"),
    ]


def _objection(filed: Mapping[str, Any]) -> JsonMap:
    objection = filed["objection"]
    if objection is None:
        return wording.both("无", "None")
    upheld = ("成立", "upheld") if objection["upheld"] else ("不成立", "rejected")
    reason = objection["reason"] or ""
    return wording.both(f"{reason}（{upheld[0]}）", f"{reason} ({upheld[1]})")
