"""What a person was told, by case: news that still asks for something stands first.

A reminder counts while its date runs, news of a task while the task is open, all other news
while the case is open. What has been settled since stays to be read, but is not counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from engine.store.tables import Task
from workflows.domain.ledger_tables import HazardRow, NotificationRow
from workflows.domain.levels import EXITS

REMINDERS = ("deadline.reminder", "extension.possible")
RUNNING = ("planning", "rectifying")

_OPEN = HazardRow.state.not_in(EXITS)
_RELEVANT: ColumnElement[bool] = or_(
    and_(NotificationRow.kind.in_(REMINDERS), HazardRow.state.in_(RUNNING)),
    and_(NotificationRow.task_id.is_not(None), Task.status == "open"),
    and_(NotificationRow.task_id.is_(None), NotificationRow.kind.not_in(REMINDERS), _OPEN),
)


@dataclass(frozen=True)
class Told:
    """One thing told, with the hazard that it is about."""

    case_id: str
    task_id: str | None
    kind: str
    text_zh: str
    text: str
    at: datetime
    unread: bool
    relevant: bool
    number: str
    level: str | None
    description: str
    enterprise_zh: str
    enterprise: str


@dataclass(frozen=True)
class Group:
    """What was told of one case, the newest first."""

    news: Sequence[Told]

    @property
    def relevant(self) -> bool:
        """Whether something of it still asks for attention."""
        return any(one.relevant for one in self.news)


def waiting(session: Session, person: str) -> int:
    """Return of how many cases a person has unread news that still counts."""
    query = (
        select(func.count(NotificationRow.case_id.distinct()))
        .join(HazardRow, HazardRow.case_id == NotificationRow.case_id)
        .outerjoin(Task, Task.id == NotificationRow.task_id)
        .where(NotificationRow.person == person, NotificationRow.read_at.is_(None), _RELEVANT)
    )
    return session.scalar(query) or 0


def groups(session: Session, person: str, limit: int) -> list[Group]:
    """Return the latest news by case: what still counts first, then the newest."""
    by_case: dict[str, list[Told]] = {}
    for row in session.execute(_news(person).limit(limit)):
        by_case.setdefault(row[0], []).append(Told(*tuple(row)))
    return sorted((Group(news) for news in by_case.values()), key=lambda one: not one.relevant)


@dataclass(frozen=True)
class Place:
    """Where a piece of news stands among a person's."""

    at: datetime
    id: str


def page(
    session: Session, person: str, size: int, *, behind: Place | None, unread_only: bool
) -> tuple[list[Told], int, Place | None]:
    """Return a person's news behind a place, the newest first, and how much there is in all.

    The last is where the page ends, None where nothing follows.
    """
    query = _news(person)
    if unread_only:
        query = query.where(NotificationRow.read_at.is_(None))
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    if behind is not None:
        query = query.where(_older(behind))
    rows = session.execute(query.add_columns(NotificationRow.id).limit(size + 1)).all()
    found = [Told(*tuple(row)[:-1]) for row in rows[:size]]
    return found, total, Place(found[-1].at, rows[size - 1][-1]) if len(rows) > size else None


def _older(than: Place) -> ColumnElement[bool]:
    same = and_(NotificationRow.at == than.at, NotificationRow.id < than.id)
    return or_(NotificationRow.at < than.at, same)


def _news(person: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            NotificationRow.case_id,
            NotificationRow.task_id,
            NotificationRow.kind,
            NotificationRow.text_zh,
            NotificationRow.text,
            NotificationRow.at,
            NotificationRow.read_at.is_(None).label("unread"),
            func.coalesce(_RELEVANT, False).label("relevant"),
            HazardRow.number,
            HazardRow.level,
            HazardRow.description,
            HazardRow.enterprise_name_zh,
            HazardRow.enterprise_name,
        )
        .join(HazardRow, HazardRow.case_id == NotificationRow.case_id)
        .outerjoin(Task, Task.id == NotificationRow.task_id)
        .where(NotificationRow.person == person)
        .order_by(NotificationRow.at.desc(), NotificationRow.id.desc())
    )
