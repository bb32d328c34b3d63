"""Incidents: what failed is undone, told to a person, tried again with growing pauses."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import BihuanError, Incident
from engine.ports import Actor
from engine.store.ids import new_id
from engine.store.tables import Case, IncidentRow
from engine.work.case_row import CaseRow

log = logging.getLogger(__name__)

TIMERS = "timers"
"""The subject of an incident of falling due, where others name their task or act."""

MOST_ATTEMPTS = 6
"""After that many failures a case is no longer tried by the worker, only by a person."""

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(days=1)


@dataclass(frozen=True)
class Trouble:
    """What failed: in which command, about what."""

    kind: str
    subject: str
    error: Exception


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many failures: 1, 4, 16 … minutes, at most a day."""
    minutes: int = 4 ** (attempts - 1)
    return min(_FIRST_PAUSE * minutes, _LONGEST_PAUSE)


def record_incident(
    session: Session, row: CaseRow, trouble: Trouble, now: datetime
) -> tuple[str, int]:
    """Write an incident of a case, or count it again if it is known; return id and count."""
    log.error(
        "case %s: %s of %s failed", row.id, trouble.kind, trouble.subject, exc_info=trouble.error
    )
    values = _sentences(trouble.error)
    known = session.execute(
        select(IncidentRow.id, IncidentRow.attempts).where(
            IncidentRow.case_id == row.id,
            IncidentRow.subject == trouble.subject,
            IncidentRow.status == "open",
        )
    ).first()
    if known is not None:
        values |= {"at": now, "attempts": known.attempts + 1}
        session.execute(update(IncidentRow).where(IncidentRow.id == known.id).values(**values))
        return known.id, known.attempts + 1
    incident_id = insert_incident(session, row.agency, row.process, trouble, now, row.id)
    session.execute(
        update(Case).where(Case.id == row.id).values(open_incidents=Case.open_incidents + 1)
    )
    return incident_id, 1


def insert_incident(
    session: Session,
    agency: str,
    process: str,
    trouble: Trouble,
    now: datetime,
    case_id: str | None,
) -> str:
    """Write a new incident; without a case where its start failed."""
    incident_id = new_id()
    session.execute(
        insert(IncidentRow).values(
            id=incident_id,
            agency=agency,
            process=process,
            case_id=case_id,
            at=now,
            kind=trouble.kind,
            subject=trouble.subject,
            status="open",
            attempts=1,
            **_sentences(trouble.error),
        )
    )
    return incident_id


def hold_back(
    session: Session, row: CaseRow, incident_id: str, attempts: int, now: datetime
) -> None:
    """Let the worker leave a failing case alone for a while, in the end for ever."""
    retry_at = now + pause(attempts) if attempts < MOST_ATTEMPTS else None
    session.execute(
        update(IncidentRow).where(IncidentRow.id == incident_id).values(retry_at=retry_at)
    )
    session.execute(update(Case).where(Case.id == row.id).values(next_due_at=retry_at))


def resolve(session: Session, row: CaseRow, subject: str, actor: Actor, now: datetime) -> None:
    """Close the incidents that a command which went well has answered."""
    if not row.open_incidents:
        return
    answered = select(IncidentRow.id).where(
        IncidentRow.case_id == row.id,
        IncidentRow.status == "open",
        IncidentRow.subject.in_([subject, TIMERS]),
    )
    ids = list(session.execute(answered).scalars())
    if not ids:
        return
    session.execute(
        update(IncidentRow)
        .where(IncidentRow.id.in_(ids))
        .values(status="resolved", resolved_at=now, resolved_by=actor.id, retry_at=None)
    )
    session.execute(
        update(Case).where(Case.id == row.id).values(open_incidents=Case.open_incidents - len(ids))
    )


def close_by_hand(session: Session, actor: Actor, incident_id: str) -> None:
    """Close an incident that a person has tried again with success, if it is still open."""
    case_id = session.execute(
        select(IncidentRow.case_id).where(
            IncidentRow.id == incident_id, IncidentRow.status == "open"
        )
    ).scalar_one_or_none()
    session.execute(
        update(IncidentRow)
        .where(IncidentRow.id == incident_id, IncidentRow.status == "open")
        .values(status="retried", resolved_at=clock.now(), resolved_by=actor.id, retry_at=None)
    )
    if case_id is not None:
        session.execute(
            update(Case).where(Case.id == case_id).values(open_incidents=Case.open_incidents - 1)
        )


def told(trouble: Trouble, incident_id: str) -> Incident:
    """Return what the person is told whose command failed."""
    error = trouble.error
    reason = error.message if isinstance(error, BihuanError) else type(error).__name__
    reason_zh = error.message_zh if isinstance(error, BihuanError) else type(error).__name__
    return Incident(
        f"Expected {trouble.subject} to go through, but the engine met a fault and changed "
        f"nothing; it was recorded for a person to look at ({reason})",
        f"办理未成功，未作任何改动；系统已记录异常，等待处理({reason_zh})",
        incident_id=incident_id,
    )


def _sentences(error: Exception) -> dict[str, Any]:
    if isinstance(error, BihuanError):
        detail = {name: str(value) for name, value in error.details.items()}
        return {"message": error.message, "message_zh": error.message_zh, "detail": detail}
    name = type(error).__name__
    return {
        "message": f"Expected the step to work, but {name}: {error}"[:2000],
        "message_zh": f"执行失败：{name}：{error}"[:2000],
        "detail": {"cause": name},
    }
