"""The day of the interview: held, nobody came, or put off; each leaves its own record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from engine import clock
from engine.errors import Invalid, NotAllowed
from engine.ports import Completion, Context, Grant, JsonMap, TaskFacts
from workflows.domain import evidence, instants, notifications
from workflows.domain import interview_entries as entries
from workflows.domain import interview_hosts as hosts
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview import decision_days, minutes

HELD = "held"
NO_SHOW = "no_show"
POSTPONED = "postponed"
GROUNDS = ("illness", "abroad")

Record = Callable[[HazardCase, JsonMap, Mapping[str, Any], Context], None]


def concluded(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take what became of the interview from its host."""
    entry = entries.find(case.data, task.token)
    check_entitled(case, task, context)
    outcome = str(data.get("outcome"))
    _RECORDS[outcome](case, entry, data, context)
    return Completion({"outcome": outcome}, outcome)


def check_entitled(case: HazardCase, task: TaskFacts, context: Context) -> None:
    """A task may have been handed to anybody; only the three of the article may interview."""
    if not any(grant in context.actor.grants for grant in hosts.candidates(case, task.token)):
        raise NotAllowed(
            "Expected the host of the interview himself, but the actor is not",
            "约谈须由确定的约谈人本人主持",
        )


def _held(case: HazardCase, entry: JsonMap, data: Mapping[str, Any], context: Context) -> None:
    decision_days.check(case, data)
    minutes.taken(case, entry, data, context)


def _no_show(case: HazardCase, entry: JsonMap, data: Mapping[str, Any], context: Context) -> None:
    """Nobody who was invited came; a substitute counts as nobody. The principal leader is next."""
    _check_time_has_come(entry, context)
    absence = {
        "at": context.now.isoformat(),
        "by": context.actor.id,
        "reason": data.get("absence_reason"),
        "substitute": bool(data.get("substitute_came")),
        "notice": entry["notice"],
    }
    entries.change(
        case.data,
        entry,
        no_shows=[*entry["no_shows"], absence],
        host=hosts.PRINCIPAL,
        notice=None,
        postponements=[],
    )
    kept = {"interview": entry["number"], "substitute": absence["substitute"]}
    context.journal.record("interview.no_show", kept)
    number, name = case.data["number"], case.data["enterprise"]["name_zh"]
    news = notifications.News(
        "interview.no_show",
        f"{number} 通报：{name}约谈对象无故缺席，改由区主要领导约谈",
        f"{number}: nobody came to the interview; the principal leader holds the next",
    )
    notifications.tell(case, _circulated(case), news, context)


def _circulated(case: HazardCase) -> list[Grant]:
    """Everybody whom a no-show is made known to (通报)."""
    heads = ("park_command", "industry_department", "emergency_bureau", "office")
    leaders, enterprise = case.body("leaders"), case.body("enterprise")
    return [
        Grant(leaders, "principal"),
        Grant(leaders, "in_charge"),
        *(Grant(case.body(part), "head") for part in heads),
        Grant(case.body("office"), "officer"),
        Grant(enterprise, "principal"),
    ]


def _postponed(case: HazardCase, entry: JsonMap, data: Mapping[str, Any], context: Context) -> None:
    """Put the interview off for illness or absence abroad; the date of the duty does not move."""
    if data.get("ground") not in GROUNDS:
        raise Invalid.at(
            "ground",
            "Expected illness or absence abroad, but it is another ground",
            "只有因病或在境外可以推迟约谈",
        )
    proof = evidence.attach(context.session, data.get("proof") or (), case.id, context)
    if not proof:
        raise Invalid.at("proof", "Expected proof of the ground, but there is none", "须附证明材料")
    to = _new_time(case, entry, data, context)
    word = {
        "to": to.isoformat(),
        "ground": data["ground"],
        "evidence": proof,
        "mode": data.get("new_mode"),
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "before": entry["notice"]["time"],
    }
    notice = {**entry["notice"], "time": word["to"], "mode": word["mode"]}
    entries.change(case.data, entry, postponements=[*entry["postponements"], word], notice=notice)


def _new_time(
    case: HazardCase, entry: JsonMap, data: Mapping[str, Any], context: Context
) -> datetime:
    """Return the new time: at most three days after the one first set, however often put off."""
    to = instants.entered(data.get("to"), "to")
    if to <= context.now:
        raise Invalid.at(
            "to",
            f"Expected a time ahead, but {instants.said(to)} has come",
            "新的时间须在当前时间之后",
        )
    first = (entry["postponements"] or [{"before": entry["notice"]["time"]}])[0]["before"]
    days = case.basis.rules.whole("interview.postpone_days_max")
    last = instants.stored(first) + timedelta(days=days)
    if to > last:
        raise _too_far(days, last, again=bool(entry["postponements"]))
    return to


def _too_far(days: int, last: datetime, *, again: bool) -> Invalid:
    """Say until when it may be put off; by video it may take place until then, not later."""
    until = f"{clock.beijing(last):%Y-%m-%d %H:%M}"
    if again:
        return Invalid.at(
            "to",
            f"Expected at most {days} days after the time first set, by {instants.said(last)}, "
            "by video too, but it was put off before and this is later",
            f"已推迟过一次：累计不得超过首次原定时间 {days} 天，最迟 {until}，视频约谈也一样",
        )
    return Invalid.at(
        "to",
        f"Expected at most {days} days after the time first set, by {instants.said(last)}, "
        "but it is later",
        f"推迟不得超过原定时间 {days} 天，最迟 {until}；在此以前可以视频约谈",
    )


def _check_time_has_come(entry: JsonMap, context: Context) -> None:
    time = instants.stored(entry["notice"]["time"])
    if context.now < time:
        raise Invalid.at(
            "outcome",
            f"Expected the time {instants.said(time)} to have come, but it has not",
            "约谈时间未到，不能记为缺席",
        )


_RECORDS: dict[str, Record] = {HELD: _held, NO_SHOW: _no_show, POSTPONED: _postponed}
