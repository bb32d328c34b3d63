"""The task page put together: the case beside the form, or why there is no form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for

from engine.errors import BihuanError, FieldError
from engine.ports import Actor
from engine.store.ids import new_id
from engine.store.queries import TaskRow
from engine.work import form_view
from webapp.cases import extension_form
from webapp.cases.asking import Ask, ask_for_time
from webapp.cases.next_steps import steps_ahead
from webapp.cases.panels import Panels, beside
from webapp.cases.parts import SharedParts, shared_parts, who_acts
from webapp.cases.sources import CaseSources
from webapp.context import bihuan
from webapp.forms.drawing import drawn, parts
from webapp.forms.form_page import Refusal
from webapp.forms.page_form import PageForm
from webapp.i18n.catalogue import pick, text
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import Remaining, end_words, remaining
from webapp.presentation.step_limits import stands_still, step_due
from webapp.presentation.step_titles import request_number, step_title
from webapp.presentation.steps import Step
from webapp.refusals import refusal
from workflows.domain import extension_requests as requests
from workflows.domain import suspension


@dataclass(frozen=True)
class TaskPage:
    """What the task template shows; `signs` = it answers a request, which stands first."""

    id: str
    title: str
    version: int
    parts: SharedParts
    panels: Panels
    left: Remaining
    may_act: bool
    assigned_to_me: bool
    signs: bool
    form: PageForm
    closed: str = ""
    held_by: str = ""
    barred: str = ""
    waits_for: str = ""
    comment: str = ""
    draft_note: str = ""
    refusal: Refusal | None = None
    next: Sequence[Step] = ()
    key: str = ""
    ask: Ask | None = None
    facts: Sequence[Fact] = ()


@dataclass(frozen=True)
class Typed:
    """What a person has typed: the values, what is wrong with them, the remark, the refusal."""

    values: Mapping[str, Any] | None = None
    errors: Sequence[FieldError] = ()
    comment: str = ""
    note: str = ""
    refusal: BihuanError | None = None
    key: str = ""


def task_page(
    task: TaskRow, sources: CaseSources, actor: Actor, typed: Typed, now: datetime, language: str
) -> TaskPage:
    """Return the page of a task for a person."""
    shown = shared_parts(sources, now, language)
    asking = extension_form.of_task(sources, task, now, language)
    form = task_form(task.id, actor, typed, language)
    page = TaskPage(
        id=task.id,
        title=step_title(task, sources.bodies, language, sources.record.document),
        version=task.row_version,
        parts=shown,
        panels=beside(shown.panels, task.process, request_number(task)),
        left=remaining(_due(task, sources), now, language),
        may_act=task.status == "open" and task.is_for(actor),
        assigned_to_me=task.assignee == actor.id and bool(task.candidates),
        signs=task.process == requests.PROCESS,
        form=asking.drawn(form) if asking else form,
        facts=asking.facts() if asking else (),
        comment=typed.comment,
        draft_note=typed.note or text("form.draft_none", language),
        refusal=refusal(typed.refusal, language),
        key=typed.key or new_id(),
        ask=_ask(task, sources, actor, now, language),
    )
    if task.status != "open":
        ahead = steps_ahead(sources, actor, language) if typed.refusal is not None else ()
        return replace(page, closed=text(f"task.closed_{task.status}", language), next=ahead)
    if held(task, sources.record.document):
        return replace(page, may_act=False, barred=_standing_still(task, typed, language))
    if page.may_act:
        return page
    bar = task.bar_against(actor) if task.falls_to(actor) else None
    if bar is not None:
        return replace(page, barred=pick(language, f"{bar.reason_zh}。", f"{bar.reason}."))
    return replace(
        page,
        held_by=_holder(task, sources, language),
        waits_for=who_acts(task, sources, language),
    )


def held(task: TaskRow, document: Mapping[str, Any]) -> bool:
    """Return whether a step stands still because its case is suspended."""
    return suspension.of(document) is not None and stands_still(task, document)


def _standing_still(task: TaskRow, typed: Typed, language: str) -> str:
    """Say that a step stands still, that it was late before, and that what was typed is kept."""
    due = end_words(task.due_at, language) if task.due_at else ""
    said = text("suspension.step_late" if due else "suspension.step", language, due=due)
    kept = text("suspension.kept", language) if typed.values else ""
    return f"{said} {kept}".strip() if language == "en" else said + kept


def _ask(
    task: TaskRow, sources: CaseSources, actor: Actor, now: datetime, language: str
) -> Ask | None:
    """Return the way to more time, beside the task that the time is for."""
    if task.act != "rectify.report_done" or sources.authority or not task.falls_to(actor):
        return None
    acts = bihuan().runtime.offered_acts(actor, task.case_id)
    return ask_for_time(sources, acts, now, language)


def _due(task: TaskRow, sources: CaseSources) -> datetime | None:
    return step_due(task, sources.record.document) if task.status == "open" else None


def task_form(task_id: str, actor: Actor, typed: Typed, language: str) -> PageForm:
    """Return a task's form with what was typed, else with its starting values."""
    view = form_view.task_form(parts(), actor, task_id)
    redraw = url_for("tasks.fields", task_id=task_id)
    return drawn(view, typed.values, language, errors=typed.errors, redraw=redraw)


def _holder(task: TaskRow, sources: CaseSources, language: str) -> str:
    person = sources.persons.get(task.assignee or "")
    return pick(language, person.name_zh, person.name) if person else ""
