"""Papers of an interview: the notice, the minutes, the report afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.ports import Context, JsonMap
from workflows.domain import interview_entries as entries
from workflows.domain import interview_hosts as hosts
from workflows.domain.hazard_case import HazardCase
from workflows.domain.papers import wording
from workflows.domain.papers.issuing import issue
from workflows.domain.town_words import of_case

ROLES = {
    "legal_representative": ("法定代表人", "Legal representative"),
    "actual_investor": ("企业实际投资人", "Actual investor"),
}
WAYS = {"on_site": ("现场", "On site"), "video": ("视频", "Video")}
PARTS = {
    "park_command": ("园区攻坚指挥部", "Park command"),
    "industry_department": ("行业主管部门", "Industry department"),
    "leader_incharge": ("分管领导", "Leader in charge"),
}

_NOTED = {
    "signer_conflict": (
        "约谈人此前签署同意过本隐患的延期",
        "The host had agreed to an extension of this hazard",
    ),
    "silent_conflict": (
        "约谈人所在单位尚未答复待批的延期申请",
        "The host's own body has not answered the pending request for extension",
    ),
}


def notice(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Issue the notice and keep its number; a new time makes a new edition of it."""
    entry = entries.find(case.data, token)
    said = entry["notice"] or {}
    hazard = case.data["number"]
    due = _due_date(case, entry)
    content = {
        "invitee": said.get("invitee_name"),
        "role": _pair(ROLES, said.get("invitee_role")),
        "unit": wording.unit(case),
        "cause": [
            *_silence(case, entry),
            wording.both(
                f"隐患 {hazard} 未在 {due} 前完成整改",
                f"Hazard {hazard} was not rectified by {due}",
            ),
            *_since_then(case, entry),
        ],
        "due_date": due,
        "given_at": wording.moment(said.get("at")),
        "time": wording.moment(said.get("time")),
        "place": said.get("place"),
        "way": _pair(WAYS, said.get("mode")),
        "host": _host(case, entry.get("host")),
        "participants": [
            wording.body(case.body(part), context)
            for part in ("park_command", "industry_department", "emergency_bureau")
        ],
        "materials": said.get("materials"),
        "substitute": wording.both("不得委托他人参加", "No substitute may come"),
    }
    number = issue(case, "D14", content, context, subject=_subject(entry))
    entries.change(case.data, entry, notice={**said, "paper": number})


def minutes(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Issue the minutes once the interview was held; put off, it is noticed anew."""
    entry = entries.find(case.data, token)
    held = entry.get("held")
    if not held:
        if entry["notice"]:
            notice(case, token, context)
        return
    content = {
        "unit": wording.unit(case),
        "held_at": wording.moment(held["at"]),
        "place": (entry["notice"] or {}).get("place"),
        "host": _host(case, held["host"]),
        **{name: held.get(name) for name in ("recorder", "attendees", "circulated")},
        **{name: held.get(name) for name in ("explanation", "commitment")},
        "final_date": held["final_date"] or _no_final_date(case),
        "decision_dates": [_dated(case, part, day) for part, day in held["decision_dates"].items()],
        "signature": _signature(held),
        "noted": [
            *(wording.both(*_NOTED[name]) for name in entries.CONFLICTS if held.get(name)),
            *_fixed(held),
        ],
        "recording": wording.files(held["recording"], context),
    }
    said = [{"by": one["by"], "at": one["at"]} for one in (held, held.get("fixed")) if one]
    signed = [wording.signatory(one, context) for one in said]
    number = issue(case, "D15", content, context, subject=_subject(entry), signatories=signed)
    entries.change(case.data, entry, held={**held, "paper": number})


def report(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Issue the enterprise's report on what it did."""
    entry = entries.find(case.data, token)
    said = entry["report"]
    held = entry.get("held") or {}
    content = {
        "unit": wording.unit(case),
        "interview": wording.moment(held.get("at")),
        "text": said["text"],
        "due": said["due"],
        "reported_at": wording.moment(said["at"]),
        "evidence": wording.files(said["evidence"], context),
        "reported_by": wording.person(said["by"], context),
    }
    issue(case, "D16", content, context, subject=_subject(entry))


def _silence(case: HazardCase, entry: Mapping[str, Any]) -> list[JsonMap]:
    """Name first who has not answered a timely request, each with since when it is asked."""
    if entry.get("subject") != entries.AUTHORITY:
        return []
    request = _request(case, entry)
    return [_unanswered(case, part, request, entry) for part in entry["silent"]]


def _request(case: HazardCase, entry: Mapping[str, Any]) -> JsonMap:
    """Return the request that was unanswered when the interview was opened."""
    opened = entry["opened_at"]
    found = [one for one in case.data["extension_requests"] if one["at"] <= opened]
    request: JsonMap = found[-1]
    return request


def _unanswered(case: HazardCase, part: str, request: JsonMap, entry: Mapping[str, Any]) -> JsonMap:
    """The leader in charge is asked once both others have signed."""
    sent = [request["at"], *(one["at"] for one in request["resubmissions"])]
    if part == "leader_incharge":
        sent += [one["at"] for one in request["signatures"]]
    since = wording.moment(max(one for one in sent if one <= entry["opened_at"]))
    zh, en = of_case(PARTS.get(part, (part, part)), case.data)
    number = request["number"]
    return wording.both(
        f"{zh}自 {since} 收到第{number}号延期申请，期限届满时仍未答复",
        f"{en}: no answer to request {number} for extension since {since}",
    )


def _subject(entry: Mapping[str, Any]) -> str:
    return f"interview:{entry['number']}"


def _due_date(case: HazardCase, entry: Mapping[str, Any]) -> str | None:
    """Return the day that passed, wherever the date has been moved since."""
    row = entries.row(case.deadlines, entry, "deadline")
    return entry.get("due_date") or (row.due_date.isoformat() if row else None)


def _since_then(case: HazardCase, entry: Mapping[str, Any]) -> list[JsonMap]:
    """Say why it is held although the hazard is done, or another date in force."""
    if case.phase == "struck_off":
        zh = "该隐患已销号；期限已经逾期，约谈仍须进行"
        return [wording.both(zh, "The hazard is struck off; the interview is still owed")]
    row = entries.row(case.deadlines, entry, "deadline")
    if row is None or row.due_date.isoformat() <= (_due_date(case, entry) or ""):
        return []
    zh = f"该期限其后延至 {row.due_date}；约谈此前已超期，仍须进行"
    en = f"The date was extended to {row.due_date}; the interview was late by then and is owed"
    return [wording.both(zh, en)]


def _fixed(held: Mapping[str, Any]) -> list[JsonMap]:
    """Say of a later edition since when it has its final date, and why not before."""
    fixed = held.get("fixed")
    if not fixed:
        return []
    at = wording.moment(fixed["at"])
    zh = f"约谈时延期申请待批；其后未获延期，约谈人于 {at} 补充确定最终期限"
    en = f"A request was undecided at the interview and failed: the final date was fixed at {at}"
    return [wording.both(zh, en)]


def _no_final_date(case: HazardCase) -> JsonMap | None:
    if case.phase != "struck_off":
        return None
    return wording.both("隐患已销号，不再确定最终期限", "None: the hazard is struck off")


def _pair(names: Mapping[str, tuple[str, str]], name: Any) -> JsonMap | None:  # noqa: ANN401
    return wording.both(*names.get(name, (str(name), str(name)))) if name else None


def _host(case: HazardCase, host: Any) -> JsonMap | None:  # noqa: ANN401
    known = {name: of_case(said, case.data) for name, said in hosts.NAMES.items()}
    return _pair(known, host)


def _dated(case: HazardCase, part: str, day: str) -> JsonMap:
    zh, en = of_case(PARTS.get(part, (part, part)), case.data)
    return wording.both(f"{zh}：{day}", f"{en}: {day}")


def _signature(held: Mapping[str, Any]) -> JsonMap:
    if held["refused_to_sign"]:
        return wording.both("被约谈人拒绝签字", "The person interviewed refused to sign")
    return wording.both("已签字", "Signed") if held["signed"] else wording.both("", "")
