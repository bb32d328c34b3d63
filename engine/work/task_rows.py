"""Open tasks of a case: rows that mirror waiting tokens, and what the application knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from engine.ports import Bar, Grant
from engine.store.any_task import AnyTask
from engine.store.base import table
from engine.store.tables import Task, TaskCandidate
from engine.work.case_details import CaseDetails


@dataclass
class TaskState(AnyTask):
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
    drafted: bool = False
    completed: bool = False


_TASK, _CANDIDATE = table(Task), table(TaskCandidate)
_READ_APART = ("candidates", "bars", "drafted", "completed")
_OPEN = (
    select(*(_TASK.c[field.name] for field in fields(TaskState) if field.name not in _READ_APART))
    .where(_TASK.c.case_id == bindparam("case_id"), _TASK.c.status == "open")
    .order_by(_TASK.c.id)
)
_ADD_CANDIDATES = insert(_CANDIDATE)


def open_tasks(session: Session, case_id: str, details: CaseDetails) -> list[TaskState]:
    """Return the open tasks of a case with candidates and bars, oldest first."""
    rows = session.connection().execute(_OPEN, {"case_id": case_id}).all()
    tasks = [TaskState(*row) for row in rows]
    for task in tasks:
        task.candidates = tuple(details.candidates.get(task.id, ()))
        task.bars = tuple(details.bars.get(task.id, ()))
        task.drafted = task.id in details.drafted
    return tasks


def add_candidates(session: Session, pairs: Iterable[tuple[str, Grant]]) -> None:
    """Write candidate roles of tasks."""
    rows = [{"task_id": task, "body": g.body, "role": g.role} for task, g in pairs]
    if rows:
        session.connection().execute(_ADD_CANDIDATES, rows)
