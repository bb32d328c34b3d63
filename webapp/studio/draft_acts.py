"""What is done to a draft on its overview; a refusal shows the overview again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine import clock
from engine.errors import Invalid, NotFound
from engine.ports import Actor
from webapp.context import bihuan, current_actor, reading
from webapp.forms.attempt import attempt
from webapp.i18n.language import current_language, t
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from webapp.studio.draft_blueprint import READERS, agency, blueprint
from webapp.studio.draft_page import Sent, draft_page, looked
from workflows.app import Bihuan
from workflows.designing import going_live, rebasing, reviewing

Act = Callable[[Bihuan, Actor, str], Any]


def _field(name: str) -> str:
    return request.form.get(name, "")


def _revision() -> int:
    text = _field("revision")
    return int(text) if text.isdecimal() and len(text) < len(str(2**31)) else 0


def _instant() -> datetime:
    """Return the entered instant, which is Beijing time."""
    try:
        found = datetime.fromisoformat(_field("at").strip())
    except ValueError as error:
        raise Invalid.at(
            "at", "Expected date and time, but there are none", "请填写上线的日期和时间"
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=clock.BEIJING)


def _propose(product: Bihuan, actor: Actor, draft: str) -> None:
    reviewing.propose(product, actor, draft, _revision(), _field("rules"), _field("note"))


def _rebase(product: Bihuan, actor: Actor, draft: str) -> None:
    prefix = "keep."
    chosen = {
        name.removeprefix(prefix): value
        for name, value in request.form.items()
        if name.startswith(prefix)
    }
    rebasing.rebase(product, actor, draft, _revision(), chosen)


ACTS: dict[str, tuple[Act, str]] = {
    "propose": (_propose, "drafts.done_propose"),
    "rebase": (_rebase, "drafts.done_rebase"),
    "withdraw": (reviewing.withdraw, "drafts.done_withdraw"),
    "discard": (reviewing.discard, "drafts.done_discard"),
    "take_up": (reviewing.take_up, "drafts.done_take_up"),
    "live": (going_live.go_live, "drafts.done_live"),
    "unschedule": (going_live.unschedule, "drafts.done_unschedule"),
    "approve": (
        lambda product, actor, draft: reviewing.approve(product, actor, draft, _field("digest")),
        "drafts.done_approve",
    ),
    "return": (
        lambda product, actor, draft: reviewing.send_back(product, actor, draft, _field("reason")),
        "drafts.done_return",
    ),
    "comment": (
        lambda product, actor, draft: reviewing.comment(product, actor, draft, _field("comment")),
        "drafts.done_comment",
    ),
    "schedule": (
        lambda product, actor, draft: going_live.schedule(product, actor, draft, _instant()),
        "drafts.done_schedule",
    ),
}
"""Every act by the name in its address, with what is said when it is done."""


@blueprint.post("/drafts/<draft_id>/acts/<act>")
@allow.roles(*READERS)
def perform(draft_id: str, act: str) -> ResponseReturnValue:
    """Do an act, or show what is in the way."""
    if act not in ACTS:
        raise NotFound("Expected an act on a draft, but there is none", "没有这个操作")
    do, said = ACTS[act]
    tried = attempt(lambda: do(bihuan(), current_actor(), draft_id))
    if tried.done:
        flash(t(said), "done")
        return redirect(f"/drafts/{draft_id}", 303)
    looked(draft_id)
    language = current_language()
    field = {"comment": "comment", "propose": "note"}.get(act, "")
    sent = Sent(
        values=dict(request.form.items()),
        faults={
            (field if one.field == "reason" and field else one.field) or act: one.text(language)
            for one in tried.faults
        },
        refused=tried.refusal.text(language) if tried.refusal else "",
    )
    with reading() as session:
        page = draft_page(session, current_actor(), agency(), draft_id, sent)
    status, headers = status_of(tried.refusal), headers_of(tried.refusal)
    return render_template("studio/draft.html", page=page), status, headers
