"""What lists read of many cases at once: a few queries a page, whatever its length."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.cases import Case, Instance
from engine.store.inbox import BY_URGENCY, COLUMNS, TaskRow, with_candidates
from engine.store.tasks import Task


def documents(session: Session, case_ids: Collection[str]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return status and document of cases, by case."""
    rows = session.execute(select(Case.id, Case.status, Case.document).where(Case.id.in_(case_ids)))
    return {row.id: (row.status, json.loads(row.document)) for row in rows}


def roots(session: Session, case_ids: Collection[str]) -> dict[str, tuple[str, int]]:
    """Return process and version of the root instance of cases, by case."""
    rows = session.execute(
        select(Instance.case_id, Instance.process, Instance.version).where(
            Instance.case_id.in_(case_ids), Instance.root.is_(True)
        )
    )
    return {row.case_id: (row.process, row.version) for row in rows}


def open_tasks(session: Session, case_ids: Collection[str]) -> dict[str, list[TaskRow]]:
    """Return the open tasks of cases with their candidates, the most urgent first."""
    query = select(*COLUMNS).where(Task.case_id.in_(case_ids), Task.status == "open")
    rows = [TaskRow(*row) for row in session.execute(query.order_by(*BY_URGENCY))]
    found: dict[str, list[TaskRow]] = {case_id: [] for case_id in case_ids}
    for task in with_candidates(session, rows):
        found[task.case_id].append(task)
    return found
