"""Which cases an analysis is about: the newest that were found within a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, Subquery, func, select
from sqlalchemy.orm import Session

from engine.store.tables import Instance
from workflows.domain.ledger_tables import HazardRow

MOST: Final = 5_000
"""Cases of one analysis, the newest of its period; older ones say less, and cost as much."""

PERIODS: Final[Mapping[str, timedelta | None]] = {
    "30": timedelta(days=30),
    "90": timedelta(days=90),
    "365": timedelta(days=365),
    "all": None,
}
LEVELS: Final = ("general", "larger", "major")


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a process, within a period, maybe one version or level of it."""

    agency: str
    process: str
    now: datetime
    period: str = "365"
    version: int | None = None
    level: str | None = None

    @property
    def since(self) -> datetime | None:
        """The beginning of the period; None for all there is."""
        length = PERIODS[self.period]
        return self.now - length if length else None


@dataclass(frozen=True)
class Size:
    """How much an analysis rests on."""

    found: int
    """Cases of the period, of whatever process, at most `MOST`."""

    cases: int
    instances: int
    first: datetime | None
    last: datetime | None


def cohort(wanted: Wanted) -> Subquery:
    """Return the instances that are looked at: id, case, version, status and level."""
    newest = _newest(wanted).subquery("newest")
    query = (
        select(
            Instance.id.label("instance"),
            Instance.case_id,
            Instance.version,
            Instance.status,
            Instance.started_at,
            newest.c.level,
            newest.c.found_at,
        )
        .join(newest, newest.c.case_id == Instance.case_id)
        .where(Instance.process == wanted.process)
    )
    if wanted.version is not None:
        query = query.where(Instance.version == wanted.version)
    return query.subquery("cohort")


def size(session: Session, wanted: Wanted, among: Subquery) -> Size:
    """Return how many cases and instances there are, and when they were found."""
    newest = _newest(wanted).subquery("newest")
    found = session.scalar(select(func.count()).select_from(newest)) or 0
    query = select(
        func.count(among.c.case_id.distinct()),
        func.count(),
        func.min(among.c.found_at),
        func.max(among.c.found_at),
    )
    cases, instances, first, last = session.execute(query).one()
    return Size(found, cases, instances, first, last)


def _newest(wanted: Wanted) -> Select[str, str | None, datetime]:
    query = select(HazardRow.case_id, HazardRow.level, HazardRow.found_at).where(
        HazardRow.agency == wanted.agency
    )
    if wanted.since is not None:
        query = query.where(HazardRow.found_at >= wanted.since)
    if wanted.level is not None:
        query = query.where(HazardRow.level == wanted.level)
    return query.order_by(HazardRow.found_at.desc(), HazardRow.case_id).limit(MOST)
