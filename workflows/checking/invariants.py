"""The product's invariants: what must hold of every hazard, whatever happened to it.

They are of the product and not of its rows: the deep check asks whether rows agree with one
another and dates with their rules, these ask whether a case went the way that the rules leave
open. Each is named by its number in `INVARIANTS`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import SYSTEM
from engine.store.tables import Case, History, Task
from engine.work.checking.findings import Finding
from workflows.app import ROOT_PROCESS
from workflows.domain import ledger, ledger_filters, organisation
from workflows.domain.deadline import CAUSES
from workflows.domain.ledger_fields import FIELDS, LedgerField
from workflows.domain.ledger_filters import EMPTY
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.levels import EXITS, STATE_NAMES

INVARIANTS: Mapping[int, str] = {
    1: "one state and a next actor with a date, or one of four exits",
    2: "no strike-off without a recheck by somebody other than the rectifier",
    3: "no extension without two signatures of two bodies, asked for before expiry",
    4: "every expiry of a larger or major hazard brings an interview within three days",
    5: "silence never closes and never approves",
    6: "every change of a date has a lawful cause",
    7: "no row tells that a case came from a report",
    8: "dates computed again are the same (checked with the rows, `db check --deep`)",
    9: "the ledger by level, state, place and department comes to as many hazards as there are",
    10: "no major hazard without a criterion, no referral without its elements",
}
DECIDING = frozenset(
    {
        "level.confirm",
        "extension.sign.park_command",
        "extension.sign.industry_department",
        "recheck.submit",
        "recheck.second",
        "recheck.expert",
        "strike_off.finder",
        "strike_off.industry_department",
        "strike_off.park_command",
        "strike_off.emergency_bureau",
        "case.struck_off",
        "case.voided",
        "case.transfer",
        "case.shut_down",
        "void.decide",
        "enforcement.decide",
        "interview.hold",
    }
)
"""Acts that close, approve or judge: none of them is ever the system's."""

APPROVING = frozenset({"agree", "pass", "uphold", "file"})
"""Outcomes that say yes, whatever the act."""

_INTERVIEW_DAYS = 3
_LONGEST_BREAK = 8
"""Days of the longest break that the State Council's notices have given, as in February 2024.

Where the third day falls into one, the duty of a larger hazard rolls to the day after it; which
day that is, the deep check computes again by the calendar.
"""

_DIVIDED = ("level", "state", "category", "source", "entry", "park", "town", "department")
"""Fields by which the monthly table divides the ledger: each hazard is in one part."""

_RECHECKS = ("recheck.submit", "recheck.at_expiry")
_REPORTED = "rectify.report_done"
_PAGE = 500


@dataclass
class Facts:
    """A case as the invariants see it."""

    id: str
    status: str
    document: Mapping[str, Any]
    state: str
    acts: list[tuple[str, str | None, str]] = field(default_factory=list)
    """Act, outcome and actor, in the order of the record."""

    waits: list[datetime | None] = field(default_factory=list)
    """Until when each open task that somebody may do is to be done."""


def invariant_findings(session: Session) -> Iterator[Finding]:
    """Yield every breach of an invariant; memory does not grow with the number of cases."""
    for page in _pages(session):
        for facts in page:
            for number, check in _OF_A_CASE:
                for what, zh in check(facts):
                    yield _finding(number, what, zh, facts.id)
    yield from _sums(session)


def _finding(number: int, what: str, zh: str, case_id: str | None = None) -> Finding:
    sentence = f"Expected {INVARIANTS[number]}, but {what}"
    return Finding(f"invariant {number}", sentence, f"不变式 {number}：{zh}", case_id)


# -------------------------------------------------------------------- each case

Breaches = Iterator[tuple[str, str]]


def _placed(facts: Facts) -> Breaches:
    phase = facts.document["phase"]
    if facts.state not in STATE_NAMES:
        yield f"the state is {facts.state}", f"状态为 {facts.state}"
    if phase in EXITS:
        if facts.state != phase:
            yield f"it left as {phase} and stands as {facts.state}", "办结方式与状态不符"
        return
    if facts.status != "open" or not facts.waits:
        yield f"nobody has to act while it is {facts.state}", f"状态 {facts.state} 时无人承办"
    elif not any(facts.waits):
        yield f"no date binds whoever has to act while it is {facts.state}", "承办无时限"


def _rechecked(facts: Facts) -> Breaches:
    if facts.document["phase"] != "struck_off":
        return
    rectifiers = {actor for act, _, actor in facts.acts if act == _REPORTED}
    passed = [actor for act, outcome, actor in facts.acts if act in _RECHECKS and outcome == "pass"]
    if not passed or passed[-1] in rectifiers:
        yield "it was struck off without one", "未经他人复查即销号"


def _signed(facts: Facts) -> Breaches:
    for request in facts.document["extension_requests"]:
        if request["effective_at"] is None:
            continue
        standing = [one for one in request["signatures"] if one["standing"]]
        parts = {one["part"] for one in standing if one["decision"] == "agree"}
        persons = {one["by"] for one in standing}
        if not {"park_command", "industry_department"} <= parts or len(persons) < len(parts):
            yield f"request {request['number']} has not", f"第{request['number']}次延期签署不全"
        last = date.fromisoformat(request["original_due"])
        if datetime.fromisoformat(request["at"]) >= clock.end_of_day(last):
            yield f"request {request['number']} came later", "期满后申请的延期生效"


def _interviewed(facts: Facts) -> Breaches:
    dates = {one["number"]: one for one in facts.document["deadlines"]}
    met = {one["deadline"]: one for one in facts.document["interviews"]}
    for number, one in dates.items():
        if one["state"] != "expired" or one["kind"] not in ("rectification", "final"):
            continue
        if one["level"] == "general":
            continue
        entry = met.get(number)
        if entry is None:
            yield f"the date {one['due_date']} brought none", f"{one['due_date']}届满未约谈"
        elif entry["kind"] != "talk":
            yield from _dated(one, dates.get(entry["duty"]))


def _dated(expired: Mapping[str, Any], duty: Mapping[str, Any] | None) -> Breaches:
    if duty is None:
        yield "it has no date", "约谈无期限"
        return
    passed = date.fromisoformat(expired["due_date"])
    until = date.fromisoformat(duty["due_date"])
    rolled = 0 if duty["level"] == "major" else _LONGEST_BREAK
    last = passed + timedelta(days=_INTERVIEW_DAYS + rolled)
    if duty["days"] > _INTERVIEW_DAYS or until > last:
        yield f"after {passed} it is due on {until}", f"{passed}届满，约谈期限为{until}"


def _silent(facts: Facts) -> Breaches:
    for act, outcome, actor in facts.acts:
        if actor == SYSTEM.id and (act in DECIDING or outcome in APPROVING):
            yield f"the system did {act}", f"系统自行办理了 {act}"


def _caused(facts: Facts) -> Breaches:
    for deadline in facts.document["deadlines"]:
        for change in deadline["changes"]:
            if change["cause"] not in CAUSES:
                yield f"{deadline['kind']} was moved by {change['cause']}", "期限变动无依据"


def _unnamed(facts: Facts) -> Breaches:
    if facts.document["source"] == "report_transferred":
        yield "its source does", "来源显示为举报"


def _founded(facts: Facts) -> Breaches:
    if facts.document["level"] == "major" and not facts.document["criterion"]:
        yield "this one has none", "重大隐患无判定标准条款"
    for entry in facts.document["enforcements"]:
        referral = entry["referral"] or {}
        unmet = [one for one in referral.get("elements", ()) if not one["met"]]
        if referral.get("refer") and (unmet or not referral["elements"]):
            yield "one was referred without", "要素不全而移送"


_OF_A_CASE: tuple[tuple[int, Callable[[Facts], Breaches]], ...] = (
    (1, _placed),
    (2, _rechecked),
    (3, _signed),
    (4, _interviewed),
    (5, _silent),
    (6, _caused),
    (7, _unnamed),
    (10, _founded),
)


# -------------------------------------------------------------------- reading


def _pages(session: Session) -> Iterator[list[Facts]]:
    last = ""
    query = (
        select(Case.id, Case.status, Case.document, HazardRow.state)
        .join(HazardRow, HazardRow.case_id == Case.id)
        .order_by(Case.id)
        .limit(_PAGE)
    )
    while rows := session.execute(query.where(Case.id > last)).all():
        found = {
            row.id: Facts(row.id, row.status, json.loads(row.document), row.state) for row in rows
        }
        _add_acts(session, found)
        _add_waits(session, found)
        yield list(found.values())
        last = rows[-1].id


def _add_acts(session: Session, found: Mapping[str, Facts]) -> None:
    columns = (History.case_id, History.act, History.outcome, History.actor)
    rows = session.execute(
        select(*columns)
        .where(History.case_id.in_(list(found)))
        .order_by(History.case_id, History.seq)
    )
    for row in rows:
        found[row.case_id].acts.append((row.act, row.outcome, row.actor))


def _add_waits(session: Session, found: Mapping[str, Facts]) -> None:
    rows = session.execute(
        select(Task.case_id, Task.due_at).where(
            Task.case_id.in_(list(found)),
            Task.status == "open",
            Task.assignee.is_not(None) | Task.pool.is_not(None),
        )
    )
    for row in rows:
        found[row.case_id].waits.append(row.due_at)


# -------------------------------------------------------------------- the ledger as a whole


def _sums(session: Session) -> Iterator[Finding]:
    """Ask the ledger for every part of it, as a person would by its filters."""
    cases = session.scalar(select(func.count(Case.id)).where(Case.process == ROOT_PROCESS)) or 0
    for key in _DIVIDED:
        values = [*_values(session, FIELDS[key]), *([EMPTY] if FIELDS[key].optional else [])]
        told = sum(_told(session, key, value) for value in values)
        if told != cases:
            yield _finding(
                9, f"by {key} it tells of {told}, and there are {cases}", f"按{key}合计不等"
            )


def _values(session: Session, one: LedgerField) -> Sequence[str]:
    if one.kind == "choice":
        return list(one.choices)
    return [body.id for kind in one.bodies for body in organisation.bodies(session, kind)]


def _told(session: Session, key: str, value: str) -> int:
    wanted = ledger.LedgerFilter(where=ledger_filters.read({key: [value]}))
    return ledger.page(session, SYSTEM, wanted, clock.now(), limit=1).total
