"""Reading the ledger: filters, search in Chinese, order, pages, totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, not_, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.ports import Actor
from engine.store.base import Instant
from workflows.domain import ledger_filters, ledger_flags, ledger_search
from workflows.domain.ledger_filters import Wanted
from workflows.domain.ledger_marks import Mark
from workflows.domain.ledger_order import SORTS, Order
from workflows.domain.ledger_tables import DeadlineRow, HazardRow
from workflows.domain.levels import EXITS
from workflows.domain.visibility import reach

__all__ = ["SORTS", "LedgerFilter", "LedgerPage", "Order"]

MAX_PAGE = 200


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
    where: Sequence[Wanted] = ()
    """What single fields must hold, as `ledger_filters.read` gives it."""


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
class MarkedPage:
    """One page of rows with the total of all pages, and the mark behind which the next begins."""

    rows: Sequence[HazardRow]
    total: int
    next: Mark | None


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
    conditions = _conditions(session, actor, wanted, now)
    total = session.scalar(select(func.count()).select_from(HazardRow).where(*conditions)) or 0
    size = max(1, min(limit, MAX_PAGE))
    rows = session.scalars(
        select(HazardRow)
        .where(*conditions)
        .order_by(*(order or Order()).columns(session, now))
        .offset(max(0, offset))
        .limit(size)
    ).all()
    return LedgerPage(rows, total, max(0, offset), size)


def page_behind(  # noqa: PLR0913 a page is filter, order and place
    session: Session,
    actor: Actor,
    wanted: LedgerFilter,
    now: datetime,
    order: Order,
    *,
    limit: int,
    read: Callable[[type], Mark | None],
) -> MarkedPage:
    """Return the rows behind a mark, which is read once the kind of its key is known."""
    conditions = _conditions(session, actor, wanted, now)
    total = session.scalar(select(func.count()).select_from(HazardRow).where(*conditions)) or 0
    by = order.by(session, now)
    mark = read(datetime if isinstance(by.type, Instant) else by.type.python_type)
    if mark is not None:
        conditions = [*conditions, order.behind(mark, by)]
    size = max(1, min(limit, MAX_PAGE))
    query = select(HazardRow, by).where(*conditions).order_by(*order.columns(session, now))
    found = session.execute(query.limit(size + 1)).all()
    rows = [row for row, _ in found[:size]]
    last = Mark(found[size - 1][1], rows[-1].number) if len(found) > size else None
    return MarkedPage(rows, total, last)


def each(
    session: Session, actor: Actor, wanted: LedgerFilter, now: datetime, order: Order, batch: int
) -> Iterator[Sequence[HazardRow]]:
    """Give every row that an actor may see and asked for, a batch at a time, none kept."""
    query = (
        select(HazardRow)
        .where(*_conditions(session, actor, wanted, now))
        .order_by(*order.columns(session, now))
        .execution_options(yield_per=batch)
    )
    with closing(session.scalars(query)) as found:
        yield from found.partitions()


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


def _conditions(
    session: Session, actor: Actor, wanted: LedgerFilter, now: datetime
) -> list[ColumnElement[bool]]:
    reached = reach(session, actor)
    exact = {
        HazardRow.park: wanted.park,
        HazardRow.industry_department: wanted.department,
        HazardRow.town: wanted.town,
        HazardRow.enterprise: wanted.enterprise,
        HazardRow.finder_body: wanted.body,
    }
    found = [reached.clause()]
    for column, value in exact.items():
        if value:
            found.append(column.is_(None) if value == ledger_filters.EMPTY else column == value)
    if wanted.level:
        found.append(HazardRow.level.in_(wanted.level))
    if wanted.state:
        found.append(HazardRow.state.in_(wanted.state))
    found += ledger_search.conditions(session, reached, wanted.text)
    found += [ledger_filters.condition(one, now) for one in wanted.where]
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
        late = ledger_filters.late(now)
        found.append(late if wanted.overdue else not_(func.coalesce(late, false())))
    return found
