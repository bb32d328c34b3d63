"""The row of a case: locked at the beginning of a command, written at its end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.ports import CaseHead
from engine.store.tables import Case


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


_COLUMNS = (
    Case.id,
    Case.agency,
    Case.process,
    Case.status,
    Case.document,
    Case.document_version,
    Case.lock_version,
    Case.next_due_at,
    Case.history_seq,
    Case.history_hash,
    Case.open_incidents,
)


def lock_case(session: Session, case_id: str) -> CaseRow:
    """Lock a case until the end of the transaction; NotFound if there is none."""
    return _one(session, case_id, lock=True)


def read_case(session: Session, case_id: str) -> CaseRow:
    """Read a case without locking it; NotFound if there is none."""
    return _one(session, case_id, lock=False)


def lock_next_due(session: Session, until: datetime) -> CaseRow | None:
    """Lock the open case whose date came first, passing over those that others hold."""
    row = session.execute(
        select(*_COLUMNS)
        .where(Case.status == "open", Case.next_due_at <= until)
        .order_by(Case.next_due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return CaseRow(*row) if row is not None else None


def _one(session: Session, case_id: str, *, lock: bool) -> CaseRow:
    query = select(*_COLUMNS).where(Case.id == case_id)
    row = session.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NotFound(
            f"Expected a case {case_id}, but there is none", f"没有编号为 {case_id} 的案件"
        )
    return CaseRow(*row)
