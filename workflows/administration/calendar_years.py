"""The calendar: years loaded, a notice previewed with every date it would move, then applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Incident, Invalid, NotFound
from engine.ports import SYSTEM, Actor
from engine.store.tasks import Task
from engine.work.case_row import read_case
from engine.work.open_case import OpenCase, open_case
from engine.work.parts import Parts
from engine.work.runtime import Runtime
from workflows.administration import notice_effect
from workflows.administration.desk import open_desk
from workflows.domain import deadlines, earlier_calendars, resettling, rule_store
from workflows.domain.hazard_case import HazardCase
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.rule_tables import CalendarDayRow, CalendarYearRow
from workflows.domain.working_days import WORKDAY, SpecialDay


@dataclass(frozen=True)
class Year:
    """A year of the calendar."""

    year: int
    provisional: bool
    source: str
    revision: int
    rest_days: int
    worked_days: int


@dataclass(frozen=True)
class Move:
    """An awaited date that a notice moves: of a deadline by its kind, or of a task by its title.

    Only the number names the case: whoever loads a calendar need not know what it is about.
    """

    case_id: str
    number: str
    what: tuple[str, str]
    kind: str
    before: datetime
    after: datetime


def years(session: Session) -> Sequence[Year]:
    """Return the years that are loaded, the last first."""
    counted = session.execute(
        select(CalendarDayRow.year, CalendarDayRow.kind, func.count()).group_by(
            CalendarDayRow.year, CalendarDayRow.kind
        )
    )
    days = {(row[0], row[1] == WORKDAY): row[2] for row in counted}
    rows = session.scalars(select(CalendarYearRow).order_by(CalendarYearRow.year.desc()))
    return [
        Year(
            row.year,
            row.provisional,
            row.source,
            row.revision,
            days.get((row.year, False), 0),
            days.get((row.year, True), 0),
        )
        for row in rows
    ]


def days(session: Session, year: int) -> Sequence[SpecialDay]:
    """Return the days of a year that differ from the week; raise NotFound if it is not loaded."""
    if session.get(CalendarYearRow, year) is None:
        raise NotFound(
            f"Expected a year of the calendar, but {year} is not loaded", f"没有录入 {year} 年"
        )
    specials = rule_store.calendar(session).specials
    return [specials[day] for day in sorted(specials) if day.year == year]


def preview(runtime: Runtime, days: Sequence[SpecialDay]) -> Sequence[Move]:
    """Return every awaited date that would move; the notice is loaded and forgotten again."""
    parts = Parts(runtime.database, runtime.application, runtime.catalogue)
    moves: list[Move] = []
    # A session that only reads is rolled back at its end: nothing of the trial stays.
    with runtime.database.read() as session:
        loaded = notice_effect.load(session, days)
        for case_id in _affected(session, loaded):
            case = open_case(parts, session, read_case(session, case_id), SYSTEM)
            moves += _moves(case, _number(session, case_id))
        session.rollback()
    return sorted(moves, key=lambda move: (move.before, move.number))


def apply(runtime: Runtime, actor: Actor, agency: str, days: Sequence[SpecialDay]) -> int:
    """Load a notice, then settle every case that it concerns; return how many dates moved.

    The notice is one transaction, each case another: an interrupted settling is done again by
    loading the same notice once more.

    Raises:
        NotAllowed: the actor is no administrator.
        Invalid: a year of it is over, or lacks statutory holidays.
    """
    moving = preview(runtime, days)

    def load(session: Session) -> list[int]:
        desk = open_desk(session, actor, agency)
        refuse_past(days, desk.today)
        before = rule_store.calendar(session)
        loaded = notice_effect.load(session, days)
        told = {"years": loaded, "days": len(days), "source": days[0].source}
        other = earlier_calendars.replaced(before, rule_store.calendar(session))
        kept = {"moved": len(moving), earlier_calendars.REPLACED: other}
        desk.record(earlier_calendars.ACT, agency, told | kept)
        return loaded

    loaded = runtime.database.run(load)
    resettling.settle_all(runtime, loaded)
    _settle(runtime, {move.case_id for move in moving})
    return len(moving)


def refuse_past(days: Iterable[SpecialDay], today: date) -> None:
    """Raise Invalid for a notice of a year that is over: its dates have been acted upon."""
    past = sorted({special.day.year for special in days if special.day.year < today.year})
    if past:
        raise Invalid.at(
            "text",
            f"Expected this year or a later one, but the notice names {past[0]}",
            f"{past[0]} 年已经过去，不能再改其放假安排",
        )


def _affected(session: Session, loaded: Sequence[int]) -> list[str]:
    """Return the cases with an awaited date in the years loaded or the one after."""
    first = clock.end_of_day(date(min(loaded) - 1, 12, 31))
    last = clock.end_of_day(date(max(loaded) + 1, 12, 31))
    tasks = select(Task.case_id).where(
        Task.status == "open", Task.due_at > first, Task.due_at <= last
    )
    return sorted({*resettling.cases_to_settle(session, loaded), *session.scalars(tasks)})


def _moves(case: OpenCase, number: str) -> Iterator[Move]:
    hazard = cast("HazardCase", case.scope.case)
    before = {one.number: one.due_at for one in hazard.deadlines}
    moved = deadlines.resettle(hazard.deadlines, hazard.basis, clock.now(), SYSTEM.id)
    for one in moved:
        yield Move(case.run.row.id, number, ("", ""), one.kind, before[one.number], one.due_at)
    for task in case.tasks:
        routing = case.scope.application.route(hazard, task.facts(), case.scope.context)
        if task.due_at is not None and routing.due_at not in (None, task.due_at):
            title = case.session.execute(
                select(Task.title_zh, Task.title).where(Task.id == task.id)
            ).one()
            words = (title.title_zh, title.title)
            yield Move(case.run.row.id, number, words, "task", task.due_at, routing.due_at)


def _number(session: Session, case_id: str) -> str:
    found = session.scalar(select(HazardRow.number).where(HazardRow.case_id == case_id))
    return found or case_id


def _settle(runtime: Runtime, cases: Iterable[str]) -> None:
    for case_id in sorted(cases):
        try:
            runtime.settle_case(SYSTEM, case_id)
        except (Conflict, Incident):
            # Closed meanwhile, or a fault that its incident tells of; the others go on.
            continue
