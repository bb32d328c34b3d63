"""The pages of moving a step."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.work.move_token import MoveToken
from webapp.context import bihuan, current_actor, reading
from webapp.forms.attempt import attempt
from webapp.i18n.language import both, t
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from webapp.running.move_page import move_page
from webapp.running.views import blueprint
from workflows.domain import organisation
from workflows.domain.org_facts import Body
from workflows.running import moving, permission
from workflows.running.moving import Movable

__all__ = ["blueprint"]

ROLES = sorted(permission.DECIDING)
"""Of the safety office, which is asked further in."""


@blueprint.get("/tasks/<task_id>")
@allow.roles(*ROLES)
def places(task_id: str) -> ResponseReturnValue:
    """Show where a step may be moved."""
    found = moving.movable(bihuan().runtime, current_actor(), _agency(), task_id)
    return render_template("running/operation.html", page=move_page(found, *_known(found)))


@blueprint.post("/tasks/<task_id>")
@allow.roles(*ROLES)
def move(task_id: str) -> ResponseReturnValue:
    """Move a step, or show what is in the way."""
    chosen, reason = request.form.get("choice", ""), request.form.get("reason", "")
    seen = request.form.get("seen", "")
    found = moving.movable(bihuan().runtime, current_actor(), _agency(), task_id)
    order = MoveToken(task_id, chosen, reason, int(seen) if seen.isdecimal() else None)
    tried = attempt(lambda: moving.move(bihuan().runtime, current_actor(), _agency(), order))
    if not tried.done:
        page = move_page(found, *_known(found), reason, chosen, tried)
        status, headers = status_of(tried.refusal), headers_of(tried.refusal)
        return render_template("running/operation.html", page=page), status, headers
    flash(t("move.done"), "done")
    return redirect(url_for("cases.show", case_id=found.task.case_id), 303)


def _known(found: Movable) -> tuple[dict[str, Body], str]:
    """Return the bodies by id, and the name of whoever has taken the step, "" if nobody has."""
    with reading() as session:
        bodies = {one.id: one for one in organisation.bodies(session)}
        if found.task.assignee is None:
            return bodies, ""
        taker = organisation.names(session, [found.task.assignee]).get(found.task.assignee)
    return bodies, both(taker.name_zh, taker.name) if taker else found.task.assignee


def _agency() -> str:
    return bihuan().settings.agency
