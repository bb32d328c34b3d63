"""The stored state of each live instance against the rows that mirror what it waits for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.errors import BihuanError
from engine.execution.model import ArmedTimer, OpenTask, Waits
from engine.store.base import json_text
from engine.store.tables import IncidentRow, Instance, RungRow
from engine.work.checking.findings import Finding, differs
from engine.work.incidents import TIMERS
from engine.work.instance_rows import RunningInstance
from engine.work.open_case import OpenCase
from engine.work.task_rows import TaskState

_COLUMNS = (Instance.id, Instance.process, Instance.root, Instance.status, Instance.waits)


def state_findings(case: OpenCase) -> Iterator[Finding]:
    """Yield where instances, open tasks, subscriptions and the next date disagree."""
    rows = list(
        case.session.execute(
            select(*_COLUMNS, Instance.timers, Instance.ended_at).where(
                Instance.case_id == case.run.row.id
            )
        )
    )
    waits = {row.id: row.waits for row in rows}
    yield from _of_case(case, rows)
    readable = True
    for instance in case.run.instances:
        try:
            found = case.run.load(instance).waits()
        except BihuanError as error:
            readable = False
            yield _unreadable(case, instance, error)
            continue
        yield from _of_instance(case, instance, found, waits[instance.id])
    if readable:
        yield from _next_date(case)


def _of_case(case: OpenCase, rows: list[Row[Any]]) -> Iterator[Finding]:
    """Instances as a whole: one root, an end for what ended, a case that is open while one runs."""
    case_id, live = case.run.row.id, [row for row in rows if row.status == "live"]
    roots = sum(row.root for row in rows)
    if roots != 1:
        yield differs("state", case_id, "the count of root processes", "主流程数", roots, 1)
    status = "open" if live else "closed"
    if case.run.row.status != status:
        yield differs(
            "state", case_id, "the status of the case", "案件状态", case.run.row.status, status
        )
    for row in rows:
        ended = row.status != "live"
        leftover = [*row.waits["messages"], *row.waits["signals"], *row.timers]
        if ended and (leftover or row.ended_at is None):
            yield Finding(
                "state",
                f"Expected the ended process {row.process} to wait for nothing, but it does",
                f"已结束的流程 {row.process} 仍在等待",
                case_id,
            )
    running = {row.id for row in live}
    for task in case.tasks:
        if task.instance_id not in running:
            yield _surplus(case, task)


def _of_instance(
    case: OpenCase, instance: RunningInstance, found: Waits, stored: dict[str, Any]
) -> Iterator[Finding]:
    case_id, process = case.run.row.id, instance.process
    yield from _tasks(case, instance, found)
    wanted = {
        "messages": sorted(found.messages),
        "signals": sorted(found.signals),
        "elements": sorted(found.elements),
    }
    for name, zh in (("messages", "等待的消息"), ("signals", "等待的信号"), ("elements", "等待点")):
        # An instance that was last settled before events were noted has no elements.
        kept = stored.get(name, wanted[name])
        if sorted(kept) != wanted[name]:
            yield differs(
                "subscriptions",
                case_id,
                f"the {name} of {process}",
                f"流程 {process} {zh}",
                kept,
                wanted[name],
            )
    if sorted(map(_canonical, instance.timers)) != sorted(map(_canonical, found.timers)):
        yield differs(
            "timers",
            case_id,
            f"the timers of {process}",
            f"流程 {process} 的定时",
            sorted(map(_canonical, instance.timers)),
            sorted(map(_canonical, found.timers)),
        )


def _canonical(timer: ArmedTimer) -> str:
    value, after = (str(at) if at else None for at in (timer.value, timer.after))
    return json_text([timer.element, value, after, timer.live, timer.expression, dict(timer.token)])


def _tasks(case: OpenCase, instance: RunningInstance, found: Waits) -> Iterator[Finding]:
    rows = {task.token_id: task for task in case.tasks if task.instance_id == instance.id}
    waiting = {task.task_id: task for task in found.tasks}
    for token, wanted in waiting.items():
        if token not in rows:
            yield Finding(
                "tasks",
                f"Expected an open task for {wanted.element} of {instance.process}, "
                "where the process waits, but there is none",
                f"流程 {instance.process} 停在 {wanted.element}，却没有对应的待办任务",
                case.run.row.id,
            )
        elif not _is_row_of(rows[token], wanted, instance):
            yield Finding(
                "tasks",
                f"Expected the task {rows[token].id} to show {wanted.element} as the process "
                "waits there, but it shows something else",
                f"任务 {rows[token].id} 与流程停在 {wanted.element} 的内容不一致",
                case.run.row.id,
            )
    for token, task in rows.items():
        if token not in waiting:
            yield _surplus(case, task)


def _is_row_of(row: TaskState, wanted: OpenTask, instance: RunningInstance) -> bool:
    shown = (row.element, row.process, row.version, row.act, row.form)
    named = [wanted.properties.get(name, wanted.element) for name in ("act", "form")]
    if shown != (wanted.element, instance.process, instance.version, *named):
        return False
    return (dict(row.properties), dict(row.token)) == (
        dict(wanted.properties),
        json.loads(json_text(dict(wanted.token))),
    )


def _surplus(case: OpenCase, task: TaskState) -> Finding:
    return Finding(
        "tasks",
        f"Expected the process to wait at {task.element} for the open task {task.id}, "
        "but it does not",
        f"待办任务 {task.id}（{task.element}）没有对应的流程停留点",
        case.run.row.id,
    )


def _unreadable(case: OpenCase, instance: RunningInstance, error: BihuanError) -> Finding:
    return Finding(
        "state",
        f"Expected the state of {instance.process} to be readable, but: {error.message}",
        f"流程 {instance.process} 的状态无法读取：{error.message_zh}",
        case.run.row.id,
    )


def _next_date(case: OpenCase) -> Iterator[Finding]:
    """The date on which the case is woken, from armed timers and rungs, or from an incident."""
    row = case.run.row
    try:
        held = _held_back(case.session, row.id) if row.open_incidents else None
        wanted = held[0] if held else _first(case) if case.run.live else None
    except BihuanError as error:
        yield Finding(
            "timers",
            f"Expected the next date to be computable, but: {error.message}",
            f"无法推算下一到期时间：{error.message_zh}",
            row.id,
        )
        return
    if row.next_due_at != wanted:
        stored = row.next_due_at
        yield differs("timers", row.id, "the next date of the case", "下一到期时间", stored, wanted)


def _first(case: OpenCase) -> datetime | None:
    dates = [
        due
        for instance in case.run.live
        for timer in instance.timers
        if (due := case.run.host(instance).due(timer)) is not None
    ]
    rungs = select(RungRow.fire_at).where(
        RungRow.case_id == case.run.row.id, RungRow.fired_at.is_(None)
    )
    return min([*dates, *case.session.execute(rungs).scalars()], default=None)


def _held_back(session: Session, case_id: str) -> tuple[datetime | None] | None:
    """Return when a case that failed is tried again, None while none of its dates has failed."""
    found = session.execute(
        select(IncidentRow.retry_at).where(
            IncidentRow.case_id == case_id,
            IncidentRow.subject == TIMERS,
            IncidentRow.status == "open",
        )
    ).first()
    return (found.retry_at,) if found else None
