"""The end of a command: everything that it changed is written, in the order of the keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, update
from sqlalchemy.orm import Session

from engine.ports import Actor
from engine.store.base import json_text, table
from engine.store.tables import Case
from engine.work.case_run import CaseRun
from engine.work.instance_rows import store_instances
from engine.work.projections import TaskChanges, sync_tasks
from engine.work.rungs import sync_rungs
from engine.work.task_rows import TaskState


@dataclass(frozen=True)
class CommandResult:
    """What a command left: tasks that opened, whether the case is over, the actor's next task."""

    case_id: str
    opened_task_ids: list[str]
    closed: bool
    next_task_id: str | None


def finish(session: Session, run: CaseRun, before: list[TaskState], actor: Actor) -> CommandResult:
    """Settle the case and write what changed: state, tasks, rungs, document, history, case."""
    run.settle()
    now = run.scope.context.now
    store_instances(session, run.row.agency, run.row.id, run.instances, now)
    run.kept.store(session, now)
    changes = sync_tasks(session, run, before)
    next_rung = sync_rungs(session, run, changes)
    run.scope.application.save(run.scope.case, run.scope.context)
    session.flush()
    run.scope.journal.flush(session)
    _store_case(session, run, next_rung)
    return _result(run, changes, actor)


def _store_case(session: Session, run: CaseRun, next_rung: datetime | None) -> None:
    document = json_text(run.scope.case.document)
    changed = document != run.row.document
    values: dict[str, Any] = {
        "case": run.row.id,
        "lock_version": run.row.lock_version + 1,
        "history_seq": run.scope.journal.seq,
        "history_hash": run.scope.journal.head,
        "next_due_at": _next_due(run, next_rung),
    }
    if changed:
        values |= {"document": document, "document_version": run.row.document_version + 1}
    if not run.live:
        values |= {"status": "closed", "closed_at": run.scope.context.now}
    session.connection().execute(_store(changed=changed, closing=not run.live), values)


@cache
def _store(*, changed: bool, closing: bool) -> Update:
    """Return the statement that writes a case's row; the document is sent only if it changed."""
    names = ["lock_version", "history_seq", "history_hash", "next_due_at"]
    if changed:
        names += ["document", "document_version"]
    if closing:
        names += ["status", "closed_at"]
    case = table(Case)
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return update(case).where(case.c.id == bindparam("case")).values(values)


def _next_due(run: CaseRun, next_rung: datetime | None) -> datetime | None:
    if not run.live:
        return None
    run.scope.changed()
    dates = [
        due
        for instance in run.live
        for timer in instance.timers
        if (due := run.host(instance).due(timer)) is not None
    ]
    return min(dates + ([next_rung] if next_rung else []), default=None)


def _result(run: CaseRun, changes: TaskChanges, actor: Actor) -> CommandResult:
    return CommandResult(
        case_id=run.row.id,
        opened_task_ids=[task.id for task in changes.opened],
        closed=not run.live,
        next_task_id=changes.next_for(actor),
    )
