"""Drafts: what a person has typed and not yet sent; kept with the task, gone with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Invalid
from engine.ports import Actor
from engine.store.base import json_text
from engine.store.tables import Draft, Task
from engine.work.case_row import lock_case_of_task
from engine.work.parts import Parts

LARGEST = 200_000
"""Characters of one draft as JSON."""


def save_draft(parts: Parts, actor: Actor, task_id: str, data: Mapping[str, Any]) -> None:
    """Keep a person's draft of an open task; the newest replaces the one before.

    Raises:
        NotFound: there is no such task.
        Conflict: it is done or gone.
        Invalid: the draft is too large.
    """
    if len(json_text(dict(data))) > LARGEST:
        raise Invalid(
            f"Expected a draft of at most {LARGEST} characters, but it is longer",
            "草稿内容过长，无法保存",
        )
    parts.database.run(lambda session: _save(session, actor, task_id, dict(data)))


def draft(parts: Parts, actor: Actor, task_id: str) -> dict[str, Any]:
    """Return a person's draft of a task, empty if there is none."""
    with parts.database.read() as session:
        found = session.execute(
            select(Draft.data).where(Draft.task_id == task_id, Draft.person == actor.id)
        ).scalar_one_or_none()
    return dict(found or {})


def _save(session: Session, actor: Actor, task_id: str, data: dict[str, Any]) -> None:
    # Under the lock of the case: a command that ends the task finds the draft, or it is refused.
    lock_case_of_task(session, task_id)
    status = session.scalars(select(Task.status).where(Task.id == task_id)).one()
    if status != "open":
        raise Conflict(
            f"Expected task {task_id} to be open, but it is done or gone", "该任务已办结或已取消"
        )
    values = {"data": data, "saved_at": clock.now()}
    mine = (Draft.task_id == task_id) & (Draft.person == actor.id)
    known = session.execute(select(Draft.person).where(mine)).first()
    if known is not None:
        session.execute(update(Draft).where(mine).values(**values))
    else:
        session.add(Draft(task_id=task_id, person=actor.id, **values))
