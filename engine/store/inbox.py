"""The inbox: open tasks that a person may do, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, union_all
from sqlalchemy.orm import Session

from engine.ports import Actor, Bar, Grant
from engine.store.any_task import AnyTask
from engine.store.eligibility import eligibility
from engine.store.pools import pools_of, pools_open_to
from engine.store.task_bars import barred_by_body, is_barred
from engine.store.tasks import Task

Item = TypeVar("Item")


@dataclass(frozen=True)
class Place:
    """Where a task stands in an inbox, whatever else comes or goes."""

    due_at: datetime | None
    opened_at: datetime
    id: str


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list, the number of all, and the place behind which the next page begins."""

    items: tuple[Item, ...]
    total: int
    next: Place | None


@dataclass(frozen=True)
class TaskRow(AnyTask):
    """A task as pages show it."""

    id: str
    agency: str
    case_id: str
    instance_id: str
    process: str
    version: int
    element: str
    act: str
    form: str
    title_zh: str
    title: str
    properties: dict[str, Any]
    token: dict[str, Any]
    status: str
    assignee: str | None
    opened_at: datetime
    due_at: datetime | None
    priority: int
    completed_at: datetime | None
    completed_by: str | None
    outcome: str | None
    row_version: int
    candidates: tuple[Grant, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class InboxFilter:
    """What to narrow an inbox to; None means anything.

    `narrow` may join tables of the application on `Task.case_id` and filter by them.
    """

    act: str | None = None
    process: str | None = None
    body: str | None = None
    assigned: bool | None = None
    due_before: datetime | None = None
    text: str | None = None
    narrow: Callable[[Select[Any]], Select[Any]] | None = None


COLUMNS = (
    Task.id,
    Task.agency,
    Task.case_id,
    Task.instance_id,
    Task.process,
    Task.version,
    Task.element,
    Task.act,
    Task.form,
    Task.title_zh,
    Task.title,
    Task.properties,
    Task.token,
    Task.status,
    Task.assignee,
    Task.opened_at,
    Task.due_at,
    Task.priority,
    Task.completed_at,
    Task.completed_by,
    Task.outcome,
    Task.row_version,
)
"""The columns of a TaskRow, in its order."""

BY_URGENCY = (Task.due_at.asc().nulls_last(), Task.opened_at, Task.id)

_OPEN = Task.status == literal_column("'open'")
"""In words of the statement: a database uses an index of open tasks only where it can see that."""


def inbox(
    session: Session,
    actor: Actor,
    *,
    filters: InboxFilter | None = None,
    limit: int = 20,
    offset: int = 0,
    behind: Place | None = None,
) -> Page[TaskRow]:
    """Return the open tasks that a person may do, by date, those without a date last.

    Args:
        session: where to read.
        actor: the person with the grants in force.
        filters: what to narrow the list to.
        limit: most items of a page.
        offset: how many to leave out, for pages that are turned by number.
        behind: `next` of the page before; None for the first.
    """
    parts = _parts(actor, filters or InboxFilter())
    total = _count(session, parts)
    if behind is not None:
        parts = [part.where(_comes_after(behind)) for part in parts]
    rows = _first(session, parts, offset, limit + 1) if total > offset else ()
    items = with_candidates(session, [TaskRow(*row) for row in rows[:limit]])
    return Page(items, total, _place(items[-1]) if len(rows) > limit and items else None)


def count_inbox(session: Session, actor: Actor, filters: InboxFilter | None = None) -> int:
    """Return how many open tasks a person may do."""
    return _count(session, _parts(actor, filters or InboxFilter()))


def acts_waiting(session: Session, bodies: Iterable[str]) -> list[str]:
    """Return the acts that open tasks ask of any role in bodies."""
    asked = select(Task.act).where(_OPEN, Task.pool.in_(pools_open_to(bodies)))
    return list(session.scalars(asked.distinct().order_by(Task.act)))


def with_candidates(session: Session, rows: Iterable[TaskRow]) -> tuple[TaskRow, ...]:
    """Return tasks with their candidate roles and with who is barred."""
    tasks = tuple(rows)
    if not tasks:
        return ()
    candidates, barred = eligibility(session, [task.id for task in tasks])
    return tuple(
        replace(task, candidates=candidates.get(task.id, ()), bars=barred.get(task.id, ()))
        for task in tasks
    )


def _parts(actor: Actor, filters: InboxFilter) -> list[Select[Any]]:
    """Return the ids of what a person may do: what was taken or given, and what any post finds.

    They are asked apart, for each has an index of its own; no task is in both.
    """
    found = []
    if filters.assigned is not False:
        taken = select(Task.id).where(_OPEN, Task.assignee == actor.id, ~is_barred(actor))
        found.append(_narrowed(taken, filters))
    if filters.assigned is not True and actor.grants:
        free = select(Task.id).where(
            _OPEN,
            Task.assignee.is_(None),
            Task.pool.in_(pools_of(actor)),
            Task.id.not_in(barred_by_body(actor)),
        )
        found.append(_narrowed(free, filters))
    return found


def _narrowed(query: Select[Any], filters: InboxFilter) -> Select[Any]:
    if filters.act is not None:
        query = query.where(Task.act == filters.act)
    if filters.process is not None:
        query = query.where(Task.process == filters.process)
    if filters.body is not None:
        query = query.where(Task.pool.in_(pools_open_to([filters.body])))
    if filters.due_before is not None:
        query = query.where(Task.due_at < filters.due_before)
    if filters.text:
        query = query.where(_says(filters.text))
    return filters.narrow(query) if filters.narrow is not None else query


def _count(session: Session, parts: list[Select[Any]]) -> int:
    counts = [select(func.count()).select_from(part.subquery()).scalar_subquery() for part in parts]
    return int(session.scalar(select(sum(counts[1:], counts[0]))) or 0) if counts else 0


def _first(session: Session, parts: list[Select[Any]], offset: int, limit: int) -> Sequence[Any]:
    """Return the rows of one page; each part gives at most as many as lie before its end."""
    most = offset + limit
    keys = [select(part.order_by(*BY_URGENCY).limit(most).subquery().c.id) for part in parts]
    query = select(*COLUMNS).where(Task.id.in_(union_all(*keys)))
    return session.execute(query.order_by(*BY_URGENCY).limit(limit).offset(offset)).all()


def _says(text: str) -> ColumnElement[bool]:
    return or_(
        Task.title_zh.icontains(text, autoescape=True),
        Task.title.icontains(text, autoescape=True),
        Task.case_id == text,
    )


def _place(task: TaskRow) -> Place:
    return Place(task.due_at, task.opened_at, task.id)


def _comes_after(place: Place) -> ColumnElement[bool]:
    same_instant = and_(Task.opened_at == place.opened_at, Task.id > place.id)
    later = or_(Task.opened_at > place.opened_at, same_instant)
    if place.due_at is None:
        return Task.due_at.is_(None) & later
    same_date = and_(Task.due_at == place.due_at, later)
    return or_(Task.due_at > place.due_at, Task.due_at.is_(None), same_date)
