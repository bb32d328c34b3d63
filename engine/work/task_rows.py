"""Open tasks of a case: rows that mirror waiting tokens, and what the application knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.ports import Actor, Bar, Grant, TaskFacts, bar_against
from engine.store.tables import Task, TaskCandidate
from engine.store.task_bars import bars


@dataclass
class TaskState:
    """One open task within a command."""

    id: str
    case_id: str
    instance_id: str
    token_id: str
    process: str
    version: int
    element: str
    act: str
    form: str
    properties: Mapping[str, str]
    token: Mapping[str, Any]
    assignee: str | None
    opened_at: datetime
    due_at: datetime | None
    priority: int
    row_version: int
    candidates: tuple[Grant, ...] = ()
    bars: tuple[Bar, ...] = ()

    def facts(self) -> TaskFacts:
        """Return what the application may know of the task."""
        return TaskFacts(
            id=self.id,
            case_id=self.case_id,
            process=self.process,
            element=self.element,
            act=self.act,
            properties=self.properties,
            token=self.token,
            opened_at=self.opened_at,
        )

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


_COLUMNS = (
    Task.id,
    Task.case_id,
    Task.instance_id,
    Task.token_id,
    Task.process,
    Task.version,
    Task.element,
    Task.act,
    Task.form,
    Task.properties,
    Task.token,
    Task.assignee,
    Task.opened_at,
    Task.due_at,
    Task.priority,
    Task.row_version,
)


def open_tasks(session: Session, case_id: str) -> list[TaskState]:
    """Return the open tasks of a case with candidates and bars, oldest first."""
    rows = session.execute(
        select(*_COLUMNS).where(Task.case_id == case_id, Task.status == "open").order_by(Task.id)
    )
    tasks = [TaskState(*row) for row in rows]
    ids = [task.id for task in tasks]
    found, barred = candidates(session, ids), bars(session, ids)
    for task in tasks:
        task.candidates = found.get(task.id, ())
        task.bars = barred.get(task.id, ())
    return tasks


def candidates(session: Session, task_ids: list[str]) -> dict[str, tuple[Grant, ...]]:
    """Return the candidate roles of tasks, by task."""
    if not task_ids:
        return {}
    found: dict[str, tuple[Grant, ...]] = {}
    for row in session.execute(
        select(TaskCandidate.task_id, TaskCandidate.body, TaskCandidate.role)
        .where(TaskCandidate.task_id.in_(task_ids))
        .order_by(TaskCandidate.task_id, TaskCandidate.body, TaskCandidate.role)
    ):
        found[row.task_id] = (*found.get(row.task_id, ()), Grant(row.body, row.role))
    return found


def add_candidates(session: Session, pairs: Iterable[tuple[str, Grant]]) -> None:
    """Write candidate roles of tasks."""
    rows = [{"task_id": task, "body": g.body, "role": g.role} for task, g in pairs]
    if rows:
        session.execute(insert(TaskCandidate), rows)
