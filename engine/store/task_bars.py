"""Who is kept from tasks, as it was when they were last routed: written, asked in a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import ColumnElement, Select, delete, insert, or_, select
from sqlalchemy.orm import Session

from engine.ports import Actor, Bar
from engine.store.base import table
from engine.store.tasks import Task, TaskBar

_BAR = table(TaskBar)
_ADD_BARS = insert(_BAR)


def distinct(found: Iterable[Bar]) -> tuple[Bar, ...]:
    """Return bars, the first of those against the same person or body."""
    kept: dict[tuple[str, str], Bar] = {}
    for bar in found:
        kept.setdefault((bar.person, bar.body), bar)
    return tuple(kept.values())


def add_bars(session: Session, pairs: Iterable[tuple[str, Bar]]) -> None:
    """Write distinct bars of tasks that have none."""
    rows = [{"task_id": task, **asdict(bar)} for task, bar in pairs]
    if rows:
        session.connection().execute(_ADD_BARS, rows)


def replace_bars(session: Session, task_id: str, now: Iterable[Bar]) -> None:
    """Write the bars of a task in place of those it had."""
    session.execute(delete(TaskBar).where(TaskBar.task_id == task_id))
    add_bars(session, [(task_id, bar) for bar in now])


def barred_by_body(actor: Actor) -> Select[str]:
    """Return the tasks that one of a person's bodies is kept from."""
    bodies = sorted({grant.body for grant in actor.grants})
    return select(TaskBar.task_id).where(TaskBar.body.in_(bodies))


def is_barred(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a person is kept from the task of a row."""
    against = TaskBar.person == actor.id
    bodies = sorted({grant.body for grant in actor.grants})
    if bodies:
        against = or_(against, TaskBar.body.in_(bodies))
    return select(TaskBar.task_id).where(TaskBar.task_id == Task.id, against).exists()
