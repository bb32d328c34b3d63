"""The minutes: what was said, and the final date or the decision dates of the silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from engine import clock
from engine.errors import Invalid
from engine.ports import Context, JsonMap
from workflows.domain import deadline as acts
from workflows.domain import evidence, instants, notifications
from workflows.domain import extension_requests as requests
from workflows.domain import interview_dates as dates
from workflows.domain import interview_entries as entries
from workflows.domain import interview_hosts as hosts
from workflows.domain.candidates import of_enterprise
from workflows.domain.hazard_case import POLICY, HazardCase
from workflows.domain.interview import awaiting, opening

_KEPT = ("recorder", "attendees", "circulated", "explanation", "commitment", "refusal")
_SUBSTITUTE = "substitute"


def taken(case: HazardCase, entry: JsonMap, data: Mapping[str, Any], context: Context) -> None:
    """Record an interview as held, with its minutes."""
    held_at = _held_at(entry, data, context)
    _check_who_came(case, data)
    silent = opening.silent_parts(case)
    final = _final_date(case, data, held_at, context, silent=bool(silent))
    days = _decision_dates(case, data, held_at, silent)
    held = {
        "at": held_at.isoformat(),
        "recorded_at": context.now.isoformat(),
        "by": context.actor.id,
        "host": entry["host"],
        **{name: data.get(name) for name in _KEPT},
        "final_date": final.isoformat() if final else None,
        "final_until": last_day(case, held_at).isoformat(),
        "decision_dates": days,
        "decision_duties": awaiting.owe(case, days, held_at, context),
        "signed": data.get("signature") == "signed",
        "refused_to_sign": data.get("signature") == "refused",
        "recording": evidence.attach(
            context.session, data.get("recording") or (), case.id, context
        ),
        "signer_conflict": context.actor.id in requests.who_agreed(case.data),
        "silent_conflict": awaiting.owed_by(case, silent, context),
    }
    late = _meet(case, entry, held_at, context)
    entries.change(case.data, entry, held=held, late=late)
    case.data["interviewed"] = True
    _record(case, entry, held, context)
    awaiting.told(case, held["decision_dates"], context)


def _held_at(entry: JsonMap, data: Mapping[str, Any], context: Context) -> datetime:
    """Return when it was held: after the notice, which is itself after the expiry; not ahead."""
    held_at = instants.not_future(data.get("held_at"), "held_at", context.now)
    noticed = instants.stored(entry["notice"]["at"])
    if held_at < noticed:
        raise Invalid.at(
            "held_at",
            f"Expected a time after the notice of {instants.said(noticed)}, but it is earlier",
            "约谈时间不得早于发出约谈通知的时间",
        )
    return held_at


def _check_who_came(case: HazardCase, data: Mapping[str, Any]) -> None:
    if data.get("came") == _SUBSTITUTE and not case.basis.rules.flag("interview.substitute"):
        raise Invalid.at(
            "came",
            "Expected the invitee in person, but a substitute came: it counts as a no-show",
            "约谈对象不得委托他人；由他人代替的，应记为缺席",
        )


def _final_date(
    case: HazardCase,
    data: Mapping[str, Any],
    held_at: datetime,
    context: Context,
    *,
    silent: bool,
) -> date | None:
    """Return the final date; none where another date or paper comes, or it is done or too late."""
    given = data.get("final_date")
    if case.running(*POLICY) is not None or case.phase not in dates.UNDER_WAY:
        if given:
            raise Invalid.at(
                "final_date",
                "Expected no final date, because another date is in force or to be served, "
                "or the hazard is done",
                "已有生效的期限、将重新送达文书或已复查合格，不再确定最终期限",
            )
        return None
    if silent:
        _refuse_undecided(given)
        return None
    if last_day(case, held_at) < clock.beijing_date(context.now):
        _refuse_missed(given, last_day(case, held_at))
        return None
    return final_day(case, given, held_at, context)


def _refuse_undecided(given: object) -> None:
    """Fix none while the authority owes its answer to a timely request; it is given days."""
    if given:
        raise Invalid.at(
            "final_date",
            "Expected no final date, because a timely request for extension is undecided: "
            "give each silent signatory a day to decide by",
            "延期申请待批，不确定最终期限；请为每个未签署单位填写决定日期",
        )


def _refuse_missed(given: object, last: date) -> None:
    """Fix none where the minutes come too late for one; the date that passed stays overdue."""
    if given:
        raise Invalid.at(
            "final_date",
            f"Expected no final date, because one could be set until {last}, which has passed",
            f"最终期限最迟可定至 {last}，该日已过，不再确定最终期限，执法程序照常进行",
        )


def _decision_dates(
    case: HazardCase, data: Mapping[str, Any], held_at: datetime, silent: list[str]
) -> dict[str, str]:
    """Return by when each silent signatory decides; each is named."""
    dates = {}
    for part in silent:
        field = f"decision_{part}"
        last = last_day(case, held_at)
        day = _required_day(data.get(field), field)
        if not clock.beijing_date(held_at) <= day <= last:
            raise _outside(field, held_at, last)
        dates[part] = day.isoformat()
    return dates


def final_day(case: HazardCase, given: object, since: datetime, context: Context) -> date:
    """Return the final date that a form gives: from today to the last day counted from `since`."""
    day, last = _required_day(given, "final_date"), last_day(case, since)
    if not clock.beijing_date(context.now) <= day <= last:
        raise _outside("final_date", context.now, last)
    return day


def last_day(case: HazardCase, since: datetime) -> date:
    """Return the last day that a final date may fall on."""
    days = case.basis.rules.whole("interview.final_date_max_days")
    return clock.beijing_date(since) + timedelta(days=days)


def _required_day(given: object, field: str) -> date:
    if not given:
        raise Invalid.at(field, "Expected a date, but there is none", "请填写日期")
    return instants.entered_day(given, field)


def _outside(field: str, since: datetime, last: date) -> Invalid:
    first = clock.beijing_date(since)
    return Invalid.at(
        field,
        f"Expected a date from {first} to {last}, but it is another",
        f"日期须在 {first} 至 {last} 之间",
    )


def _meet(case: HazardCase, entry: JsonMap, held_at: datetime, context: Context) -> bool:
    """Close the duty at the time of the interview; return whether it was held too late."""
    duty = entries.row(case.deadlines, entry)
    if duty is None:
        return False
    if duty.running and held_at < duty.due_at:
        acts.meet(duty, context.actor.id, held_at, context.now)
    elif duty.state == "expired" and held_at < duty.due_at:
        acts.meet_in_time(duty, context.actor.id, held_at, context.now, "按期约谈，事后补录")
    return held_at >= duty.due_at


def _record(case: HazardCase, entry: JsonMap, held: JsonMap, context: Context) -> None:
    begin = case.begin(instants.stored(held["at"]), context.actor.id, context.now)
    report = case.start("interview_report", begin)
    kept = ("final_date", "decision_dates", "refused_to_sign", *entries.CONFLICTS)
    facts = {name: held[name] for name in kept}
    entry = entries.find(case.data, {"interview": entry["number"]})
    entries.change(case.data, entry, report_duty=report.number)
    context.journal.record(
        "interview.held",
        {"interview": entry["number"], "host": entry["host"], "late": entry["late"], **facts},
    )
    number = case.data["number"]
    who_zh, who = hosts.NAMES[entry["host"]]
    final = held["final_date"]
    until_zh, until = (f"，最终期限 {final}", f", final date {final}") if final else ("", "")
    news = notifications.News(
        "interview.held",
        f"{number} 已由{who_zh}约谈{until_zh}，请于 {report.due_date} 前书面报告落实情况",
        f"{number}: interviewed by {who}{until}; report by {report.due_date}",
    )
    notifications.tell(case, of_enterprise(case), news, context)
