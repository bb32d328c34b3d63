"""Moving a token by hand to another task, where the application says that it is lawful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from engine.errors import Conflict, Incident, Invalid
from engine.ports import Actor, Context, Grant, TaskFacts
from engine.store import queries
from engine.work.case_row import read_case
from engine.work.command import perform
from engine.work.complete_task import check_seen, on_task
from engine.work.finish import CommandResult
from engine.work.journal import About
from engine.work.once import Once
from engine.work.open_case import OpenCase, open_case
from engine.work.parts import Parts
from engine.work.reasons import read_reason
from engine.work.task_rows import TaskState


@runtime_checkable
class OffersMoves(Protocol):
    """An application that lets tokens be moved, by hand and with a reason, where it is lawful."""

    def moves(self, case: Any, task: TaskFacts) -> Sequence[str]:  # noqa: ANN401
        """Return the elements to which the token of an open task may be moved."""
        ...

    def moved(self, case: Any, task: TaskFacts, element: str, context: Context) -> None:  # noqa: ANN401
        """Write into the aggregate what a move undoes, before the token goes."""
        ...


@dataclass(frozen=True)
class Place:
    """Where a token may be moved: the step in both languages, who would do it, by when."""

    element: str
    title_zh: str
    title: str
    candidates: tuple[Grant, ...]
    due_at: datetime | None


@dataclass(frozen=True)
class MoveToken:
    """Which task's token goes where, and why; `seen_version` is the task's on the page."""

    task_id: str
    element: str
    reason: str
    seen_version: int | None = None
    once: Once | None = None


def places(parts: Parts, actor: Actor, task_id: str) -> Sequence[Place]:
    """Return where the token of a task may be moved; nothing is changed.

    Raises:
        NotFound: there is no such task.
        Conflict: it is done or gone.
    """
    with parts.database.read() as session:
        row = queries.task(session, task_id)
        case = open_case(parts, session, read_case(session, row.case_id), actor)
        task = case.task(task_id)
        return [_place(case, task, element) for element in _moves(case, task)]


def move_token(parts: Parts, actor: Actor, order: MoveToken) -> CommandResult:
    """Move a token; the caller has checked that the actor may.

    Raises:
        NotFound: there is no such task.
        Invalid: no step is chosen, or there is no reason that can be read.
        Conflict: the task is done or gone, or its token may not be moved there; Stale if it has
            changed since it was seen.
    """
    if not order.element:
        raise Invalid.at("element", "Expected a step to move to, but none is chosen", "请选择步骤")
    order = replace(order, reason=read_reason(order.reason))

    def work(case: OpenCase) -> None:
        task = case.task(order.task_id)
        check_seen(task, order.seen_version)
        if order.element not in _moves(case, task):
            raise _not_there(case, task, order.element)
        _move(case, task, order)

    return perform(parts, on_task(actor, order.task_id, work, order.once))


def _not_there(case: OpenCase, task: TaskState, element: str) -> Conflict:
    titles = case.scope.catalogue.drawing(task.process, task.version).titles
    (from_zh, from_), (to_zh, to) = (titles.get(one, (one, one)) for one in (task.element, element))
    return Conflict(
        f"Expected “{to}” to be where “{from_}” may go, but it is not",
        f"“{from_zh}”不能移动到“{to_zh}”",
    )


def _move(case: OpenCase, task: TaskState, order: MoveToken) -> None:
    scope, run = case.scope, case.run
    about = About(element=task.element, process=task.process, task_id=task.id)
    titles = scope.catalogue.drawing(task.process, task.version).titles
    data = {
        "from": task.element,
        "to": order.element,
        "to_titles": list(titles.get(order.element, (order.element, order.element))),
        "reason": order.reason,
    }
    scope.journal.write("token.moved", data, about)
    if isinstance(scope.application, OffersMoves):
        scope.application.moved(scope.case, task.facts(), order.element, scope.context)
        scope.changed()
    instance = next(one for one in run.live if one.id == task.instance_id)
    run.load(instance).move(task.token_id, order.element)
    instance.refresh()
    try:
        run.settle()
    except Incident as error:
        raise Conflict(error.message, error.message_zh) from error


def _moves(case: OpenCase, task: TaskState) -> Sequence[str]:
    application = case.scope.application
    if not isinstance(application, OffersMoves):
        return ()
    known = case.scope.catalogue.compiled(task.process, task.version).elements
    offered = application.moves(case.scope.case, task.facts())
    return [element for element in offered if element in known]


def _place(case: OpenCase, task: TaskState, element: str) -> Place:
    scope = case.scope
    info = scope.catalogue.compiled(task.process, task.version).elements[element]
    facts = replace(
        task.facts(),
        element=element,
        act=info.properties.get("act", element),
        properties=dict(info.properties),
        opened_at=scope.context.now,
    )
    routing = scope.application.route(scope.case, facts, scope.context)
    titles = scope.catalogue.drawing(task.process, task.version).titles
    zh, en = titles.get(element, (element, element))
    return Place(element, zh, en, tuple(dict.fromkeys(routing.candidates)), routing.due_at)
