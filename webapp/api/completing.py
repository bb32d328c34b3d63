"""Completing a task, or returning it, as it was read; and the draft of what is not sent yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.exceptions import PreconditionRequired

from engine.errors import Conflict, Stale
from engine.forms.components import Component
from engine.store.queries import TaskRow
from engine.work.form_view import FormView
from webapp.api import matching, replay
from webapp.api.access import actor, needs
from webapp.api.replay import once, replayable
from webapp.api.schemas.tasks import Completed, CompleteRequest, Draft
from webapp.api.task_json import seen_version, snapshot
from webapp.api.tasks import blueprint, visible
from webapp.cases.sources import CaseSources
from webapp.context import bihuan
from webapp.tasks.working import check_mine

RETURN = "return"
"""The choice that sends something back to whoever made it."""

_MATCH = matching.OPTIONAL | {
    "description": "The ETag that the task was read with, 412 if it has changed; `*` for any "
    "version. Needed unless `signature` says what was shown."
}


@blueprint.call(
    "POST",
    "/tasks/<task_id>/complete",
    "办结事项",
    parameters=[_MATCH, replay.PARAMETER],
)
@needs.write
@replayable
@blueprint.takes(CompleteRequest)
@blueprint.gives(Completed)
def complete(wanted: dict[str, Any], task_id: str) -> dict[str, Any]:
    """Complete a task with the data of its form."""
    task, sources = visible(task_id)
    return _complete(task, sources, wanted, wanted["data"])


@blueprint.call(
    "POST",
    "/tasks/<task_id>/return",
    "退回事项",
    parameters=[_MATCH, replay.PARAMETER],
)
@needs.write
@replayable
@blueprint.takes(CompleteRequest)
@blueprint.gives(Completed)
def send_back(wanted: dict[str, Any], task_id: str) -> dict[str, Any]:
    """Send back what a task decides on, to whoever made it; `data` gives the reasons.

    It completes the task with the choice `return` where its form offers one.
    """
    task, sources = visible(task_id)
    view = bihuan().runtime.task_form(actor(), task_id)
    chosen = next(iter(_returning(view.form.components, view)), None)
    if chosen is None:
        raise Conflict(
            f"Expected a task that can be sent back, but {task.element} offers no return",
            "该事项没有“退回”的选项",
        )
    return _complete(task, sources, wanted, {**wanted["data"], chosen: RETURN})


@blueprint.call("GET", "/tasks/<task_id>/draft", "读取草稿")
@needs.read
@blueprint.gives(Draft)
def read_draft(task_id: str) -> dict[str, Any]:
    """Tell what the caller typed into a task before and has not sent."""
    visible(task_id)
    return {"data": bihuan().runtime.draft(actor(), task_id)}


@blueprint.call("PUT", "/tasks/<task_id>/draft", "保存草稿", parameters=[replay.PARAMETER])
@needs.write
@replayable
@blueprint.takes(Draft)
@blueprint.gives(Draft)
def save_draft(wanted: dict[str, Any], task_id: str) -> dict[str, Any]:
    """Keep what the caller has typed into a task, in place of what was kept before."""
    check_mine(actor(), visible(task_id)[0])
    if not replay.done_already("draft"):
        bihuan().runtime.save_draft(actor(), task_id, wanted["data"])
    return {"data": wanted["data"]}


def _complete(
    task: TaskRow, sources: CaseSources, wanted: Mapping[str, Any], data: Mapping[str, Any]
) -> dict[str, Any]:
    signed = wanted["signature"]
    if signed is None and matching.HEADER not in request.headers:
        raise PreconditionRequired
    _check_signature(task, sources, signed)
    result = bihuan().runtime.complete_task(
        actor(),
        task.id,
        data,
        seen_version=seen_version(request.headers.get(matching.HEADER)),
        comment=wanted["comment"],
        snapshot=signed,
        once=once(),
    )
    return {
        "task": task.id,
        "case": result.case_id,
        "closed": result.closed,
        "opened": result.opened_task_ids,
        "next": result.next_task_id,
    }


def _returning(components: Sequence[Component], view: FormView) -> Iterator[str]:
    """Yield the fields that offer to send something back."""
    for one in components:
        options = view.options.get(one.options_from, ()) if one.options_from else one.options
        if any(option.value == RETURN for option in options):
            yield one.key
        yield from _returning(one.children, view)


def _check_signature(task: TaskRow, sources: CaseSources, signed: str | None) -> None:
    if signed is None or task.status != "open":
        return
    view = bihuan().runtime.task_form(actor(), task.id)
    if signed != snapshot(task, view, sources.record.document):
        raise Stale(
            "Expected a signature over what is shown now, but the case has changed",
            "签署内容已有变化，请重新查看后再签署",
        )
