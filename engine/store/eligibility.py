"""Who may do tasks and who is kept from them, read with one statement."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, null, select
from sqlalchemy.orm import Session

from engine.ports import Bar, Grant
from engine.store.base import table
from engine.store.tasks import TaskBar, TaskCandidate

Candidates = dict[str, tuple[Grant, ...]]
Bars = dict[str, tuple[Bar, ...]]

_CANDIDATE, _BAR = table(TaskCandidate).c, table(TaskBar).c
_ROLES = (_CANDIDATE.task_id, _CANDIDATE.body, _CANDIDATE.role)
_KEPT_AWAY = (_BAR.task_id, _BAR.body, _BAR.person, _BAR.reason_zh, _BAR.reason)


def _part(*columns: ColumnElement[Any]) -> Select[Any]:
    rest = [null()] * (len(_KEPT_AWAY) - len(columns))
    wanted = columns[0].in_(bindparam("tasks", expanding=True))
    kind: ColumnElement[str] = literal_column(f"'{'c' if rest else 'b'}'").label("kind")
    return select(kind, *columns, *rest).where(wanted)


# The bars come first: PostgreSQL takes the types of the columns from the first part.
_ELIGIBILITY = _part(*_KEPT_AWAY).union_all(_part(*_ROLES))


def eligibility(session: Session, tasks: Collection[str]) -> tuple[Candidates, Bars]:
    """Return the candidate roles and the bars of tasks, each by task; one without is left out."""
    candidates: Candidates = {}
    bars: Bars = {}
    if not tasks:
        return candidates, bars
    rows = session.connection().execute(_ELIGIBILITY, {"tasks": list(tasks)}).all()
    # Sorted here: the collation of a database is its own.
    for kind, task, body, who, zh, en in sorted(rows, key=lambda row: tuple(row)[:4]):
        if kind == "c":
            candidates[task] = (*candidates.get(task, ()), Grant(body, who))
        else:
            bars[task] = (*bars.get(task, ()), Bar(zh, en, who, body))
    return candidates, bars
