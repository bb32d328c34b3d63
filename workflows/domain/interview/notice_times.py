"""The two times of a notice: when it was given, and when the interview is to be held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from engine import clock
from engine.errors import Invalid
from engine.ports import Context, JsonMap
from workflows.domain import instants, rule_uses
from workflows.domain import interview_entries as entries
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import HazardCase

_LATE_DAYS = "interview.late_days"


def given(case: HazardCase, entry: JsonMap, data: Mapping[str, Any], context: Context) -> datetime:
    """Return when the notice was given: now, or by telephone before it was typed in."""
    if not data.get("given_at"):
        return context.now
    at = instants.not_future(data["given_at"], "given_at", context.now)
    since = _since(case, entry)
    if at < since:
        raise Invalid.at(
            "given_at",
            f"Expected a notice given from {instants.said(since)} on, but it is earlier",
            f"通知送达时间不得早于 {clock.beijing(since):%Y-%m-%d %H:%M}（期限届满或上次约谈缺席）",
        )
    return at


def _since(case: HazardCase, entry: JsonMap) -> datetime:
    """Return since when one could be given: the expiry, or the meeting that nobody came to."""
    if entry["no_shows"]:
        return instants.stored(entry["no_shows"][-1]["notice"]["time"])
    if entry.get("due_date"):
        return clock.end_of_day(date.fromisoformat(entry["due_date"]))
    expired = entries.row(case.deadlines, entry, "deadline")
    return expired.due_at if expired else instants.stored(entry["opened_at"])


def meeting(
    case: HazardCase, entry: JsonMap, data: Mapping[str, Any], noticed: datetime
) -> datetime:
    """Return the time of the interview: after the notice, and if after day 3, soon and said why."""
    time = instants.entered(data.get("meet_at"), "meet_at")
    if time <= noticed:
        raise Invalid.at(
            "meet_at",
            f"Expected a time after the notice of {instants.said(noticed)}, but it is not later",
            "约谈时间须晚于通知时间",
        )
    duty = entries.row(case.deadlines, entry)
    if duty is not None and time >= duty.due_at:
        _check_late(case, duty, time, data, noticed)
    return time


def _check_late(
    case: HazardCase, duty: Deadline, time: datetime, data: Mapping[str, Any], noticed: datetime
) -> None:
    """However late the notice is itself, a late interview says why."""
    days = rule_uses.holding(case.basis.rules, _LATE_DAYS).whole(_LATE_DAYS)
    last = clock.beijing_date(noticed) + timedelta(days=days)
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
