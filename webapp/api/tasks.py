"""Tasks: find them, read one, take it, hand it on, complete it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from engine import clock
from engine.errors import Invalid
from engine.ports import Grant
from engine.store import queries
from engine.store.queries import InboxFilter, Place, TaskRow
from engine.store.tables import Task
from webapp.api import matching, replay, task_filters
from webapp.api.access import actor, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.form_json import form_json
from webapp.api.paging import instant, instant_of, opened, sealed
from webapp.api.replay import once, replayable
from webapp.api.schemas.tasks import (
    DelegateRequest,
    TaskDetail,
    TaskPage,
    TaskQuery,
)
from webapp.api.task_json import etag, snapshot, task_item
from webapp.cases.sources import CaseSources, task_sources
from webapp.context import bihuan, reading
from workflows.domain import organisation, zone
from workflows.inbox import rows as inbox
from workflows.inbox.rows import Filters

blueprint = Blueprint(
    "tasks", __name__, ("待办：查询、查看、签收、办结", "Tasks: find them, read one, complete it")
)

Answer = tuple[dict[str, Any], int, dict[str, str]]


@blueprint.call("GET", "/tasks", "查询待办")
@needs.read
@blueprint.takes(TaskQuery, location="query")
@blueprint.gives(TaskPage)
def list_tasks(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the open tasks that the caller may do, what expires first at the head."""
    with reading() as session:
        task_filters.check(session, actor(), wanted)
        page = queries.inbox(
            session,
            actor(),
            filters=_filter(wanted),
            limit=wanted["limit"],
            behind=_behind(wanted),
        )
        known = inbox.hazards(session, [task.case_id for task in page.items])
        asked = inbox.requests_of(session, page.items)
        bodies = zone.body_map(session)
    return {
        "items": [
            task_item(t, known[t.case_id].number, bodies, language(), asked.get(t.case_id))
            for t in page.items
        ],
        "total": page.total,
        "next": sealed(_place(page.next), wanted),
    }


@blueprint.call("GET", "/tasks/<task_id>", "查看事项")
@needs.read
@blueprint.gives(TaskDetail, headers=matching.ETAG)
def read_task(task_id: str) -> Answer:
    """Tell a task: form, starting values, who may do it."""
    return _detail(task_id)


@blueprint.call("POST", "/tasks/<task_id>/claim", "签收事项", parameters=[replay.PARAMETER])
@needs.write
@replayable
@blueprint.gives(TaskDetail, headers=matching.ETAG)
def claim(task_id: str) -> Answer:
    """Take a task, so that nobody else does it meanwhile."""
    visible(task_id)
    bihuan().runtime.claim_task(actor(), task_id, once=once())
    return _detail(task_id)


@blueprint.call("POST", "/tasks/<task_id>/release", "退回候选人", parameters=[replay.PARAMETER])
@needs.write
@replayable
@blueprint.gives(TaskDetail, headers=matching.ETAG)
def release(task_id: str) -> Answer:
    """Give a task back to its candidates."""
    visible(task_id)
    bihuan().runtime.release_task(actor(), task_id, once=once())
    return _detail(task_id)


@blueprint.call("POST", "/tasks/<task_id>/delegate", "转办事项", parameters=[replay.PARAMETER])
@needs.write
@replayable
@blueprint.takes(DelegateRequest)
@blueprint.gives(TaskDetail, headers=matching.ETAG)
def delegate(wanted: dict[str, Any], task_id: str) -> Answer:
    """Hand a task on to somebody who holds a post that may do it."""
    task, _ = visible(task_id)
    _check_able(wanted["to"], task.candidates)
    bihuan().runtime.delegate_task(actor(), task_id, wanted["to"], wanted["reason"], once=once())
    return _detail(task_id)


def visible(task_id: str) -> tuple[TaskRow, CaseSources]:
    """Return a task with its case; NotFound where the caller may not know of it."""
    with reading() as session:
        return task_sources(session, actor(), task_id)


def _detail(task_id: str) -> Answer:
    task, sources = visible(task_id)
    view = bihuan().runtime.task_form(actor(), task_id)
    document = sources.record.document
    found = task_item(task, sources.row.number, sources.bodies, language(), document) | {
        "form": form_json(view, language()),
        "data": dict(view.values),
        "snapshot": snapshot(task, view, document),
        "may_complete": task.status == "open" and task.is_for(actor()),
        "barred": _barred(task),
    }
    return found, 200, {"ETag": etag(task)}


def _barred(task: TaskRow) -> str | None:
    bar = task.bar_against(actor())
    if bar is None or task.status != "open":
        return None
    return bar.reason if language() == "en" else bar.reason_zh


def _check_able(person: str, candidates: tuple[Grant, ...]) -> None:
    with reading() as session:
        able = organisation.holders(session, candidates, clock.now())
    if person not in able:
        raise Invalid.at(
            "to",
            f"Expected somebody who may do the task, but {person} may not",
            f"{person} 不具有办理该任务的岗位",
        )


def _behind(wanted: dict[str, Any]) -> Place | None:
    found = opened(wanted["cursor"], wanted)
    if found is None:
        return None
    due_at, opened_at, task_id = found
    return Place(instant_of(due_at), datetime.fromisoformat(opened_at), task_id)


def _place(place: Place | None) -> list[str | None] | None:
    if place is None:
        return None
    return [instant(place.due_at), instant(place.opened_at), place.id]


def _filter(wanted: dict[str, Any]) -> InboxFilter:
    chosen = Filters(
        scope=wanted["scope"],
        body=wanted.get("body", ""),
        level=wanted["level"],
        park=wanted["park"],
        act=wanted.get("act", ""),
        text=wanted["text"],
    ).for_engine(clock.now())
    by_hazard = chosen.narrow

    def narrow(query: Select[Any]) -> Select[Any]:
        if "case" in wanted:
            query = query.where(Task.case_id == wanted["case"])
        if "element" in wanted:
            query = query.where(Task.element == wanted["element"])
        return by_hazard(query) if by_hazard is not None else query

    return replace(chosen, process=wanted.get("process"), narrow=narrow)
