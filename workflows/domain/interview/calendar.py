"""The calendar of interviews: what is owed by when, over every hazard that a person may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import Actor
from engine.store import many_cases
from engine.store.tasks import Task
from workflows.domain import instants, known_values
from workflows.domain import interview_entries as entries
from workflows.domain.ledger_tables import DeadlineRow, HazardRow
from workflows.domain.levels import ENDING_DUTIES
from workflows.domain.readers import Readers
from workflows.domain.registration import FINDER_KINDS
from workflows.domain.visibility import reach

INTERVIEW, REPORT, FINAL_DATE = "interview", "interview_report", "final_date"
_ROWS = {INTERVIEW: "duty", REPORT: "report_duty"}
"""Kinds of deadlines, and under which name an entry keeps the number of its own."""

KINDS = (INTERVIEW, FINAL_DATE, REPORT)
"""What may be owed; a final date that the host has yet to fix runs by the limit of its step."""

STEPS = ("propose", "confirm", "schedule", "hold", "fix_final", "report")
"""What an owed interview, final date or report lacks."""

FIX_FINAL = "interview.fix_final"

_OWED = ("live", "held", "expired")


@dataclass(frozen=True)
class Wanted:
    """What to look for; empty fields do not narrow."""

    host: str = ""
    body: str = ""
    step: str = ""
    late: bool | None = None


@dataclass(frozen=True)
class Duty:
    """An interview to be held, or what is owed after one that was: a final date, a report."""

    hazard: HazardRow
    kind: str
    interview: int
    step: str
    due_at: datetime
    due_date: date
    late: bool
    host: str | None
    meet_at: datetime | None
    place: str
    mode: str
    invitee: str
    no_shows: int
    of_authority: bool

    @property
    def day(self) -> date:
        """The day on which it stands in a calendar: when it is set, else its last day."""
        if self.step == "hold" and self.meet_at is not None:
            return clock.beijing_date(self.meet_at)
        return self.due_date


def duties(session: Session, actor: Actor, wanted: Wanted, now: datetime) -> list[Duty]:
    """Return what is owed, the earliest first: three queries, however many there are."""
    found = [*_owed(session, actor, wanted, now), *_undated(session, actor, wanted, now)]
    found.sort(key=lambda duty: (duty.due_at, duty.hazard.number, duty.kind, duty.interview))
    return list(_narrowed(found, wanted))


def _owed(session: Session, actor: Actor, wanted: Wanted, now: datetime) -> Iterator[Duty]:
    """Yield the interviews and reports: what they lack stands in the documents of their cases."""
    rows = session.execute(
        select(DeadlineRow, HazardRow)
        .join(HazardRow, HazardRow.case_id == DeadlineRow.case_id)
        .where(
            reach(session, actor).clause(),
            DeadlineRow.kind.in_(_ROWS),
            DeadlineRow.state.in_(_OWED),
            HazardRow.state.not_in(ENDING_DUTIES),
            *_body(wanted.body),
        )
        .order_by(DeadlineRow.due_at, HazardRow.number, DeadlineRow.number)
    ).all()
    documents = many_cases.documents(session, {row.HazardRow.case_id for row in rows})
    before = Readers(session, actor)
    for row in rows:
        document = documents[row.HazardRow.case_id][1]
        hears = before.hears(row.HazardRow)
        duty = _duty(row.DeadlineRow, row.HazardRow, document, now, hears=hears)
        if duty is not None:
            yield duty


def _undated(session: Session, actor: Actor, wanted: Wanted, now: datetime) -> Iterator[Duty]:
    """Yield the final dates that a host has yet to fix, for those who hear opinions."""
    rows = session.execute(
        select(Task, HazardRow)
        .join(HazardRow, HazardRow.case_id == Task.case_id)
        .where(
            reach(session, actor).clause(),
            Task.status == "open",
            Task.act == FIX_FINAL,
            Task.due_at.is_not(None),
            *_body(wanted.body),
        )
    ).all()
    documents = many_cases.documents(session, {row.HazardRow.case_id for row in rows})
    before = Readers(session, actor)
    for row in rows:
        if before.hears(row.HazardRow):
            entry = entries.find(documents[row.HazardRow.case_id][1], row.Task.token)
            due_at = row.Task.due_at
            last = clock.beijing_date(due_at - timedelta(microseconds=1))
            given = {"step": "fix_final", "host": entry["host"], "due_at": due_at, "due_date": last}
            yield _told(row.HazardRow, FINAL_DATE, entry, now, **given)


def check_body(session: Session, body: str) -> None:
    """Raise Invalid for a body that no calendar is narrowed by."""
    asked = known_values.Asked("body", "单位", [body])
    known_values.check_bodies(session, asked, *FINDER_KINDS)


def _body(body: str) -> list[Any]:
    if not body:
        return []
    return [
        or_(
            HazardRow.park == body,
            HazardRow.industry_department == body,
            HazardRow.finder_body == body,
        )
    ]


def _narrowed(found: Iterable[Duty], wanted: Wanted) -> Iterator[Duty]:
    for duty in found:
        asked = (
            (wanted.host, duty.host),
            (wanted.step, duty.step),
            (wanted.late, duty.late),
        )
        if all(value in ("", None) or value == has for value, has in asked):
            yield duty


def _duty(
    row: DeadlineRow,
    hazard: HazardRow,
    document: Mapping[str, Any],
    now: datetime,
    *,
    hears: bool,
) -> Duty | None:
    """Return what a row owes; None where the interview was held too late, or is gone."""
    kept = _ROWS[row.kind]
    entry = next((e for e in document["interviews"] if e.get(kept) == row.number), None)
    if entry is None:
        return None
    step = entries.told_step(entry, hears=hears)
    if step not in STEPS or (step == "report") != (row.kind == REPORT):
        return None
    host = entries.told_host(entry, hears=hears)
    given = {"step": step, "host": host, "due_at": row.due_at, "due_date": row.due_date}
    return _told(hazard, row.kind, entry, now, **given)


def _told(
    hazard: HazardRow, kind: str, entry: Mapping[str, Any], now: datetime, **given: Any
) -> Duty:
    notice = entry["notice"] or {}
    return Duty(
        hazard=hazard,
        kind=kind,
        interview=entry["number"],
        late=given["due_at"] <= now,
        meet_at=instants.optional(notice.get("time")),
        place=notice.get("place") or "",
        mode=notice.get("mode") or "",
        invitee=notice.get("invitee_name") or "",
        no_shows=len(entry["no_shows"]),
        of_authority=entry["subject"] == entries.AUTHORITY,
        **given,
    )
