"""Completing a human task: read again under the lock, allowed, valid, written, moved on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import bindparam, update

from engine.errors import Incident, NotAllowed, Stale
from engine.optional_ports import KeepsFields
from engine.ports import Actor
from engine.store.base import table
from engine.store.tables import Task
from engine.work.case_row import lock_case_of_task
from engine.work.command import Command, perform
from engine.work.finish import CommandResult
from engine.work.forms import FormPlace, Submitted, bound_fields, bound_flags, clean_form
from engine.work.journal import About
from engine.work.once import Once
from engine.work.open_case import OpenCase
from engine.work.parts import Parts
from engine.work.task_rows import TaskState

_TASK = table(Task)
_COMPLETE = (
    update(_TASK)
    .where(_TASK.c.id == bindparam("task"))
    .values(
        status="completed",
        completed_at=bindparam("completed_at"),
        completed_by=bindparam("completed_by"),
        outcome=bindparam("outcome"),
        row_version=bindparam("row_version"),
    )
)


@dataclass(frozen=True)
class CompleteTask:
    """A person's answer to a task; `seen_version` is the task's version on their page."""

    task_id: str
    submitted: Submitted
    seen_version: int | None = None
    once: Once | None = None


def complete_task(parts: Parts, actor: Actor, order: CompleteTask) -> CommandResult:
    """Complete a task and move its case on.

    Raises:
        NotFound: there is no such task.
        Conflict: it is done or gone; Stale if it has changed since the page was made.
        NotAllowed: it is another's task, or duties must be separate.
        Invalid: the form's data, by field.
    """

    def work(case: OpenCase) -> None:
        task = case.task(order.task_id)
        _check(case, task, order)
        _complete(case, task, order.submitted)

    return perform(parts, on_task(actor, order.task_id, work, order.once))


def on_task(
    actor: Actor, task_id: str, work: Callable[[OpenCase], None], once: Once | None = None
) -> Command:
    """Return a command on the case of a task; it raises NotFound if there is no such task."""
    lock = partial(lock_case_of_task, task_id=task_id)
    return Command(actor, lock, f"task:{task_id}", work, once)


def check_mine(task: TaskState, actor: Actor) -> None:
    """Raise NotAllowed if a task is not a person's by post."""
    if task.falls_to(actor):
        return
    if task.assignee is not None:
        raise NotAllowed(
            f"Expected task {task.id} to be yours, but another person has taken it",
            "该任务已由他人签收，您不能办理",
            task=task.id,
        )
    raise NotAllowed(
        f"Expected you to hold a role that may do task {task.id}, but you hold none",
        "您不具有办理该任务的岗位",
        task=task.id,
    )


def check_seen(task: TaskState, seen_version: int | None) -> None:
    """Raise Stale if a task has changed since the page that a person saw."""
    if seen_version is not None and seen_version != task.row_version:
        raise Stale(
            f"Expected version {seen_version} of task {task.id}, "
            f"but version {task.row_version} is the present one",
            "任务内容已有变化，请刷新页面后再办理",
            task=task.id,
        )


def check_separate(case: OpenCase, task: TaskState) -> None:
    """Raise NotAllowed where what the actor did before keeps him from a task."""
    case.scope.application.may_complete(case.scope.case, task.facts(), case.scope.context)


def _check(case: OpenCase, task: TaskState, order: CompleteTask) -> None:
    check_mine(task, case.actor)
    check_seen(task, order.seen_version)
    check_separate(case, task)


def _complete(case: OpenCase, task: TaskState, submitted: Submitted) -> None:
    scope = case.scope
    place = FormPlace(task.process, task.version, task.form)
    names = {**task.token, "case": scope.view()}
    clean = clean_form(scope.catalogue, place, submitted, names, scope.options(task.form))
    kept = _keep(case, task, place, clean)
    done = scope.application.completed(scope.case, task.facts(), clean, scope.context)
    scope.changed()
    about = About(done.outcome, task.element, task.process, task.id)
    recorded = {**submitted.recorded(clean), **kept, **done.recorded}
    scope.journal.write(task.act, recorded, about)
    completed = {
        "task": task.id,
        "completed_at": scope.context.now,
        "completed_by": case.actor.id,
        "outcome": done.outcome,
        "row_version": task.row_version + 1,
    }
    case.session.connection().execute(_COMPLETE, completed)
    task.completed = True
    flags = {**bound_flags(scope.catalogue, place, clean), **done.flags}
    case.run.complete(task.instance_id, task.token_id, flags)


def _keep(
    case: OpenCase, task: TaskState, place: FormPlace, clean: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Write the answers that the form binds to fields which the designer added to the case."""
    fields = bound_fields(case.scope.catalogue, place, clean)
    application = case.scope.application
    if not fields:
        return {}
    if not isinstance(application, KeepsFields):
        names = ", ".join(one.name for one, _ in fields)
        raise Incident(
            f"Expected an application that keeps {names}, but it keeps no fields",
            f"应用不保存案件字段（{names}），答复无处可存",
            element=task.element,
        )
    return application.keep(case.scope.case, task.facts(), fields, case.scope.context)
