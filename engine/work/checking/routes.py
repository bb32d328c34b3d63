"""What was derived from a case when it last moved: limits of tasks, takers, bars, rungs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import select

from engine.store.pools import is_kept, pool_of
from engine.store.tables import History, RungRow, Task
from engine.store.task_bars import distinct
from engine.work.checking.findings import Finding, differs
from engine.work.open_case import OpenCase
from engine.work.task_rows import TaskState

_TAKING: Final = ("task.claimed", "task.assigned", "task.released")


def route_findings(case: OpenCase) -> Iterator[Finding]:
    """Yield where a task's limit, its bars or the rungs are not what the case says now."""
    taken = _taken(case)
    for task in case.tasks:
        yield from _of_task(case, task)
        yield from _taker(case, task, taken)
    yield from _pools(case)
    yield from _rungs(case)


def _of_task(case: OpenCase, task: TaskState) -> Iterator[Finding]:
    scope, row = case.scope, case.run.row
    routing = scope.application.route(scope.case, task.facts(), scope.context)
    for what, zh, found, wanted in (
        ("limit", "时限", task.due_at, routing.due_at),
        ("priority", "优先级", task.priority, routing.priority),
    ):
        if found != wanted:
            yield differs(
                "tasks",
                row.id,
                f"the {what} of task {task.element}",
                f"任务 {task.element} 的{zh}",
                found,
                wanted,
            )
    barred = {(bar.person, bar.body) for bar in task.bars}
    must = {(bar.person, bar.body) for bar in distinct(routing.bars)}
    if barred != must:
        yield differs(
            "bars",
            row.id,
            f"who is kept from task {task.element}",
            f"任务 {task.element} 的回避人",
            {person or body for person, body in barred},
            {person or body for person, body in must},
        )
    if not task.candidates and task.assignee is None:
        yield Finding(
            "tasks",
            f"Expected somebody who may do the task {task.element}, but it names nobody",
            f"任务 {task.element} 没有任何可办理人",
            row.id,
        )


def _taken(case: OpenCase) -> dict[str, str | None]:
    """Return who has each task by the history, None where it was given back."""
    rows = case.session.execute(
        select(History.task_id, History.act, History.actor, History.data)
        .where(History.case_id == case.run.row.id, History.act.in_(_TAKING))
        .order_by(History.seq)
    )
    return {
        row.task_id: row.actor if row.act == "task.claimed" else json.loads(row.data).get("to")
        for row in rows
    }


def _taker(case: OpenCase, task: TaskState, taken: Mapping[str, str | None]) -> Iterator[Finding]:
    """Whoever has a task took it, or was given it, on record; the route may give it at once."""
    scope = case.scope
    wanted = taken.get(task.id)
    if task.id not in taken and task.assignee is not None:
        wanted = scope.application.route(scope.case, task.facts(), scope.context).assignee
    if task.assignee != wanted:
        what, zh = f"who has taken the task {task.element}", f"任务 {task.element} 的签收人"
        yield differs("tasks", case.run.row.id, what, zh, task.assignee, wanted)


def _pools(case: OpenCase) -> Iterator[Finding]:
    """Each open task lies in the pool of its candidates and bars, and the pool is written down."""
    stored = case.session.execute(
        select(Task.id, Task.pool).where(Task.case_id == case.run.row.id, Task.status == "open")
    )
    pools = {row.id: row.pool for row in stored}
    for task in case.tasks:
        found, wanted = pools.get(task.id), pool_of(task.candidates, task.bars)
        what, zh = f"the pool of task {task.element}", f"任务 {task.element} 的归属"
        if found != wanted:
            yield differs("pools", case.run.row.id, what, zh, found, wanted)
        elif wanted and not is_kept(case.session, wanted, task.candidates, task.bars):
            yield differs("pools", case.run.row.id, what, zh, None, wanted)


def _rungs(case: OpenCase) -> Iterator[Finding]:
    scope, row = case.scope, case.run.row
    reminders = scope.application.reminders(scope.case, scope.context) if case.run.live else {}
    wanted = {(key, rung.name): rung for key, rungs in reminders.items() for rung in rungs}
    tasks = {task.id for task in case.tasks}
    standing = set()
    for rung in case.session.execute(
        select(
            RungRow.subject, RungRow.task_id, RungRow.name, RungRow.fire_at, RungRow.fired_at
        ).where(RungRow.case_id == row.id)
    ):
        key = (rung.subject, rung.name)
        standing.add(key)
        if rung.task_id is not None:
            lost = rung.task_id not in tasks
        else:
            lost = key not in wanted or (
                rung.fired_at is None and rung.fire_at != wanted[key].fire_at
            )
        if lost:
            yield Finding(
                "rungs",
                f"Expected the reminder {rung.name} of {rung.subject} to rest on the case, "
                "but it does not",
                f"提醒 {rung.name}（{rung.subject}）与案件不符",
                row.id,
            )
    for key, owed in wanted.items():
        # One that lay in the past when it would have been set was lawfully skipped.
        if owed.fire_at > scope.context.now and key not in standing:
            yield Finding(
                "rungs",
                f"Expected the reminder {owed.name} at {owed.fire_at}, but there is none",
                f"缺少提醒 {owed.name}（{owed.fire_at}）",
                row.id,
            )
