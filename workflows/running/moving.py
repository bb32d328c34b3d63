"""Moving the token of a task by hand: where it may go, and the deed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.ports import Actor
from engine.store import queries
from engine.store.queries import TaskRow
from engine.work.move_token import MoveToken, Place
from engine.work.runtime import CommandResult, Runtime
from workflows.running.incidents import numbers_of
from workflows.running.permission import check_may_decide


@dataclass(frozen=True)
class Movable:
    """An open task, the number of its case, and where its token may be moved."""

    task: TaskRow
    number: str
    places: Sequence[Place]


def movable(runtime: Runtime, actor: Actor, agency: str, task_id: str) -> Movable:
    """Return where the token of a task may be moved.

    Raises:
        NotAllowed: the person is not the head or deputy of the safety office.
        NotFound: there is no such task.
        Conflict: it is done or gone.
    """
    with runtime.database.read() as session:
        check_may_decide(session, actor)
        task = _task(session, agency, task_id)
        number = numbers_of(session, [task.case_id]).get(task.case_id, "")
    return Movable(task, number, runtime.places(actor, task_id))


def move(runtime: Runtime, actor: Actor, agency: str, order: MoveToken) -> CommandResult:
    """Move a token; see `move_token` for the refusals.

    Raises:
        NotAllowed: the person is not the head or deputy of the safety office.
    """
    with runtime.database.read() as session:
        check_may_decide(session, actor)
        _task(session, agency, order.task_id)
    return runtime.move_token(actor, order)


def _task(session: Session, agency: str, task_id: str) -> TaskRow:
    task = queries.task(session, task_id)
    if task.agency != agency:
        raise NotFound(
            f"Expected a task {task_id}, but there is none", f"没有编号为 {task_id} 的任务"
        )
    return task
