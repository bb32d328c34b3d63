"""What the database shows of a case after a command, read in one go."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.store.tables import Case, IncidentRow, Instance, RungRow, Task, TaskBar, TaskCandidate
from tests.walks.zone import POSTS, Zone
from workflows.domain.ledger_tables import HazardRow

NUMBERS = {
    "extension_request": "request",
    "overdue_interview": "interview",
    "enforcement": "enforcement",
}
"""Where a token bears the number of what its process is about."""


@dataclass(frozen=True)
class OpenTask:
    """An open task: which element of which instance, about which number."""

    id: str
    instance: str
    element: str
    number: int | None
    version: int
    due_at: datetime | None
    process: str


@dataclass(frozen=True)
class Process:
    """An instance of a process with what it waits for."""

    id: str
    process: str
    version: int
    status: str
    waits: dict[str, Any]
    timers: list[dict[str, Any]]


@dataclass(frozen=True)
class Seen:
    """A case as it is stored."""

    status: str
    text: str
    document: dict[str, Any]
    version: int
    next_due: datetime | None
    history: int
    state: str
    tasks: tuple[OpenTask, ...]
    instances: tuple[Process, ...]
    rungs: tuple[tuple[datetime, datetime | None], ...]
    incidents: tuple[str, ...]

    @property
    def mark(self) -> tuple[Any, ...]:
        """What a refused command must leave as it was."""
        return (self.text, self.version, self.history, self.state, self.tasks, self.rungs)


def look(zone: Zone, case: str) -> Seen:
    """Read everything of a case."""
    with zone.database.read() as session:
        row = session.execute(
            select(
                Case.status,
                Case.document,
                Case.lock_version,
                Case.next_due_at,
                Case.history_seq,
                HazardRow.state,
            )
            .join(HazardRow, HazardRow.case_id == Case.id)
            .where(Case.id == case)
        ).one()
        status, text, version, next_due, history, state = row
        incidents = select(IncidentRow.message).where(IncidentRow.case_id == case)
        return Seen(
            status,
            text,
            json.loads(text),
            version,
            next_due,
            history,
            state,
            _tasks(session, case),
            _instances(session, case),
            _rungs(session, case),
            tuple(session.scalars(incidents)),
        )


def able(zone: Zone, task: OpenTask, enterprise: str) -> list[str]:
    """Return who may do a task: who holds a role it names and is not barred."""
    with zone.database.read() as session:
        wanted = session.execute(
            select(TaskCandidate.body, TaskCandidate.role).where(TaskCandidate.task_id == task.id)
        ).all()
        barred = select(TaskBar.person, TaskBar.body).where(TaskBar.task_id == task.id)
        kept_out = session.execute(barred).all()
    roles = {(body, role) for body, role in wanted}
    own = [(f"{enterprise}:{role}", enterprise, role) for role in ("principal", "safety_officer")]
    persons, bodies = {bar.person for bar in kept_out}, {bar.body for bar in kept_out} - {""}
    return [
        person
        for person, body, role in (*POSTS, *own)
        if (body, role) in roles and person not in persons and body not in bodies
    ]


def history_rows(session: Session, case: str) -> int:
    """Return how long the history of a case is."""
    counted = select(func.max(Case.history_seq)).where(Case.id == case)
    return session.scalar(counted) or 0


def _tasks(session: Session, case: str) -> tuple[OpenTask, ...]:
    rows = session.execute(
        select(
            Task.id,
            Task.instance_id,
            Task.element,
            Task.token,
            Task.row_version,
            Task.due_at,
            Task.process,
        )
        .where(Task.case_id == case, Task.status == "open")
        .order_by(Task.element, Task.id)
    )
    return tuple(
        OpenTask(
            row.id,
            row.instance_id,
            row.element,
            row.token.get(NUMBERS[row.process]) if row.process in NUMBERS else None,
            row.row_version,
            row.due_at,
            row.process,
        )
        for row in rows
    )


def _instances(session: Session, case: str) -> tuple[Process, ...]:
    columns = (
        Instance.id,
        Instance.process,
        Instance.version,
        Instance.status,
        Instance.waits,
        Instance.timers,
    )
    rows = session.execute(select(*columns).where(Instance.case_id == case).order_by(Instance.id))
    return tuple(Process(*row) for row in rows)


def _rungs(session: Session, case: str) -> tuple[tuple[datetime, datetime | None], ...]:
    query = select(RungRow.fire_at, RungRow.fired_at).where(RungRow.case_id == case)
    return tuple((row.fire_at, row.fired_at) for row in session.execute(query))
