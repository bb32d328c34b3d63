"""Working on a task: what was typed, tried as a command, kept whatever comes of it."""

from __future__ import annotations

from typing import Any

from flask import request

from engine import clock
from engine.errors import Conflict, NotAllowed
from engine.ports import Actor
from engine.store.ids import new_id
from engine.store.queries import TaskRow
from engine.work import form_view
from engine.work.finish import CommandResult
from webapp.context import bihuan
from webapp.forms.drawing import parts, submitted
from webapp.forms.posting import posted
from webapp.forms.sending import once, sent_key
from webapp.i18n.catalogue import text
from webapp.i18n.language import current_language
from webapp.presentation.remaining import instant_words
from webapp.tasks.task_page import Typed

DRAFT_COMMENT = "_comment"
"""The key under which a draft keeps the remark, which is not part of the form."""


def submit(actor: Actor, task_id: str) -> tuple[CommandResult | None, Typed]:
    """Complete a task with what was posted; nothing typed is lost where it is refused."""
    view = form_view.task_form(parts(), actor, task_id)
    key = sent_key()
    sent = submitted(view, actor, key)
    comment = request.form.get("_comment", "").strip()[:2000]
    tried = sent.attempt(lambda: _complete(actor, task_id, sent.data, comment, key))
    if isinstance(tried.refusal, Conflict):
        key = new_id()
    return tried.result, Typed(sent.data, tried.faults, comment, refusal=tried.refusal, key=key)


def typed_before(actor: Actor, task_id: str) -> Typed:
    """Return a person's draft, or nothing."""
    kept = bihuan().runtime.draft(actor, task_id)
    if not kept:
        return Typed()
    comment = str(kept.pop(DRAFT_COMMENT, ""))
    note = text("form.draft_restored", current_language())
    return Typed(kept, (), comment, note)


def typed_now(actor: Actor, task_id: str) -> Typed:
    """Return what is in the form at this moment, without files."""
    view = form_view.task_form(parts(), actor, task_id)
    return Typed(posted(view.form), (), request.form.get("_comment", "")[:2000])


def check_mine(actor: Actor, task: TaskRow) -> None:
    """Raise NotAllowed where a person who may know of a task may not do it."""
    if task.status == "open" and not task.is_for(actor):
        raise NotAllowed(
            "Expected a task of yours, but it is another's", "这项任务不由您办理，没有保存草稿"
        )


def save_draft(actor: Actor, task_id: str, *, held: bool) -> str:
    """Keep what is in the form at this moment and say when; `held` while the step stands still."""
    typed = typed_now(actor, task_id)
    data: dict[str, Any] = {**(typed.values or {}), DRAFT_COMMENT: typed.comment}
    bihuan().runtime.save_draft(actor, task_id, data)
    language = current_language()
    key = "suspension.draft_saved" if held else "form.draft_saved"
    return text(key, language, time=instant_words(clock.now(), language))


def _complete(
    actor: Actor, task_id: str, data: dict[str, Any], comment: str, key: str
) -> CommandResult:
    seen = request.form.get("_seen", "")
    return bihuan().runtime.complete_task(
        actor,
        task_id,
        data,
        seen_version=int(seen) if seen.isdecimal() else None,
        comment=comment or None,
        assume_beijing=True,
        once=once(key, task_id, data, comment),
    )
