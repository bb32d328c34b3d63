"""The row of a case: locked at the beginning of a command, written at its end."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.ports import CaseHead
from engine.store.base import table
from engine.store.tables import Case, Task


@dataclass(frozen=True)
class CaseRow:
    """A case's row as it was when its lock was taken."""

    id: str
    agency: str
    process: str
    status: str
    document: str
    document_version: int
    lock_version: int
    next_due_at: datetime | None
    history_seq: int
    history_hash: str
    open_incidents: int

    @property
    def open(self) -> bool:
        """Return whether something of the case still runs."""
        return self.status == "open"

    def head(self) -> CaseHead:
        """Return what the application may know of the row."""
        return CaseHead(
            id=self.id,
            agency=self.agency,
            process=self.process,
            document=json.loads(self.document),
            document_version=self.document_version,
            open=self.open,
        )


_CASE, _TASK = table(Case), table(Task)
_COLUMNS = tuple(_CASE.c[field.name] for field in fields(CaseRow))
_BY_ID = select(*_COLUMNS).where(_CASE.c.id == bindparam("id"))
_BY_TASK = select(*_COLUMNS).where(
    _CASE.c.id == select(_TASK.c.case_id).where(_TASK.c.id == bindparam("id")).scalar_subquery()
)
_NEXT_DUE = (
    select(*_COLUMNS)
    .where(_CASE.c.status == "open", _CASE.c.next_due_at <= bindparam("until"))
    .order_by(_CASE.c.next_due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_LOCK_BY_ID, _LOCK_BY_TASK = _BY_ID.with_for_update(), _BY_TASK.with_for_update()


def lock_case(session: Session, case_id: str) -> CaseRow:
    """Lock a case until the end of the transaction; NotFound if there is none."""
    return _case(session, _LOCK_BY_ID, case_id)


def read_case(session: Session, case_id: str) -> CaseRow:
    """Read a case without locking it; NotFound if there is none."""
    return _case(session, _BY_ID, case_id)


def lock_case_of_task(session: Session, task_id: str) -> CaseRow:
    """Lock the case of a task until the transaction ends; NotFound if there is no such task."""
    row = _read(session, _LOCK_BY_TASK, task_id)
    if row is None:
        raise NotFound(
            f"Expected a task {task_id}, but there is none", f"没有编号为 {task_id} 的任务"
        )
    return row


def lock_next_due(session: Session, until: datetime) -> CaseRow | None:
    """Lock the open case whose date came first, passing over those that others hold."""
    row = session.connection().execute(_NEXT_DUE, {"until": until}).one_or_none()
    return CaseRow(*row) if row is not None else None


def _case(session: Session, query: Select[Any], case_id: str) -> CaseRow:
    row = _read(session, query, case_id)
    if row is None:
        raise NotFound(
            f"Expected a case {case_id}, but there is none", f"没有编号为 {case_id} 的案件"
        )
    return row


def _read(session: Session, query: Select[Any], key: str) -> CaseRow | None:
    row = session.connection().execute(query, {"id": key}).one_or_none()
    return CaseRow(*row) if row is not None else None
