"""What follows: the final date, the enterprise's report, a duty not done in time, or no longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.errors import Incident
from engine.ports import Completion, Context, Grant, TaskFacts
from workflows.domain import deadline as acts
from workflows.domain import evidence, instants, notifications
from workflows.domain import interview_dates as dates
from workflows.domain import interview_entries as entries
from workflows.domain.deadline import Change
from workflows.domain.hazard_case import POLICY, HazardCase
from workflows.domain.interview import awaiting

MOVED = "deadline.moved"
_LATE = {
    "not_held": "未在期限内约谈",
    "recheck_late": "复查晚于期限届满，责任不在企业",
    "resumed": "延期撤销后恢复，约谈期限已过",
}


def final_date(case: HazardCase, token: Mapping[str, Any], context: Context) -> str:
    """Start the final date of the minutes; return whether a silent signatory has one too."""
    entry = entries.find(case.data, token)
    held = entry["held"]
    if held is None:
        raise Incident("Expected minutes of the interview, but there are none", "没有约谈纪要")
    start_final(case, held, context)
    return awaiting.state(case, token)


def start_final(case: HazardCase, held: Mapping[str, Any], context: Context) -> None:
    """Start the final date of some minutes, if they fix one and no other date runs."""
    if held["final_date"] is None or case.running(*POLICY) is not None:
        return
    said = dates.final_said(held)
    printed = date.fromisoformat(held["final_date"])
    begin = case.begin(instants.stored(said["at"]), said["by"], context.now)
    row = case.start("final", begin, printed)
    row.changes.append(Change("interview_final", said["by"], context.now, None, row.due_date))


def reported(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the enterprise's report on what it did after the interview."""
    entry = entries.find(case.data, task.token)
    duty = entries.row(case.deadlines, entry, "report_duty")
    report = {
        "at": context.now.isoformat(),
        "by": context.actor.id,
        "text": data.get("text"),
        "evidence": evidence.attach(context.session, data.get("evidence") or (), case.id, context),
        "due": duty.due_date.isoformat() if duty else None,
        "late": duty is not None and context.now >= duty.due_at,
    }
    entries.change(case.data, entry, report=report)
    if duty is not None and duty.running:
        done = acts.expire if report["late"] else _met
        done(duty, context.actor.id, context.now)
    return Completion({}, "late" if report["late"] else None)


def talked(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the short record of a talk with whoever runs the enterprise."""
    entry = entries.find(case.data, task.token)
    talk = {
        "at": instants.not_future(data.get("talked_at"), "talked_at", context.now).isoformat(),
        "recorded_at": context.now.isoformat(),
        "by": context.actor.id,
        "spoken_to": data.get("spoken_to"),
        "record": data.get("record"),
    }
    entries.change(case.data, entry, talk=talk)
    return Completion({}, None)


def late(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """Record that day 3 passed without the interview: the duty stays, the principal is told."""
    entry = entries.find(case.data, token)
    duty = entries.row(case.deadlines, entry)
    if duty is None or not duty.running:
        raise Incident(
            "Expected a running interview duty, but there is none", "没有进行中的约谈期限"
        )
    reason = _why_late(entry, duty)
    note = _LATE[reason]
    acts.expire(duty, context.actor.id, context.now, note)
    entries.change(case.data, entry, late=True, late_reason=reason)
    kept = {"interview": entry["number"], "due_date": duty.due_date.isoformat(), "reason": reason}
    context.journal.record("interview.late", kept)
    number, office = case.data["number"], case.body("office")
    news = notifications.News(
        "interview.late",
        f"{number} 约谈超期：{note}（应于 {duty.due_date} 前约谈），请区主要领导督办",
        f"{number}: not interviewed by {duty.due_date}; the duty stands",
    )
    leaders = case.body("leaders")
    concerned = [Grant(leaders, "principal"), Grant(leaders, "in_charge")]
    concerned += [Grant(office, role) for role in ("officer", "head")]
    notifications.tell(case, concerned, news, context)


def _why_late(entry: Mapping[str, Any], duty: acts.Deadline) -> str:
    if entry["recheck_late"]:
        return "recheck_late"
    came_back = entry.get("resumes") and duty.due_at <= instants.stored(entry["opened_at"])
    return "resumed" if came_back else "not_held"


def lapse(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """End an interview not yet held: an approval by day 3 has put another date in force."""
    entry = entries.find(case.data, token)
    duty = entries.row(case.deadlines, entry)
    if duty is not None and duty.state in ("live", "held", "expired"):
        acts.end(duty, "voided", context.actor.id, context.now, "延期获批，约谈不再进行")
    lapsed = {"at": context.now.isoformat(), "cause": MOVED}
    entries.change(case.data, entry, lapsed=lapsed)
    context.journal.record("interview.lapsed", {"interview": entry["number"], "cause": MOVED})


def _met(duty: acts.Deadline, actor: str, now: Any) -> None:  # noqa: ANN401 an instant
    acts.meet(duty, actor, now, now)
