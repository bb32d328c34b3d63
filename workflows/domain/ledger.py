"""Reading the ledger: filters, search in Chinese, order, pages, totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.errors import Invalid, NotFound
from engine.ports import Actor
from workflows.domain import ledger_flags
from workflows.domain.ledger_tables import DeadlineRow, HazardRow
from workflows.domain.levels import EXITS
from workflows.domain.visibility import reach

MAX_PAGE = 200
SORTS: dict[str, InstrumentedAttribute[Any]] = {
    "number": HazardRow.number,
    "found_at": HazardRow.found_at,
    "due": HazardRow.current_due_at,
    "enterprise": HazardRow.sort_key,
    "level": HazardRow.level,
    "state": HazardRow.state,
    "updated": HazardRow.updated_at,
}


@dataclass(frozen=True)
class LedgerFilter:
    """What to look for; empty fields do not narrow."""

    level: Sequence[str] = ()
    state: Sequence[str] = ()
    park: str | None = None
    department: str | None = None
    town: str | None = None
    enterprise: str | None = None
    body: str | None = None
    overdue: bool | None = None
    open: bool | None = None
    listed: bool | None = None
    extension_pending: bool | None = None
    second_extension: bool | None = None
    unfiled: bool | None = None
    interview_late: bool | None = None
    text: str = ""


@dataclass(frozen=True)
class LedgerPage:
    """One page of rows with the total of all pages."""

    rows: Sequence[HazardRow]
    total: int
    offset: int
    limit: int

    @property
    def next_offset(self) -> int | None:
        """Return where the next page begins; None on the last."""
        following = self.offset + len(self.rows)
        return following if following < self.total else None


@dataclass(frozen=True)
class Order:
    """By which column a page is ordered; a minus before the name means descending."""

    name: str = "-found_at"

    def columns(self) -> list[ColumnElement[Any]]:
        """Return the order of a query; raise Invalid for a column that is not offered."""
        column = SORTS.get(self.name.lstrip("-"))
        if column is None:
            raise Invalid.at(
                "sort",
                f"Expected one of {', '.join(SORTS)}, but it is {self.name!r}",
                f"不能按 {self.name} 排序",
            )
        direction = column.desc() if self.name.startswith("-") else column.asc()
        # Where nothing can be missing it is not asked for: an index gives the order as it is.
        missing = HazardRow.__table__.columns[column.key].nullable
        return [direction.nulls_last() if missing else direction, HazardRow.number.asc()]


def page(  # noqa: PLR0913 a page is filter, order and place
    session: Session,
    actor: Actor,
    wanted: LedgerFilter,
    now: datetime,
    *,
    order: Order | None = None,
    offset: int = 0,
    limit: int = 50,
) -> LedgerPage:
    """Return the rows that an actor may see and asked for."""
    conditions = [reach(session, actor).clause(), *_conditions(wanted, now)]
    total = session.scalar(select(func.count()).select_from(HazardRow).where(*conditions)) or 0
    size = max(1, min(limit, MAX_PAGE))
    rows = session.scalars(
        select(HazardRow)
        .where(*conditions)
        .order_by(*(order or Order()).columns())
        .offset(max(0, offset))
        .limit(size)
    ).all()
    return LedgerPage(rows, total, max(0, offset), size)


def counts(session: Session, actor: Actor) -> dict[tuple[str, str], int]:
    """Return how many hazards an actor may see, by level and state."""
    query = (
        select(HazardRow.level, HazardRow.state, func.count())
        .where(reach(session, actor).clause())
        .group_by(HazardRow.level, HazardRow.state)
    )
    return {(level or "", state): number for level, state, number in session.execute(query)}


def row(session: Session, actor: Actor, case_id: str) -> HazardRow:
    """Return the row of a case; NotFound also where the actor may not know of it."""
    return _one(session, actor, HazardRow.case_id == case_id, case_id)


def by_number(session: Session, actor: Actor, number: str) -> HazardRow:
    """Return the row with a number; NotFound also where the actor may not know of it."""
    return _one(session, actor, HazardRow.number == number, number)


def deadlines_of(session: Session, case_ids: Sequence[str]) -> dict[str, list[DeadlineRow]]:
    """Return the deadlines of some cases in the order they were set."""
    found: dict[str, list[DeadlineRow]] = {case_id: [] for case_id in case_ids}
    query = (
        select(DeadlineRow)
        .where(DeadlineRow.case_id.in_(case_ids))
        .order_by(DeadlineRow.case_id, DeadlineRow.number)
    )
    for deadline in session.scalars(query) if case_ids else ():
        found[deadline.case_id].append(deadline)
    return found


def _one(session: Session, actor: Actor, wanted: ColumnElement[bool], key: str) -> HazardRow:
    found = session.scalars(
        select(HazardRow).where(wanted, reach(session, actor).clause())
    ).one_or_none()
    if found is None:
        raise NotFound(f"Expected a hazard {key}, but there is none to see", f"没有隐患 {key}")
    return found


def _conditions(wanted: LedgerFilter, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    exact = {
        HazardRow.park: wanted.park,
        HazardRow.industry_department: wanted.department,
        HazardRow.town: wanted.town,
        HazardRow.enterprise: wanted.enterprise,
        HazardRow.finder_body: wanted.body,
    }
    found += [column == value for column, value in exact.items() if value]
    if wanted.level:
        found.append(HazardRow.level.in_(wanted.level))
    if wanted.state:
        found.append(HazardRow.state.in_(wanted.state))
    found += [HazardRow.search_text.contains(word, autoescape=True) for word in _words(wanted.text)]
    return found + _flags(wanted, now)


def _flags(wanted: LedgerFilter, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    is_open = HazardRow.state.not_in(EXITS)
    if wanted.open is not None:
        found.append(is_open if wanted.open else ~is_open)
    for name, condition in ledger_flags.conditions().items():
        asked = getattr(wanted, name)
        if asked is not None:
            found.append(condition if asked else not_(condition))
    if wanted.overdue is not None:
        # A date may have passed that no worker has recorded yet: late all the same.
        unrecorded = HazardRow.state.in_(("planning", "rectifying")) & (
            HazardRow.current_due_at <= now
        )
        late = is_open & or_(HazardRow.overdue_since.is_not(None), unrecorded)
        found.append(late if wanted.overdue else not_(func.coalesce(late, false())))
    return found


def _words(text: str) -> list[str]:
    return text.casefold().split()[:8]
