"""How much there is of what a monitor watches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine.store.tables import Case, IncidentRow, Outbox, Task


def measure(session: Session, now: datetime) -> dict[str, int]:
    """Return the numbers by name."""
    cases = select(func.count()).select_from(Case)
    tasks = select(func.count()).select_from(Task).where(Task.status == "open")
    incidents = select(func.count()).select_from(IncidentRow)
    outbox = select(func.count()).select_from(Outbox)
    asked: dict[str, Select[int]] = {
        "cases_open": cases.where(Case.status == "open"),
        "cases_closed": cases.where(Case.status == "closed"),
        "tasks_open": tasks,
        "tasks_late": tasks.where(Task.due_at < now),
        "incidents_open": incidents.where(IncidentRow.status == "open"),
        "due_waiting": cases.where(Case.status == "open", Case.next_due_at <= now),
        "outbox_unsent": outbox.where(Outbox.sent_at.is_(None)),
    }
    return {name: session.execute(query).scalar_one() for name, query in asked.items()}
