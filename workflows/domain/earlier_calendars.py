"""The calendar as it stood at an earlier instant: each load records the days that it replaced.

A date stands by the calendar under which it was set. A notice that comes later moves only the
dates that waited for it, so whoever computes a date again needs the days of that time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.administration_tables import AdministrationEntry
from workflows.domain.working_days import SpecialDay, WorkingCalendar

ACT = "calendar.import"
REPLACED = "replaced"
"""Where the record of a load holds the days that were other before, each with what it was."""


@dataclass(frozen=True)
class Load:
    """A notice loaded: when, for which years, and the days as they were; None = not recorded."""

    at: datetime
    years: frozenset[int]
    replaced: Mapping[date, str] | None


def replaced(before: WorkingCalendar, after: WorkingCalendar) -> dict[str, str]:
    """Return the days that differ with their kind before; an empty kind follows the week."""
    days = sorted({*before.specials, *after.specials})
    kinds = [(day, _kind(before, day), _kind(after, day)) for day in days]
    return {day.isoformat(): old for day, old, new in kinds if old != new}


def calendars_at(
    session: Session, today: WorkingCalendar, at: datetime, years: frozenset[int]
) -> Iterator[WorkingCalendar | None]:
    """Yield the calendars of an instant; None where the days of these years were not recorded.

    There are several when a notice was loaded in that very instant.
    """
    standing: WorkingCalendar | None = today
    for load in _loads_since(session, at):
        if load.at == at:
            yield standing
        standing = _before(standing, load, years)
    yield standing


def _loads_since(session: Session, at: datetime) -> Iterator[Load]:
    """Yield what was loaded from an instant on, the last first."""
    rows = session.execute(
        select(AdministrationEntry.at, AdministrationEntry.data)
        .where(AdministrationEntry.act == ACT, AdministrationEntry.at >= at)
        .order_by(AdministrationEntry.at.desc(), AdministrationEntry.seq.desc())
    )
    for row in rows:
        data = json.loads(row.data)
        days = data.get(REPLACED)
        known = None if days is None else {date.fromisoformat(d): days[d] for d in days}
        yield Load(row.at, frozenset(data.get("years", ())), known)


def _before(
    calendar: WorkingCalendar | None, load: Load, years: frozenset[int]
) -> WorkingCalendar | None:
    if calendar is None or (load.replaced is None and load.years & years):
        return None
    specials = dict(calendar.specials)
    for day, kind in (load.replaced or {}).items():
        specials.pop(day, None)
        if kind:
            specials[day] = SpecialDay(day, kind, "", "")
    return replace(calendar, specials=specials)


def _kind(calendar: WorkingCalendar, day: date) -> str:
    special = calendar.specials.get(day)
    return special.kind if special else ""
