"""Taking a task, giving it back, handing it to somebody: recorded, without moving a token."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from engine.errors import Conflict, Invalid, NotAllowed
from engine.ports import Actor
from engine.store.tables import Task
from engine.work.command import perform
from engine.work.complete_task import check_mine, check_separate, on_task
from engine.work.journal import About
from engine.work.once import Once
from engine.work.open_case import OpenCase
from engine.work.parts import Parts
from engine.work.projections import widen
from engine.work.reasons import read_reason
from engine.work.task_rows import TaskState


def claim_task(parts: Parts, actor: Actor, task_id: str, once: Once | None = None) -> None:
    """Take a task, so that no other candidate does it meanwhile; taking one's own is fine."""

    def work(case: OpenCase) -> None:
        task = case.task(task_id)
        check_mine(task, actor)
        check_separate(case, task)
        if task.assignee != actor.id:
            _assign(case, task, actor.id, "task.claimed", {})

    perform(parts, on_task(actor, task_id, work, once))


def release_task(parts: Parts, actor: Actor, task_id: str, once: Once | None = None) -> None:
    """Give a task back to all its candidates; only whoever has taken it may."""

    def work(case: OpenCase) -> None:
        task = case.task(task_id)
        if task.assignee != actor.id:
            raise NotAllowed(
                f"Expected you to have taken task {task_id}, but you have not",
                "您没有签收该任务，不能退回",
                task=task_id,
            )
        if not task.candidates:
            raise Conflict(
                f"Expected task {task_id} to have other candidates, but it is yours alone",
                "该任务仅指派给您，没有其他候选人，不能退回",
                task=task_id,
            )
        _assign(case, task, None, "task.released", {})

    perform(parts, on_task(actor, task_id, work, once))


def free_task(parts: Parts, actor: Actor, task_id: str, reason: str) -> None:
    """Give a task back to its candidates for whoever took it; the caller knows that it must be.

    Who may do it is asked again: a deputy may have to stand in. A task nobody took stays so.
    """
    why = read_reason(reason)

    def work(case: OpenCase) -> None:
        task = case.task(task_id)
        if task.assignee is None or not task.candidates:
            return
        scope = case.scope
        routing = scope.application.route(scope.case, task.facts(), scope.context)
        widen(case.session, task, routing.candidates)
        _assign(case, task, None, "task.released", {"from": task.assignee, "reason": why})

    perform(parts, on_task(actor, task_id, work))


def assign_task(parts: Parts, actor: Actor, task_id: str, person_id: str, reason: str) -> None:
    """Hand a task to a person, with a reason; the caller has checked that the actor may."""
    why = read_reason(reason)

    def work(case: OpenCase) -> None:
        task = case.task(task_id)
        _check_not_barred(task, person_id)
        data = {"from": task.assignee, "to": person_id, "reason": why}
        _assign(case, task, person_id, "task.assigned", data)

    perform(parts, on_task(actor, task_id, work))


def delegate_task(
    parts: Parts,
    actor: Actor,
    task_id: str,
    person_id: str,
    reason: str,
    once: Once | None = None,
) -> None:
    """Hand on a task that the actor may do; the caller has checked that the person may do it."""
    why = read_reason(reason)

    def work(case: OpenCase) -> None:
        task = case.task(task_id)
        check_mine(task, actor)
        check_separate(case, task)
        _check_not_barred(task, person_id)
        data = {"from": task.assignee or actor.id, "to": person_id, "reason": why}
        _assign(case, task, person_id, "task.assigned", data)

    perform(parts, on_task(actor, task_id, work, once))


def _check_not_barred(task: TaskState, person_id: str) -> None:
    bar = task.bar_against(Actor(person_id, person_id))
    if bar is not None:
        raise Invalid.at(
            "to",
            f"Expected somebody who may do the task, but {person_id} may not: {bar.reason}",
            f"{person_id} 须回避该任务，请另选他人",
        )


def _assign(
    case: OpenCase, task: TaskState, person: str | None, act: str, data: dict[str, Any]
) -> None:
    task.assignee = person
    task.row_version += 1
    case.session.execute(
        update(Task).where(Task.id == task.id).values(assignee=person, row_version=task.row_version)
    )
    about = About(element=task.element, process=task.process, task_id=task.id)
    case.scope.journal.write(act, data, about)
