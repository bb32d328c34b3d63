"""The dates by which the silent signatories decide: set by the minutes, watched, never consent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from engine.ports import Context, Grant, JsonMap
from workflows.domain import deadline as acts
from workflows.domain import interview_dates as dates
from workflows.domain import interview_entries as entries
from workflows.domain import notifications
from workflows.domain.deadline import Change, Deadline, Step
from workflows.domain.hazard_case import HazardCase
from workflows.domain.town_words import of_case

WAITING = "waiting"

_DECIDERS = {
    "park_command": ("park_command", "head", ("园区指挥部", "the park command")),
    "industry_department": (
        "industry_department",
        "head",
        ("行业主管部门", "the industry department"),
    ),
    "leader_incharge": ("leaders", "in_charge", ("区分管领导", "the leader in charge")),
}


def owe(
    case: HazardCase, days: Mapping[str, str], held_at: datetime, context: Context
) -> dict[str, int]:
    """Let each silent signatory owe its decision by the day of the minutes; return the dates."""
    return {
        part: _owed(case, part, date.fromisoformat(day), held_at, context).number
        for part, day in days.items()
    }


def owed_by(case: HazardCase, silent: Sequence[str], context: Context) -> bool:
    """Return whether the actor speaks for one of the silent himself; noted, not barred."""
    return any(
        context.actor.holds(case.body(body), None if role == "head" else role)
        for body, role, _ in (_DECIDERS[part] for part in silent)
    )


def told(case: HazardCase, days: Mapping[str, str], context: Context) -> None:
    """Tell each silent signatory by when it decides."""
    number = case.data["number"]
    for part, day in days.items():
        body, role, _ = _DECIDERS[part]
        news = notifications.News(
            "interview.decision_date",
            f"{number} 约谈确定：延期申请须于 {day} 前作出决定",
            f"{number}: the interview sets {day} for your decision on the extension",
        )
        notifications.tell(case, [Grant(case.body(body), role)], news, context)


def undecided(case: HazardCase, token: Mapping[str, Any], context: Context) -> str:
    """Record which signatories let their day pass and tell the principal leader; no consent."""
    entry = entries.find(case.data, token)
    known = dates.decisions(entry["held"], case.deadlines)
    for part, row in known.items():
        if row.running and row.due_at <= context.now:
            acts.expire(row, context.actor.id, context.now, "约谈确定的日期已过，不视为同意")
            _record(case, entry, part, row, context)
    return state(case, token)


def state(case: HazardCase, token: Mapping[str, Any]) -> str:
    """Return whether a decision is awaited by a day of the minutes, and else the final date."""
    entry = entries.find(case.data, token)
    awaited = dates.decisions(entry["held"], case.deadlines).values()
    return WAITING if any(row.running for row in awaited) else case.final_state(entry)


def _owed(case: HazardCase, part: str, day: date, held_at: datetime, context: Context) -> Deadline:
    begin = replace(case.begin(held_at, context.actor.id, context.now), event="interviewed")
    row = case.start("sign", begin)
    row.body = case.body(_DECIDERS[part][0])
    change = Change("interview_final", context.actor.id, context.now, row.due_date, day)
    acts.move(row, day, change, Step(f"约谈确定 {day}", f"The interview sets {day}"))
    row.printed, row.provisional = True, False
    return row


def _record(case: HazardCase, entry: JsonMap, part: str, row: Deadline, context: Context) -> None:
    kept = {"interview": entry["number"], "part": part, "due_date": row.due_date.isoformat()}
    context.journal.record("interview.undecided", kept)
    number, (who_zh, who) = case.data["number"], of_case(_DECIDERS[part][2], case.data)
    news = notifications.News(
        "interview.undecided",
        f"{number} {who_zh}未在约谈确定的 {row.due_date} 前决定延期申请，不视为同意，请督办",
        f"{number}: {who} has not decided on the extension by {row.due_date}; no consent",
    )
    office = case.body("office")
    concerned = [Grant(case.body("leaders"), "principal")]
    concerned += [Grant(office, role) for role in ("officer", "head")]
    notifications.tell(case, concerned, news, context)
