"""The inbox: open tasks that a person may do, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from engine.ports import Actor, Bar, Grant, bar_against
from engine.store.task_bars import bars, is_barred
from engine.store.tasks import Task, TaskCandidate

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list, the number of all, and where the next page begins."""

    items: tuple[Item, ...]
    total: int
    next_cursor: str | None


@dataclass(frozen=True)
class TaskRow:
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

    def is_for(self, actor: Actor) -> bool:
        """Return whether a person may do the task: it falls to him and nothing bars him."""
        return self.falls_to(actor) and self.bar_against(actor) is None

    def falls_to(self, actor: Actor) -> bool:
        """Return whether a task is a person's by post: assigned, or unassigned and a candidate."""
        if self.assignee is not None:
            return self.assignee == actor.id
        return any(grant in self.candidates for grant in actor.grants)

    def bar_against(self, actor: Actor) -> Bar | None:
        """Return what keeps a person from the task, if anything does."""
        return bar_against(self.bars, actor)


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


def inbox(
    session: Session,
    actor: Actor,
    *,
    filters: InboxFilter | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Page[TaskRow]:
    """Return the open tasks that a person may do, by date, those without a date last.

    Args:
        session: where to read.
        actor: the person with the grants in force.
        filters: what to narrow the list to.
        limit: most items of a page.
        cursor: `next_cursor` of the page before; None for the first.
    """
    offset = _offset(cursor)
    narrowed = _narrowed(select(*COLUMNS), actor, filters or InboxFilter())
    total = _count(session, narrowed)
    rows = session.execute(narrowed.order_by(*BY_URGENCY).limit(limit).offset(offset))
    items = with_candidates(session, [TaskRow(*row) for row in rows])
    end = offset + len(items)
    return Page(items, total, str(end) if end < total and items else None)


def count_inbox(session: Session, actor: Actor, filters: InboxFilter | None = None) -> int:
    """Return how many open tasks a person may do."""
    return _count(session, _narrowed(select(Task.id), actor, filters or InboxFilter()))


def with_candidates(session: Session, rows: Iterable[TaskRow]) -> tuple[TaskRow, ...]:
    """Return tasks with their candidate roles and with who is barred."""
    tasks = tuple(rows)
    if not tasks:
        return ()
    found: dict[str, list[Grant]] = {task.id: [] for task in tasks}
    for row in session.execute(
        select(TaskCandidate.task_id, TaskCandidate.body, TaskCandidate.role)
        .where(TaskCandidate.task_id.in_(found))
        .order_by(TaskCandidate.task_id, TaskCandidate.body, TaskCandidate.role)
    ):
        found[row.task_id].append(Grant(row.body, row.role))
    barred = bars(session, found)
    return tuple(
        replace(task, candidates=tuple(found[task.id]), bars=barred.get(task.id, ()))
        for task in tasks
    )


def _narrowed(query: Select[Any], actor: Actor, filters: InboxFilter) -> Select[Any]:
    query = query.where(Task.status == "open", _falls_to(actor), ~is_barred(actor))
    if filters.act is not None:
        query = query.where(Task.act == filters.act)
    if filters.process is not None:
        query = query.where(Task.process == filters.process)
    if filters.body is not None:
        query = query.where(_open_to(TaskCandidate.body == filters.body))
    if filters.assigned is not None:
        query = query.where(Task.assignee.is_not(None) == filters.assigned)
    if filters.due_before is not None:
        query = query.where(Task.due_at < filters.due_before)
    if filters.text:
        query = query.where(_says(filters.text))
    return filters.narrow(query) if filters.narrow is not None else query


def _falls_to(actor: Actor) -> ColumnElement[bool]:
    mine = Task.assignee == actor.id
    if not actor.grants:
        return mine
    grants = [(grant.body, grant.role) for grant in actor.grants]
    open_to = _open_to(tuple_(TaskCandidate.body, TaskCandidate.role).in_(grants))
    return or_(mine, Task.assignee.is_(None) & open_to)


def _open_to(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    # Asked task by task: the open ones are few, those that a role could ever do are many.
    return exists().where(TaskCandidate.task_id == Task.id, condition)


def _says(text: str) -> ColumnElement[bool]:
    return or_(
        Task.title_zh.icontains(text, autoescape=True),
        Task.title.icontains(text, autoescape=True),
        Task.case_id == text,
    )


def _count(session: Session, query: Select[Any]) -> int:
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return int(session.execute(counted).scalar_one())


def _offset(cursor: str | None) -> int:
    return int(cursor) if cursor is not None and cursor.isdecimal() else 0
