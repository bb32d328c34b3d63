"""How long the tasks of a process waited: by step, by level, by body; counted in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, case, func, literal, select
from sqlalchemy.orm import Session

from engine.store.tables import Task, TaskCandidate
from workflows.analysis.days import Days
from workflows.domain.org_tables import BodyRow

ENTERPRISES: Final = "enterprise"
"""Stands for all bodies that are enterprises."""


@dataclass(frozen=True)
class Waiting:
    """How long something waited, in days, and how often; None where nothing was done yet."""

    key: tuple[str, ...]
    done: int
    open: int
    cases: int
    late: int
    median: float | None
    p90: float | None

    @property
    def opened(self) -> int:
        """How often it was opened and not taken back."""
        return self.done + self.open


@dataclass(frozen=True)
class Step:
    """One step: how long it waited, and how often a case came back to it."""

    element: str
    title_zh: str
    title: str
    waiting: Waiting
    returns: int


def steps(session: Session, among: Subquery) -> list[Step]:
    """Return every step that was reached, those that waited longest first."""
    tasks = _tasks(among)
    found = {one.key[0]: one for one in _waiting(session, tasks, ("element",))}
    titles = select(
        tasks.c.element,
        func.max(tasks.c.title_zh),
        func.max(tasks.c.title),
        func.count(tasks.c.instance.distinct()),
    ).group_by(tasks.c.element)
    made = [
        Step(element, zh, en, found[element], found[element].opened - instances)
        for element, zh, en, instances in session.execute(titles)
    ]
    return sorted(made, key=lambda one: (-(one.waiting.median or 0), one.element))


def by_level(session: Session, among: Subquery) -> list[Waiting]:
    """Return the same by step and level."""
    return _waiting(session, _tasks(among), ("element", "level"))


def by_body(session: Session, among: Subquery) -> list[Waiting]:
    """Return the same by body, enterprises together; a task of two bodies counts for both."""
    tasks = _tasks(among)
    body = case((BodyRow.kind == ENTERPRISES, literal(ENTERPRISES)), else_=BodyRow.id)
    held = (
        select(TaskCandidate.task_id, body.label("body"))
        .join(BodyRow, BodyRow.id == TaskCandidate.body)
        .join(tasks, tasks.c.id == TaskCandidate.task_id)
        .distinct()
        .subquery("held")
    )
    owned = select(tasks, held.c.body).join(held, held.c.task_id == tasks.c.id).subquery("owned")
    return sorted(_waiting(session, owned, ("body",)), key=lambda one: (-one.opened, one.key))


def _tasks(among: Subquery) -> Subquery:
    return (
        select(
            Task.id,
            Task.element,
            Task.title_zh,
            Task.title,
            Task.case_id,
            Task.status,
            Task.due_at,
            Task.completed_at,
            among.c.instance,
            among.c.level,
            Days(Task.opened_at, Task.completed_at).label("days"),
        )
        .join(among, among.c.instance == Task.instance_id)
        .where(Task.case_id == among.c.case_id, Task.status != "cancelled")
        .subquery("tasks")
    )


def _waiting(session: Session, tasks: Subquery, keys: Sequence[str]) -> list[Waiting]:
    """Count tasks by some columns; each figure of a share is the wait of the task at that place."""
    columns: list[ColumnElement[Any]] = [tasks.c[key] for key in keys]
    done = tasks.c.status == "completed"
    parts = [*columns, done]
    ranked = select(
        *columns,
        done.label("done"),
        tasks.c.days,
        tasks.c.case_id,
        (tasks.c.completed_at > tasks.c.due_at).label("late"),
        func.row_number().over(partition_by=parts, order_by=tasks.c.days).label("place"),
        func.count().over(partition_by=parts).label("of"),
    ).subquery("ranked")
    query = select(
        *(ranked.c[key] for key in keys),
        _sum(ranked.c.done),
        _sum(~ranked.c.done),
        func.count(ranked.c.case_id.distinct()),
        _sum(ranked.c.done & func.coalesce(ranked.c.late, literal(value=False))),
        _at(ranked, 1, 2),
        _at(ranked, 9, 10),
    ).group_by(*(ranked.c[key] for key in keys))
    width = len(keys)
    return [
        Waiting(tuple(str(one or "") for one in row[:width]), *row[width:])
        for row in session.execute(query)
    ]


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _at(ranked: Subquery, part: int, whole: int) -> ColumnElement[float | None]:
    """Return the wait that so many of the tasks that are done did not exceed."""
    place = (ranked.c.of * part + whole - 1) // whole
    return func.max(case((ranked.c.done & (ranked.c.place == place), ranked.c.days)))
