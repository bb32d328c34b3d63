"""What pages read of a case: its row, tasks, history, path, incidents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.store.base import table
from engine.store.cases import Case, IncidentRow, Instance
from engine.store.history_tables import History, Visit
from engine.store.inbox import COLUMNS, TaskRow, with_candidates
from engine.store.tasks import Task


@dataclass(frozen=True)
class CaseRecord:
    """A case as pages show it; the document's meaning is the application's."""

    id: str
    agency: str
    process: str
    status: str
    document: dict[str, Any]
    document_version: int
    next_due_at: datetime | None
    open_incidents: int
    created_at: datetime
    created_by: str
    closed_at: datetime | None

    @property
    def open(self) -> bool:
        """Return whether something of the case still runs."""
        return self.status == "open"


@dataclass(frozen=True)
class InstanceRecord:
    """A process instance of a case."""

    id: str
    process: str
    version: int
    root: bool
    status: str
    reason: str | None
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class HistoryRow:
    """One act of a case; `hash` is its place in the chain."""

    case_id: str
    seq: int
    at: datetime
    actor: str
    actor_name: str
    acting_for: str | None
    act: str
    outcome: str | None
    element: str | None
    process: str | None
    task_id: str | None
    data: dict[str, Any]
    personal: dict[str, Any] | None
    hash: str


@dataclass(frozen=True)
class VisitRow:
    """One step of a token, for drawing the path into a diagram."""

    instance_id: str
    process: str
    element: str
    flow: str | None
    at: datetime
    detail: dict[str, Any] | None


@dataclass(frozen=True)
class IncidentRecord:
    """Something that a person must look at."""

    id: str
    agency: str
    case_id: str | None
    process: str
    at: datetime
    kind: str
    subject: str
    message: str
    message_zh: str
    detail: dict[str, Any]
    status: str
    attempts: int
    retry_at: datetime | None


_CASE = table(Case)
_CASE_BY_ID = select(*(_CASE.c[field.name] for field in fields(CaseRecord))).where(
    _CASE.c.id == bindparam("case_id")
)
_TASK = table(Task)
_OF_TASK = select(*(_TASK.c[column.key] for column in COLUMNS))
_TASK_BY_ID = _OF_TASK.where(_TASK.c.id == bindparam("task_id"))
_TASKS = _OF_TASK.where(_TASK.c.case_id == bindparam("case_id")).order_by(_TASK.c.id)
_TASKS_BY_STATUS = _TASKS.where(_TASK.c.status == bindparam("status"))


_INSTANCE, _DONE, _VISIT = table(Instance).c, table(History).c, table(Visit).c
_INSTANCES = (
    select(*(_INSTANCE[field.name] for field in fields(InstanceRecord)))
    .where(_INSTANCE.case_id == bindparam("case_id"))
    .order_by(_INSTANCE.id)
)
_HISTORY = (
    select(*(_DONE[field.name] for field in fields(HistoryRow)))
    .where(_DONE.case_id == bindparam("case_id"))
    .order_by(_DONE.seq)
)
_HISTORY_UNTIL = _HISTORY.where(_DONE.at <= bindparam("until"))
_VISITS = (
    select(*(_VISIT[field.name] for field in fields(VisitRow)))
    .where(_VISIT.case_id == bindparam("case_id"))
    .order_by(_VISIT.id)
)


def task(session: Session, task_id: str) -> TaskRow:
    """Return a task with its candidates, open or not; NotFound if there is none."""
    row = session.connection().execute(_TASK_BY_ID, {"task_id": task_id}).one_or_none()
    if row is None:
        raise NotFound(
            f"Expected a task {task_id}, but there is none", f"没有编号为 {task_id} 的任务"
        )
    return with_candidates(session, [TaskRow(*row)])[0]


def case(session: Session, case_id: str) -> CaseRecord:
    """Return a case; NotFound if there is none."""
    row = session.connection().execute(_CASE_BY_ID, {"case_id": case_id}).one_or_none()
    if row is None:
        raise NotFound(
            f"Expected a case {case_id}, but there is none", f"没有编号为 {case_id} 的案件"
        )
    return CaseRecord(**(row._asdict() | {"document": json.loads(row.document)}))


def case_exists(session: Session, case_id: str) -> bool:
    """Return whether there is a case of this id."""
    return session.scalar(select(Case.id).where(Case.id == case_id)) is not None


def count_cases(session: Session) -> int:
    """Return how many cases there are, open or closed."""
    return session.scalar(select(func.count()).select_from(Case)) or 0


def case_tasks(session: Session, case_id: str, *, status: str | None = None) -> list[TaskRow]:
    """Return the tasks of a case with their candidates, oldest first."""
    query, wanted = (
        (_TASKS, {"case_id": case_id})
        if status is None
        else (_TASKS_BY_STATUS, {"case_id": case_id, "status": status})
    )
    rows = session.connection().execute(query, wanted).all()
    return list(with_candidates(session, [TaskRow(*row) for row in rows]))


def case_instances(session: Session, case_id: str) -> list[InstanceRecord]:
    """Return the process instances of a case, the oldest first."""
    rows = session.connection().execute(_INSTANCES, {"case_id": case_id}).all()
    return [InstanceRecord(*row) for row in rows]


def case_history(
    session: Session, case_id: str, *, until: datetime | None = None
) -> list[HistoryRow]:
    """Return the acts of a case, oldest first, those recorded up to an instant."""
    query, wanted = (
        (_HISTORY, {"case_id": case_id})
        if until is None
        else (_HISTORY_UNTIL, {"case_id": case_id, "until": until})
    )
    return [_history(row) for row in session.connection().execute(query, wanted).all()]


def case_visits(session: Session, case_id: str) -> list[VisitRow]:
    """Return the path of a case's tokens, in order."""
    rows = session.connection().execute(_VISITS, {"case_id": case_id}).all()
    return [VisitRow(*row) for row in rows]


def open_incidents(
    session: Session, *, agencies: Sequence[str] = (), limit: int = 100
) -> list[IncidentRecord]:
    """Return the incidents that nobody has dealt with, newest first."""
    query = _OPEN_INCIDENTS
    if agencies:
        query = query.where(IncidentRow.agency.in_(agencies))
    rows = session.execute(query.order_by(IncidentRow.at.desc(), IncidentRow.id).limit(limit))
    return [IncidentRecord(*row) for row in rows]


def count_open_incidents(session: Session, *, agency: str) -> int:
    """Return how many incidents of an agency nobody has dealt with."""
    query = select(func.count()).select_from(IncidentRow)
    wanted = (IncidentRow.status == "open", IncidentRow.agency == agency)
    return session.scalar(query.where(*wanted)) or 0


def open_incident(session: Session, incident_id: str) -> IncidentRecord | None:
    """Return an incident that nobody has dealt with, or None if there is none of that id."""
    row = session.execute(_OPEN_INCIDENTS.where(IncidentRow.id == incident_id)).one_or_none()
    return IncidentRecord(*row) if row is not None else None


_OPEN_INCIDENTS = select(
    *(getattr(IncidentRow, field.name) for field in fields(IncidentRecord))
).where(IncidentRow.status == "open")


def _history(row: Row[Any]) -> HistoryRow:
    personal = json.loads(row.personal) if row.personal else None
    return HistoryRow(**(row._asdict() | {"data": json.loads(row.data), "personal": personal}))
