"""Falling due: the worker claims one case after the other, each in its own transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select

from engine import clock
from engine.errors import NotFound
from engine.ports import Actor
from engine.store.tables import Case, IncidentRow
from engine.work.command import fire_case, fire_next
from engine.work.incidents import close_by_hand
from engine.work.parts import Parts
from engine.work.reasons import read_reason


def fire_due(
    parts: Parts,
    *,
    limit: int = 50,
    until: datetime | None = None,
    between: Callable[[], object] = lambda: None,
) -> int:
    """Settle cases whose date has come, the earliest first; return how many.

    A case that fails keeps an incident and is left alone for a while; others go on. Workers on
    many machines may do this at once: a case that one holds is passed over by the others. The
    cases of every agency in the database are served, each by the definitions of its own.
    `between` is called after every case, outside any transaction.
    """
    for count in range(limit):
        present = clock.now()
        if not fire_next(parts, min(present, until) if until else present):
            return count
        between()
    return limit


def next_due(parts: Parts) -> datetime | None:
    """Return when the next open case falls due, or None while nothing is awaited."""
    with parts.database.read() as session:
        return session.scalar(select(func.min(Case.next_due_at)).where(Case.status == "open"))


def retry_incident(parts: Parts, actor: Actor, incident_id: str, reason: str) -> None:
    """Try again what failed; the caller has checked that the actor may.

    What fell due is settled now. A failed command of a person is not repeated by anybody else:
    if the case itself comes to rest, its incident is closed and the person may try again. The
    history of the case says who tried again, and why.

    Raises:
        NotFound: there is no such open incident.
        Invalid: there is no reason that can be read.
        Incident: it failed again.
    """
    why = read_reason(reason)
    with parts.database.read() as session:
        row = session.execute(
            select(IncidentRow.case_id, IncidentRow.subject).where(
                IncidentRow.id == incident_id, IncidentRow.status == "open"
            )
        ).one_or_none()
    if row is None:
        raise NotFound(
            f"Expected an open incident {incident_id}, but there is none", "没有该待处理异常"
        )
    if row.case_id is not None:
        told = {"incident": incident_id, "subject": row.subject, "reason": why}
        fire_case(parts, row.case_id, actor, retried=told)
    parts.database.run(lambda session: close_by_hand(session, actor, incident_id))
