"""Rule sets and calendar in the database: seeding, reading, importing a published year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from engine.errors import Invalid, NotFound
from workflows.domain import rule_set, rule_uses, working_days
from workflows.domain.read_once import once
from workflows.domain.rule_set import RuleSet
from workflows.domain.rule_tables import CalendarDayRow, CalendarYearRow, RuleSetRow
from workflows.domain.working_days import SpecialDay, WorkingCalendar


def seed(session: Session, effective_from: date) -> None:
    """Load the shipped rule sets and the calendar where they are missing."""
    for name in rule_set.SHIPPED:
        text = rule_set.shipped_text(name)
        parsed = _parse(text)
        if session.get(RuleSetRow, (parsed.id, parsed.version)) is None:
            since = rule_set.effective_from(text) or effective_from
            add_rule_set(session, text, since)
    if session.scalar(select(CalendarYearRow.year).limit(1)) is None:
        load_days(session, working_days.seeded_days())


def add_rule_set(session: Session, text: str, effective_from: date | None) -> RuleSet:
    """Add a version of a rule set, in force from a date; a version is never replaced."""
    parsed = _parse(text)
    rule_uses.check(parsed)
    if session.get(RuleSetRow, (parsed.id, parsed.version)) is not None:
        raise Invalid(
            f"Expected a new version of {parsed.id}, but version {parsed.version} exists",
            f"规则集 {parsed.id} 第{parsed.version}版已存在，不得修改",
        )
    row = RuleSetRow(
        id=parsed.id, version=parsed.version, effective_from=effective_from, content=text
    )
    session.add(row)
    session.flush()
    return parsed


def holds_rules(session: Session) -> bool:
    """Return whether a rule set was loaded; a database without tables holds none."""
    there = inspect(session.connection()).has_table(RuleSetRow.__tablename__)
    return there and session.scalar(select(RuleSetRow.id).limit(1)) is not None


@once
def rules_in_force(session: Session, day: date) -> RuleSet:
    """Return the rule set that a case beginning on a day takes."""
    return rules_of(session, *in_force(adoptions(session), day))


def adoptions(session: Session) -> Sequence[tuple[date, str, int]]:
    """Return every version that is or will be in force, with its day, the latest first."""
    row = RuleSetRow
    query = select(row.effective_from, row.id, row.version).where(row.effective_from.is_not(None))
    found = session.execute(query.order_by(row.effective_from.desc(), row.version.desc()))
    return [(since, name, version) for since, name, version in found if since is not None]


def in_force(adopted: Sequence[tuple[date, str, int]], day: date) -> tuple[str, int]:
    """Return id and version of the rule set that a case beginning on a day takes."""
    for since, name, version in adopted:
        if since <= day:
            return name, version
    raise Invalid(
        f"Expected a rule set in force on {day}, but none is",
        f"{day} 没有生效的规则集，须先由本区采用",
    )


@once
def rules_of(session: Session, name: str, version: int) -> RuleSet:
    """Return one version of a rule set, as the cases that began with it need it."""
    text = session.scalar(
        select(RuleSetRow.content).where(RuleSetRow.id == name, RuleSetRow.version == version)
    )
    if text is None:
        raise NotFound(
            f"Expected rule set {name} version {version}, but there is none",
            f"没有规则集 {name} 第{version}版",
        )
    return _parse(text)


@once
def calendar(session: Session) -> WorkingCalendar:
    """Return the working calendar as loaded now."""
    years = session.execute(select(CalendarYearRow.year, CalendarYearRow.provisional))
    days = session.execute(select(*_DAY).order_by(CalendarDayRow.day))
    return _calendar(tuple(sorted(map(tuple, years))), tuple(map(tuple, days)))


def load_days(session: Session, days: Iterable[SpecialDay]) -> list[int]:
    """Load days by year; a published year replaces a provisional one of the same number."""
    by_year: dict[int, list[SpecialDay]] = {}
    for special in days:
        by_year.setdefault(special.day.year, []).append(special)
    for year, specials in by_year.items():
        _replace_year(session, year, specials)
    session.flush()
    return sorted(by_year)


def import_year(session: Session, days: Iterable[SpecialDay]) -> list[int]:
    """Load published days and prepare the year after the last as provisional."""
    loaded = load_days(session, days)
    following = max(loaded) + 1
    if session.get(CalendarYearRow, following) is None:
        load_days(session, working_days.provisional_days(following))
    return loaded


def join_days(session: Session, days: Iterable[SpecialDay]) -> list[int]:
    """Add days to years that are loaded, whose other days stay; return the years."""
    joined = set()
    for special in days:
        year = special.day.year
        row = session.get(CalendarYearRow, year)
        if row is None:
            raise Invalid.at(
                "text",
                f"Expected {year} to be loaded before single days join it, but it is not",
                f"尚未录入 {year} 年，不能只加入其中几日",
            )
        row.revision += year not in joined
        joined.add(year)
        session.execute(delete(CalendarDayRow).where(CalendarDayRow.day == special.day))
        session.add(_day_row(special, provisional=row.provisional))
    session.flush()
    return sorted(joined)


def _replace_year(session: Session, year: int, specials: list[SpecialDay]) -> None:
    row = session.get(CalendarYearRow, year)
    provisional = any(special.provisional for special in specials)
    if row is None:
        row = CalendarYearRow(year=year, revision=0)
        session.add(row)
    row.provisional = provisional
    row.source = specials[0].source
    row.revision += 1
    session.execute(delete(CalendarDayRow).where(CalendarDayRow.year == year))
    session.add_all(_day_row(one, provisional=one.provisional) for one in specials)


def _day_row(special: SpecialDay, *, provisional: bool) -> CalendarDayRow:
    return CalendarDayRow(
        day=special.day,
        year=special.day.year,
        kind=special.kind,
        name=special.name,
        source=special.source,
        provisional=provisional,
    )


_DAY = (
    CalendarDayRow.day,
    CalendarDayRow.kind,
    CalendarDayRow.name,
    CalendarDayRow.source,
    CalendarDayRow.provisional,
)
"""The columns of a SpecialDay, in its order."""


# What is kept is kept by its content, never by a name: several databases may be open in one
# process, and a transaction that loaded something may have been rolled back.
@lru_cache(maxsize=32)
def _parse(text: str) -> RuleSet:
    return rule_set.parse(text)


@lru_cache(maxsize=8)
def _calendar(
    years: tuple[tuple[int, bool], ...], days: tuple[tuple[Any, ...], ...]
) -> WorkingCalendar:
    provisional = frozenset(year for year, unpublished in years if unpublished)
    specials = {day[0]: SpecialDay(*day) for day in days}
    return WorkingCalendar(specials, frozenset(y for y, _ in years) - provisional, provisional)
