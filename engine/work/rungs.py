"""Rungs of ladders and reminders: rows with a date; they tell, they never move a token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from engine.ports import Rung
from engine.store.base import table
from engine.store.ids import new_id
from engine.store.tables import RungRow
from engine.work.case_details import StandingRung
from engine.work.case_run import CaseRun
from engine.work.journal import About
from engine.work.projections import TaskChanges, widen
from engine.work.task_rows import TaskState

_RUNG = table(RungRow)
_ONE = update(_RUNG).where(_RUNG.c.id == bindparam("rung"))
_PUT_OFF = _ONE.values(fire_at=bindparam("fire_at"))
_TOLD = _ONE.values(fired_at=bindparam("fired_at"))
_DROP = delete(_RUNG).where(_RUNG.c.id == bindparam("rung"))
_ADD = insert(_RUNG)


def sync_rungs(session: Session, run: CaseRun, changes: TaskChanges) -> datetime | None:
    """Fire what is due, drop what lost its subject, add what is new; return the next date."""
    if run.scope.context.climbing_anew:
        fresh = {task.id for task in changes.opened}
        for task in (task for task in changes.open if task.id not in fresh):
            climb_anew(session, run, task)
    standing = run.rungs
    tasks = {task.id: task for task in changes.open}
    wanted = _reminders(run)
    gone = [r for r in standing if not _stands(r, tasks, wanted)]
    standing = [r for r in standing if r not in gone]
    _delete(session, gone)
    _move(session, standing, wanted)
    _fire(session, run, standing, tasks)
    added = _add(session, run, standing, changes, wanted)
    return min([r.fire_at for r in standing if r.fired_at is None] + added, default=None)


Wanted = dict[tuple[str, str], Rung]


def _reminders(run: CaseRun) -> Wanted:
    if not run.live:
        return {}
    reminders = run.scope.application.reminders(run.scope.case, run.scope.context)
    return {(key, rung.name): rung for key, rungs in reminders.items() for rung in rungs}


def _stands(rung: StandingRung, tasks: dict[str, TaskState], wanted: Wanted) -> bool:
    if rung.task_id is not None:
        return rung.task_id in tasks
    return (rung.subject, rung.name) in wanted


def _delete(session: Session, gone: Sequence[StandingRung]) -> None:
    if gone:
        session.connection().execute(_DROP, [{"rung": rung.id} for rung in gone])


def _move(session: Session, standing: Sequence[StandingRung], wanted: Wanted) -> None:
    """Let a reminder follow the date that it hangs on, until it was told."""
    for rung in standing:
        now = wanted.get((rung.subject, rung.name)) if rung.task_id is None else None
        if now is not None and rung.fired_at is None and now.fire_at != rung.fire_at:
            rung.fire_at = now.fire_at
            session.connection().execute(_PUT_OFF, {"rung": rung.id, "fire_at": now.fire_at})


def _fire(
    session: Session, run: CaseRun, standing: list[StandingRung], tasks: dict[str, TaskState]
) -> None:
    now = run.scope.context.now
    due = [rung for rung in standing if rung.fired_at is None and rung.fire_at <= now]
    for rung in sorted(due, key=lambda r: (r.fire_at, r.name)):
        task = tasks.get(rung.task_id) if rung.task_id else None
        rung.fired_at = now
        session.connection().execute(_TOLD, {"rung": rung.id, "fired_at": now})
        about = About(
            element=task.element if task else None,
            process=task.process if task else None,
            task_id=rung.task_id,
        )
        data = {"rung": rung.name, "subject": rung.subject, "due": rung.fire_at.isoformat()}
        run.scope.journal.write("rung.fired", data, about)
        grants = run.scope.application.rung_fired(
            run.scope.case,
            Rung(rung.name, rung.fire_at, rung.data),
            task.facts() if task else None,
            run.scope.context,
        )
        if task is not None:
            widen(session, task, tuple(grants))


def _add(
    session: Session,
    run: CaseRun,
    standing: Sequence[StandingRung],
    changes: TaskChanges,
    wanted: Wanted,
) -> list[datetime]:
    """Write new rungs; one already past when it is set is skipped."""
    now = run.scope.context.now
    known = {(rung.subject, rung.name) for rung in standing}
    rows = [
        _row(run, subject, None, rung)
        for (subject, _), rung in wanted.items()
        if (subject, rung.name) not in known and rung.fire_at > now
    ]
    for task in changes.opened:
        rows += new_rungs(run, task)
    if rows:
        session.connection().execute(_ADD, rows)
    return [row["fire_at"] for row in rows]


def climb_anew(session: Session, run: CaseRun, task: TaskState) -> None:
    """Let a standing task climb its ladder as it is now; what was told stays told."""
    own = [rung for rung in run.rungs if rung.task_id == task.id]
    gone = [rung for rung in own if rung.fired_at is None]
    told = {rung.name for rung in own if rung.fired_at is not None}
    _delete(session, gone)
    rows = [row for row in new_rungs(run, task) if row["name"] not in told]
    if rows:
        session.connection().execute(_ADD, rows)
    kept = [rung for rung in run.rungs if rung not in gone]
    run.rungs = [*kept, *map(_standing, rows)]


def _standing(row: dict[str, Any]) -> StandingRung:
    return StandingRung(
        row["id"], row["subject"], row["task_id"], row["name"], row["data"], row["fire_at"], None
    )


def new_rungs(run: CaseRun, task: TaskState) -> list[dict[str, Any]]:
    """Return the rows of the ladder that a task begins to climb now."""
    if "ladder" not in task.properties:
        return []
    now = run.scope.context.now
    ladder = run.scope.application.ladder(run.scope.case, task.facts(), run.scope.context)
    return [_row(run, f"task:{task.id}", task.id, rung) for rung in ladder if rung.fire_at > now]


def _row(run: CaseRun, subject: str, task_id: str | None, rung: Rung) -> dict[str, Any]:
    return {
        "id": new_id(),
        "case_id": run.row.id,
        "subject": subject,
        "task_id": task_id,
        "name": rung.name,
        "data": dict(rung.data),
        "fire_at": rung.fire_at,
    }
