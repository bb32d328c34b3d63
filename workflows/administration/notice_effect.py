"""What a notice does to the years that it names: replaced whole, or joined by a few days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain import notice_years, rule_store
from workflows.domain.rule_tables import CalendarDayRow, CalendarYearRow
from workflows.domain.working_days import SpecialDay


@dataclass(frozen=True)
class YearEffect:
    """A year that a notice names.

    `joined` = its other days stay; `published` = it was loaded from a notice before; `before` and
    `after` count its special days. Of the days themselves: `new` ones, `gone` ones, those whose
    kind is `changed` (as they would be), and how many are only `reworded` in name or source.
    """

    year: int
    joined: bool
    published: bool
    before: int
    after: int
    named: int
    gone: Sequence[date]
    new: Sequence[SpecialDay]
    changed: Sequence[SpecialDay]
    reworded: int

    @property
    def unchanged(self) -> bool:
        """Whether the year would be exactly as it is."""
        differs = self.new or self.gone or self.changed or self.reworded
        return (self.published or self.joined) and not differs


def load(session: Session, days: Sequence[SpecialDay]) -> list[int]:
    """Load a notice: whole years replace, days at the border join; return the years.

    Raises:
        Invalid: a year lacks statutory holidays.
    """
    found = notice_years.split(days)
    loaded = rule_store.import_year(session, found.whole)
    return sorted({*loaded, *rule_store.join_days(session, found.beside)})


def effects(session: Session, days: Sequence[SpecialDay]) -> list[YearEffect]:
    """Return what a notice would do to each of its years; raise Invalid as `load` does."""
    joined = notice_years.split(days).joined
    years = sorted({special.day.year for special in days})
    return [_effect(session, year, days, joined=year in joined) for year in years]


def _effect(session: Session, year: int, days: Sequence[SpecialDay], *, joined: bool) -> YearEffect:
    row = session.get(CalendarYearRow, year)
    rows = session.scalars(select(CalendarDayRow).where(CalendarDayRow.year == year))
    old = {one.day: one for one in rows}
    named = {special.day: special for special in days if special.day.year == year}
    both = [(old[day], named[day]) for day in sorted(old.keys() & named.keys())]
    alike = [(was, now) for was, now in both if was.kind == now.kind]
    return YearEffect(
        year=year,
        joined=joined,
        published=row is not None and not row.provisional,
        before=len(old),
        after=len(old | named) if joined else len(named),
        named=len(named),
        gone=[] if joined else sorted(old.keys() - named.keys()),
        new=[named[day] for day in sorted(named.keys() - old.keys())],
        changed=[now for was, now in both if was.kind != now.kind],
        reworded=sum((was.name, was.source) != (now.name, now.source) for was, now in alike),
    )
