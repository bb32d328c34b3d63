"""One task: read it, claim it, fill it in, submit it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine import clock
from engine.errors import Conflict
from engine.store.queries import CaseRecord, TaskRow
from webapp.cases import extension_form
from webapp.cases.sources import CaseSources, task_and_case, task_sources
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import both, current_language, t
from webapp.policy import allow
from webapp.presentation.step_titles import step_names
from webapp.refusals import headers_of, status_of
from webapp.tasks import working
from webapp.tasks.task_page import TaskPage, Typed, held, task_form, task_page
from workflows.domain import zone

blueprint = Blueprint("tasks", __name__)


@blueprint.get("/tasks/<task_id>")
@allow.signed_in
def show(task_id: str) -> ResponseReturnValue:
    """Show a task with its case and its form, a draft restored."""
    page = _page(task_id, working.typed_before(current_actor(), task_id))
    return render_template("task.html", page=page)


@blueprint.post("/tasks/<task_id>/complete")
@allow.signed_in
def complete(task_id: str) -> ResponseReturnValue:
    """Complete a task and go on to the next; refused, what was typed stays."""
    task, record = _known(task_id)
    result, typed = working.submit(current_actor(), task_id)
    if result is None:
        page = render_template("task.html", page=_page(task_id, typed))
        return page, status_of(typed.refusal), headers_of(typed.refusal)
    with reading() as session:
        done = both(*step_names(task, zone.body_map(session), record.document))
    flash(t("inbox.done", title=done), "done")
    following = result.next_task_id
    here = url_for("tasks.show", task_id=following) if following else url_for("inbox.show")
    return redirect(here, 303)


@blueprint.post("/tasks/<task_id>/claim")
@allow.signed_in
def claim(task_id: str) -> ResponseReturnValue:
    """Take a task."""
    _known(task_id)
    bihuan().runtime.claim_task(current_actor(), task_id)
    flash(t("inbox.claimed"), "done")
    return redirect(url_for("tasks.show", task_id=task_id), 303)


@blueprint.post("/tasks/<task_id>/release")
@allow.signed_in
def release(task_id: str) -> ResponseReturnValue:
    """Give a task back to its candidates."""
    _known(task_id)
    bihuan().runtime.release_task(current_actor(), task_id)
    flash(t("inbox.released"), "done")
    return redirect(url_for("inbox.show"), 303)


@blueprint.post("/tasks/<task_id>/draft")
@allow.signed_in
def save_draft(task_id: str) -> ResponseReturnValue:
    """Keep what is typed by whoever may do the task; answer with a short note."""
    task, record = _known(task_id)
    working.check_mine(current_actor(), task)
    try:
        # What is typed is never lost, also where the step stands still and cannot be sent.
        note = working.save_draft(current_actor(), task_id, held=held(task, record.document))
    except Conflict:
        # What was typed last is saved a moment later, when the task may be done already.
        note = t("form.draft_closed")
    return render_template("note.html", note=note)


@blueprint.post("/tasks/<task_id>/fields")
@allow.signed_in
def fields(task_id: str) -> ResponseReturnValue:
    """Draw the form again while somebody fills it in, so that conditions are followed."""
    task, sources = _read(task_id)
    actor, language = current_actor(), current_language()
    form = task_form(task_id, actor, working.typed_now(actor, task_id), language)
    asking = extension_form.of_task(sources, task, clock.now(), language)
    form = asking.drawn(form) if asking else form
    return render_template("form_fields.html", page={"form": form})


def _known(task_id: str) -> tuple[TaskRow, CaseRecord]:
    with reading() as session:
        return task_and_case(session, current_actor(), task_id)


def _read(task_id: str) -> tuple[TaskRow, CaseSources]:
    with reading() as session:
        return task_sources(session, current_actor(), task_id)


def _page(task_id: str, typed: Typed) -> TaskPage:
    task, sources = _read(task_id)
    return task_page(task, sources, current_actor(), typed, clock.now(), current_language())
