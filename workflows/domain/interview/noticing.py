"""The notice: who is invited, when and where; the enterprise is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import clock
from engine.errors import Invalid
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import instants, notifications, organisation
from workflows.domain import interview_entries as entries
from workflows.domain.candidates import of_enterprise
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview import notice_times

LEGAL = "legal_representative"
INVESTOR = "actual_investor"
_ROLES = {
    LEGAL: ("法定代表人", "legal representative"),
    INVESTOR: ("实际投资人", "actual investor"),
}


def scheduled(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the notice of the interview, which may have been given before it is typed in."""
    entry = entries.find(case.data, task.token)
    role = str(data.get("invitee_role") or "")
    name = _invitee(case, role, data, context)
    given = notice_times.given(case, entry, data, context)
    time = notice_times.meeting(case, entry, data, given)
    notice = {
        "at": given.isoformat(),
        "recorded_at": context.now.isoformat(),
        "by": context.actor.id,
        "invitee_name": name,
        "invitee_role": role,
        "invitee_reason": data.get("invitee_reason"),
        "time": time.isoformat(),
        "late_reason": data.get("late_reason"),
        "place": data.get("place"),
        "mode": data.get("way"),
        "materials": data.get("materials"),
        "paper": None,
    }
    entries.change(case.data, entry, notice=notice)
    _tell(case, notice, time, context)
    return Completion({}, None)


def proposal(case: HazardCase, _task: TaskFacts, context: Context) -> dict[str, Any]:
    """Return what the form starts with: whoever controls the money is invited, on site."""
    known = organisation.enterprise(context.session, case.body("enterprise"))
    differ = bool(known.actual_investor) and known.actual_investor != known.legal_representative
    return {"invitee_role": INVESTOR if differ else LEGAL, "way": "on_site"}


def _invitee(case: HazardCase, role: str, data: Mapping[str, Any], context: Context) -> str:
    """Return the invitee's name; master data names him, nobody types one."""
    known = organisation.enterprise(context.session, case.body("enterprise"))
    name = {LEGAL: known.legal_representative, INVESTOR: known.actual_investor}.get(role)
    if not name:
        raise Invalid.at(
            "invitee_role",
            "Expected the legal representative or the actual investor, but none is known",
            "约谈对象须为企业登记的法定代表人或实际投资人",
        )
    if role == LEGAL and known.actual_investor not in ("", name) and not data.get("invitee_reason"):
        raise Invalid.at(
            "invitee_reason",
            "Expected a reason for not inviting the actual investor, but there is none",
            "法定代表人与实际投资人不一致时应约谈实际投资人；约谈法定代表人的，请说明理由",
        )
    return name


def _tell(case: HazardCase, notice: JsonMap, time: datetime, context: Context) -> None:
    number, moment = case.data["number"], clock.beijing(time).strftime("%Y-%m-%d %H:%M")
    zh, en = _ROLES[notice["invitee_role"]]
    begun_zh, begun = "约谈通知：请", ""
    if notice["at"] != notice["recorded_at"]:
        given = clock.beijing(instants.stored(notice["at"])).strftime("%Y-%m-%d %H:%M")
        begun_zh, begun = f"约谈通知已于 {given} 送达：", f"notice given at {given}, "
    news = notifications.News(
        "interview.notice",
        f"{number} {begun_zh}{zh} {notice['invitee_name']} 于 {moment} 本人参加，不得委托他人",
        f"{number}: {begun}the {en} is interviewed in person at {moment}, Beijing time",
    )
    notifications.tell(case, of_enterprise(case), news, context)
