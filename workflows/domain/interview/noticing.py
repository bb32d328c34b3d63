"""The notice: who is invited, when and where; the enterprise is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from engine import clock
from engine.errors import Invalid
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import instants, notifications, organisation, rule_uses
from workflows.domain import interview_entries as entries
from workflows.domain.candidates import of_enterprise
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import HazardCase

LEGAL = "legal_representative"
INVESTOR = "actual_investor"
_LATE_DAYS = "interview.late_days"
_ROLES = {
    LEGAL: ("法定代表人", "legal representative"),
    INVESTOR: ("实际投资人", "actual investor"),
}


def scheduled(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the notice of the interview; the time comes after it."""
    entry = entries.find(case.data, task.token)
    role = str(data.get("invitee_role") or "")
    name = _invitee(case, role, data, context)
    time = _time(case, entry, data, context)
    notice = {
        "at": context.now.isoformat(),
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


def _time(case: HazardCase, entry: JsonMap, data: Mapping[str, Any], context: Context) -> datetime:
    time = instants.entered(data.get("meet_at"), "meet_at")
    if time <= context.now:
        raise Invalid.at(
            "meet_at",
            f"Expected a time after the notice, but {instants.said(time)} has come",
            "约谈时间须晚于通知时间",
        )
    duty = entries.row(case.deadlines, entry)
    if duty is not None and time >= duty.due_at:
        _check_late(case, duty, time, data, context)
    return time


def _check_late(
    case: HazardCase, duty: Deadline, time: datetime, data: Mapping[str, Any], context: Context
) -> None:
    """A time after day 3 is soon after the notice and says why, however late the notice is."""
    days = rule_uses.holding(case.basis.rules, _LATE_DAYS).whole(_LATE_DAYS)
    last = clock.beijing_date(context.now) + timedelta(days=days)
    if clock.beijing_date(time) > last:
        raise Invalid.at(
            "meet_at",
            f"Expected a late interview within {days} days of the notice, by {last}, "
            "but it is later",
            f"晚于期限的约谈须在通知之日起 {days} 天内，最迟 {last}",
        )
    if not data.get("late_reason"):
        raise Invalid.at(
            "late_reason",
            f"Expected an interview by the end of {duty.due_date}, or why it is later",
            f"约谈应于 {duty.due_date} 24时前举行；安排在此之后的，请说明原因",
        )


def _tell(case: HazardCase, notice: JsonMap, time: datetime, context: Context) -> None:
    number, moment = case.data["number"], clock.beijing(time).strftime("%Y-%m-%d %H:%M")
    zh, en = _ROLES[notice["invitee_role"]]
    news = notifications.News(
        "interview.notice",
        f"{number} 约谈通知：请{zh} {notice['invitee_name']} 于 {moment} 本人参加，不得委托他人",
        f"{number}: the {en} is interviewed in person at {moment}, Beijing time",
    )
    notifications.tell(case, of_enterprise(case), news, context)
