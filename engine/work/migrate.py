"""Taking a running case to a newer version of one of its processes, recorded with its reason.

A task stays the same task, with its id, its taker, its opening and its drafts; a timer goes on. A
page drawn before is stale after it. Several cases are several commands, so that what is in the
way of one is in nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from engine.errors import Conflict, Incident
from engine.optional_ports import HearsOfMigration
from engine.ports import SYSTEM, Actor
from engine.store.base import table
from engine.store.pools import keep_pool
from engine.store.tables import Instance, Task, TaskCandidate
from engine.work.case_row import lock_case, read_case
from engine.work.command import Command, perform
from engine.work.journal import About
from engine.work.once import Once
from engine.work.open_case import OpenCase, open_case
from engine.work.outlook import Outlook, Passage, outlook
from engine.work.parts import Parts
from engine.work.reasons import read_reason
from engine.work.rungs import climb_anew
from engine.work.task_rows import TaskState, add_candidates

_TASK, _CANDIDATE = table(Task), table(TaskCandidate)


class NotBehind(Conflict):
    """Nothing of a case runs under an earlier version; somebody may have taken it there."""


@dataclass(frozen=True)
class MigrateCase:
    """Which case goes on under which version of which process, and why."""

    case_id: str
    process: str
    version: int
    reason: str
    once: Once | None = None


def look_ahead(parts: Parts, actor: Actor, case_id: str, process: str, version: int) -> Outlook:
    """Return what would become of a case under a version; nothing is changed.

    Raises:
        NotFound: there is no such case or version.
    """
    with parts.database.read() as session:
        case = open_case(parts, session, read_case(session, case_id), actor)
        return outlook(case, process, version)


def migrate_case(parts: Parts, actor: Actor, order: MigrateCase) -> Outlook:
    """Take a case to a version and return what changed; the caller has checked that one may.

    Raises:
        NotFound: there is no such case or version.
        Invalid: there is no reason that can be read.
        Conflict: it cannot go on under the version; NotBehind: nothing of it is under an
            earlier one.
    """
    order = replace(order, reason=read_reason(order.reason))
    done: list[Outlook] = []

    def work(case: OpenCase) -> None:
        found = outlook(case, order.process, order.version)
        _check(found)
        for passage in found.passages:
            _take(case, passage, order)
        done[:] = [found]
        try:
            with _nobodys_act(case):
                case.run.settle()
        except Incident as error:
            raise _not_possible(order.version, error.message, error.message_zh) from error

    lock = partial(lock_case, case_id=order.case_id)
    perform(parts, Command(actor, lock, f"migrate:{order.process}", work, order.once))
    return done[0] if done else Outlook(order.case_id, order.process, order.version, ())


@contextmanager
def _nobodys_act(case: OpenCase) -> Iterator[None]:
    """Record what fell due, and failed under the former version, as the system's."""
    case.scope.act_as(SYSTEM)
    yield
    case.scope.act_as(case.actor)


def _check(found: Outlook) -> None:
    if not found.before:
        raise NotBehind(
            f"Expected the case to run {found.process} under a version before {found.version}, "
            "but it does not",
            f"案件没有早于第 {found.version} 版的 {found.process} 流程在办理",
        )
    if found.reasons:
        why = "; ".join(reason.message for reason in found.reasons)
        raise _not_possible(found.version, why, "；".join(r.message_zh for r in found.reasons))


def _not_possible(version: int, why: str, why_zh: str) -> Conflict:
    return Conflict(
        f"Expected the case to fit version {version}, but {why}",
        f"案件不能迁移到第 {version} 版：{why_zh}",
    )


def _take(case: OpenCase, passage: Passage, order: MigrateCase) -> None:
    instance = passage.instance
    about = About(process=order.process)
    data = {
        "instance": instance.id,
        "from": instance.version,
        "to": order.version,
        "reason": order.reason,
    }
    case.scope.journal.write("process.migrated", data, about)
    case.run.take_to(instance, order.version, passage.blob)
    case.session.execute(
        update(Instance).where(Instance.id == instance.id).values(version=order.version)
    )
    for task, other in passage.tasks:
        _take_task(case, task, other)


def _take_task(case: OpenCase, task: TaskState, other: TaskState) -> None:
    """Give a standing task what the version says of it; its row and its drafts stay."""
    drawing = case.scope.catalogue.drawing(other.process, other.version)
    title_zh, title = drawing.titles.get(task.element, (task.element, task.element))
    _change_candidates(case.session, task, other)
    if task.assignee is not None and other.assignee != task.assignee:
        if isinstance(case.scope.application, HearsOfMigration):
            case.scope.application.taken_away(case.scope.case, task.facts(), case.scope.context)
        about = About(element=task.element, process=task.process, task_id=task.id)
        case.scope.journal.write("task.released", {"from": task.assignee}, about)
    climbs_anew = task.properties.get("ladder") != other.properties.get("ladder")
    task.version, task.act, task.form = other.version, other.act, other.form
    task.properties, task.candidates = other.properties, other.candidates
    task.assignee, task.row_version = other.assignee, task.row_version + 1
    values = {
        "version": task.version,
        "act": task.act,
        "form": task.form,
        "title_zh": title_zh,
        "title": title,
        "properties": dict(task.properties),
        "assignee": task.assignee,
        "pool": keep_pool(case.session, task.candidates, task.bars),
        "row_version": task.row_version,
    }
    case.session.execute(update(_TASK).where(_TASK.c.id == task.id).values(**values))
    if climbs_anew:
        climb_anew(case.session, case.run, task)


def _change_candidates(session: Session, task: TaskState, other: TaskState) -> None:
    gone = [grant for grant in task.candidates if grant not in other.candidates]
    for grant in gone:
        session.execute(
            delete(_CANDIDATE).where(
                _CANDIDATE.c.task_id == task.id,
                _CANDIDATE.c.body == grant.body,
                _CANDIDATE.c.role == grant.role,
            )
        )
    new = [(task.id, grant) for grant in other.candidates if grant not in task.candidates]
    add_candidates(session, new)
