"""Cases as programs read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from engine.history.chain import ORIGIN
from engine.ports import Actor, JsonMap
from engine.store import many_cases
from engine.store.queries import HistoryRow, TaskRow
from webapp.i18n.catalogue import pick
from webapp.presentation.case_facts import Bodies
from webapp.presentation.step_titles import step_title
from workflows.domain import designed_fields, ledger_flags, own_dates, suspension, zone
from workflows.domain import extension_requests as requests
from workflows.domain import interview_entries as interview
from workflows.domain.deadline import Deadline
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.readers import Reader, Readers

FROM_ROW = (
    "number",
    "state",
    "level",
    "enterprise",
    "park",
    "town",
    "finder_body",
    "found_at",
    "registered_at",
    "description",
    "location",
    "category",
    "criterion",
    "listing_grade",
)


def case_items(
    session: Session, rows: Sequence[HazardRow], reader: Actor, language: str
) -> list[dict[str, Any]]:
    """Return ledger rows with dates and next steps, in their order.

    Nobody is told of steps that are not his to know.
    """
    before = Readers(session, reader)
    ids = [row.case_id for row in rows]
    documents = many_cases.documents(session, ids)
    roots = many_cases.roots(session, ids)
    tasks = many_cases.open_tasks(session, ids)
    bodies = zone.body_map(session)
    items = []
    for row in rows:
        known, waiting = documents[row.case_id], tasks[row.case_id]
        told = before.of(row, known[1], waiting)
        steps = [
            next_step(task, bodies, language, known[1]) for task in waiting if told.awaits(task)
        ]
        items.append(_item(row, known, roots[row.case_id], language) | {"next": steps})
    return items


def next_step(
    task: TaskRow, bodies: Bodies, language: str, document: JsonMap | None = None
) -> dict[str, Any]:
    """Return who must do a task by when."""
    first = _first(task)
    return {
        "task": task.id,
        "element": task.element,
        "act": task.act,
        "title": step_title(task, bodies, language, document),
        "body": first["body"],
        "role": first["role"],
        "candidates": [{"body": g.body, "role": g.role} for g in task.candidates],
        "assignee": task.assignee,
        "due_at": task.due_at,
    }


def deadline_json(deadline: Deadline, language: str) -> dict[str, Any]:
    """Return a date with its calculation in words."""
    steps = deadline.explained
    return vars(deadline) | {
        "explained": [step.en if language == "en" else step.zh for step in steps],
        "changes": [vars(change) for change in deadline.changes],
    }


def history_items(
    rows: Sequence[HistoryRow], acts: Mapping[str, str], reader: Reader
) -> list[dict[str, Any]]:
    """Return the chained rows that a reader may see; words of others only where addressed."""
    previous = [ORIGIN, *(row.hash for row in rows)]
    chained = {row.seq: prev for row, prev in zip(rows, previous, strict=False)}
    return [
        _history(row, chained[row.seq], words=reader.hears(row))
        for row in reader.records(rows, acts)
    ]


def added_json(document: JsonMap, reader: Reader, language: str) -> dict[str, Any]:
    """Return the fields and dates of process designers that a reader may know of."""
    fields = designed_fields.shown(document, reader.may)
    dates = own_dates.shown(document, reader.may)
    return {
        "added_fields": [
            {"name": f.name, "type": f.type, "label": pick(language, f.zh, f.en), "value": f.value}
            for f in fields
        ],
        "added_dates": [
            {"name": one.name, "label": pick(language, one.zh, one.en), "due_at": one.due_at}
            for one in dates
        ],
    }


def _item(
    row: HazardRow,
    known: tuple[str, dict[str, Any]],
    root: tuple[str, int],
    language: str,
) -> dict[str, Any]:
    status, document = known
    deadlines = [Deadline.from_json(one) for one in document["deadlines"]]
    return {
        "id": row.case_id,
        "process": root[0],
        "version": root[1],
        "status": status,
        "department": row.industry_department,
        "source": document["source"],
        "proposed_level": document["proposed_level"],
        "enterprise_name": row.enterprise_name if language == "en" else row.enterprise_name_zh,
        "deadlines": [deadline_json(one, language) for one in deadlines],
        "flags": _flags(row, document),
        **{name: getattr(row, name) for name in FROM_ROW},
    }


def _flags(row: HazardRow, document: JsonMap) -> list[str]:
    known = {
        "overdue": row.overdue_since is not None,
        "interview_late": interview.is_late(document),
        "extension_pending": row.extension_pending,
        "overdue_pending": ledger_flags.awaits_consent(
            row.state, row.overdue_since, pending=row.extension_pending
        ),
        "second_extension": requests.is_second(document),
        "unfiled": requests.unfiled(document),
        "listed": ledger_flags.is_listed(document),
        "imminent": row.imminent,
        "duplicate": row.duplicate_of is not None,
        "suspended": suspension.of(document) is not None,
    }
    return [name for name, holds in known.items() if holds]


def _first(task: TaskRow) -> dict[str, str | None]:
    """The post that the diagram names, else officers before those who may stand in for them."""
    wanted = task.properties.get("role") or "officer"
    named = [grant for grant in task.candidates if grant.role == wanted]
    for grant in (*named, *task.candidates):
        return {"body": grant.body, "role": grant.role}
    return {"body": None, "role": None}


def _history(row: HistoryRow, prev: str, *, words: bool) -> dict[str, Any]:
    kept = ("seq", "at", "actor", "actor_name", "acting_for", "act", "outcome", "element")
    return {name: getattr(row, name) for name in kept} | {
        "process": row.process,
        "task": row.task_id,
        "data": row.data if words else None,
        "prev": prev,
        "hash": row.hash,
    }
