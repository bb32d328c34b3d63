"""From waiting tokens to task rows: what opened, what is gone, who may do it and by when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from engine.execution.model import OpenTask
from engine.ports import Actor, Grant, Routing
from engine.store.base import table
from engine.store.ids import new_id
from engine.store.pools import keep_pool
from engine.store.tables import Draft, Task
from engine.store.task_bars import add_bars, distinct, replace_bars
from engine.work.case_run import CaseRun
from engine.work.instance_rows import RunningInstance
from engine.work.journal import About
from engine.work.task_rows import TaskState, add_candidates

_TASK, _DRAFT = table(Task), table(Draft)
_ADD = insert(_TASK)
_CANCEL = (
    update(_TASK)
    .where(_TASK.c.id.in_(bindparam("tasks", expanding=True)), _TASK.c.status == "open")
    .values(status="cancelled", completed_at=bindparam("now"))
)
_DROP_DRAFTS = delete(_DRAFT).where(_DRAFT.c.task_id.in_(bindparam("tasks", expanding=True)))
_MOVE = (
    update(_TASK)
    .where(_TASK.c.id == bindparam("task"))
    .values(due_at=bindparam("due_at"), priority=bindparam("priority"))
)
_POOL_AGAIN = update(_TASK).where(_TASK.c.id == bindparam("task")).values(pool=bindparam("pool"))


@dataclass
class TaskChanges:
    """What a command did to the open tasks of its case."""

    open: list[TaskState] = field(default_factory=list)
    opened: list[TaskState] = field(default_factory=list)
    closed: list[TaskState] = field(default_factory=list)

    def next_for(self, actor: Actor, after: str | None = None) -> str | None:
        """Return the first open task that a person may do, those just opened before others."""
        fresh = {task.id for task in self.opened}
        mine = [task for task in self.open if task.id != after and task.is_for(actor)]
        return min((task.id for task in mine), key=lambda i: (i not in fresh, i), default=None)


def sync_tasks(session: Session, run: CaseRun, before: list[TaskState]) -> TaskChanges:
    """Make the task rows of every touched instance equal to its waiting tokens."""
    changes = TaskChanges()
    titles: list[tuple[str, str]] = []
    by_instance: dict[str, dict[str, TaskState]] = {}
    for task in before:
        by_instance.setdefault(task.instance_id, {})[task.token_id] = task
    for instance in run.instances:
        known = by_instance.get(instance.id, {})
        waiting = _waiting(instance)
        if waiting is None:
            changes.open.extend(known.values())
            continue
        changes.closed.extend(task for token, task in known.items() if token not in waiting)
        for token, waits in waiting.items():
            if token in known:
                changes.open.append(known[token])
                continue
            opened, title = _opened(run, instance, waits)
            changes.open.append(opened)
            changes.opened.append(opened)
            titles.append(title)
    _insert(session, run, changes.opened, titles)
    _close(session, run, changes.closed)
    _follow(session, run, changes)
    return changes


def _waiting(instance: RunningInstance) -> dict[str, OpenTask] | None:
    """Return the waiting tasks of a touched instance by token, None if it was not touched."""
    if instance.loaded is None:
        return None
    return {task.task_id: task for task in instance.loaded.waits().tasks} if instance.live else {}


def _opened(
    run: CaseRun, instance: RunningInstance, task: OpenTask
) -> tuple[TaskState, tuple[str, str]]:
    drawing = run.scope.catalogue.drawing(instance.process, instance.version)
    state = TaskState(
        id=new_id(),
        case_id=run.row.id,
        instance_id=instance.id,
        token_id=task.task_id,
        process=instance.process,
        version=instance.version,
        element=task.element,
        act=task.properties.get("act", task.element),
        form=task.properties.get("form", task.element),
        properties=dict(task.properties),
        token=dict(task.token),
        assignee=None,
        opened_at=run.scope.context.now,
        due_at=None,
        priority=50,
        row_version=1,
    )
    routing = run.scope.application.route(run.scope.case, state.facts(), run.scope.context)
    state.candidates = tuple(dict.fromkeys(routing.candidates))
    state.assignee, state.due_at = routing.assignee, routing.due_at
    state.priority, state.bars = routing.priority, distinct(routing.bars)
    return state, drawing.titles.get(task.element, (task.element, task.element))


def _insert(
    session: Session, run: CaseRun, opened: list[TaskState], titles: list[tuple[str, str]]
) -> None:
    if not opened:
        return
    rows = [
        _row(run.row.agency, task, title) | {"pool": keep_pool(session, task.candidates, task.bars)}
        for task, title in zip(opened, titles, strict=True)
    ]
    session.connection().execute(_ADD, rows)
    pairs = [(task.id, grant) for task in opened for grant in task.candidates]
    add_candidates(session, pairs)
    add_bars(session, [(task.id, bar) for task in opened for bar in task.bars])


def _row(agency: str, task: TaskState, title: tuple[str, str]) -> dict[str, Any]:
    return {
        "id": task.id,
        "agency": agency,
        "case_id": task.case_id,
        "instance_id": task.instance_id,
        "token_id": task.token_id,
        "process": task.process,
        "version": task.version,
        "element": task.element,
        "act": task.act,
        "form": task.form,
        "title_zh": title[0],
        "title": title[1],
        "properties": task.properties,
        "token": task.token,
        "status": "open",
        "assignee": task.assignee,
        "opened_at": task.opened_at,
        "due_at": task.due_at,
        "priority": task.priority,
        "row_version": task.row_version,
    }


def _close(session: Session, run: CaseRun, closed: list[TaskState]) -> None:
    """Close what no token waits for; a task completed by this command was marked before."""
    if not closed:
        return
    gone = [task.id for task in closed if not task.completed]
    if gone:
        session.connection().execute(_CANCEL, {"tasks": gone, "now": run.scope.context.now})
    drafted = [task.id for task in closed if task.drafted]
    if drafted:
        session.connection().execute(_DROP_DRAFTS, {"tasks": drafted})


def _follow(session: Session, run: CaseRun, changes: TaskChanges) -> None:
    """Route standing tasks again: dates move, and what was done may bar who did it."""
    fresh = {task.id for task in changes.opened}
    for task in changes.open:
        if task.id in fresh:
            continue
        routing = run.scope.application.route(run.scope.case, task.facts(), run.scope.context)
        _follow_dates(session, task, routing)
        _follow_bars(session, run, task, routing)


def _follow_dates(session: Session, task: TaskState, routing: Routing) -> None:
    if (routing.due_at, routing.priority) != (task.due_at, task.priority):
        task.due_at, task.priority = routing.due_at, routing.priority
        moved = {"task": task.id, "due_at": task.due_at, "priority": task.priority}
        session.connection().execute(_MOVE, moved)


def _follow_bars(session: Session, run: CaseRun, task: TaskState, routing: Routing) -> None:
    """Write who is barred now; candidates are added for them, never taken away."""
    barred = distinct(routing.bars)
    if set(barred) == set(task.bars):
        return
    task.bars = barred
    replace_bars(session, task.id, task.bars)
    _pool_again(session, task)
    widen(session, task, routing.candidates)
    if task.candidates and task.assignee is not None:
        _free(session, run, task, task.assignee)


def _free(session: Session, run: CaseRun, task: TaskState, assignee: str) -> None:
    """Give a task back to its candidates if whoever took it has been barred meanwhile."""
    bar = task.bar_against(Actor(assignee, assignee))
    if bar is None:
        return
    task.assignee, task.row_version = None, task.row_version + 1
    session.execute(
        update(Task).where(Task.id == task.id).values(assignee=None, row_version=task.row_version)
    )
    about = About(element=task.element, process=task.process, task_id=task.id)
    run.scope.journal.write("task.released", {"from": assignee, "reason": bar.reason}, about)


def widen(session: Session, task: TaskState, grants: tuple[Grant, ...]) -> None:
    """Add candidate roles to a standing task."""
    new = [grant for grant in dict.fromkeys(grants) if grant not in task.candidates]
    if new:
        task.candidates = (*task.candidates, *new)
        add_candidates(session, [(task.id, grant) for grant in new])
        _pool_again(session, task)


def _pool_again(session: Session, task: TaskState) -> None:
    pool = keep_pool(session, task.candidates, task.bars)
    session.connection().execute(_POOL_AGAIN, {"task": task.id, "pool": pool})
