"""What a person was told: reminders, escalations, comments."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engine import clock
from webapp.context import bihuan, current_actor
from webapp.i18n.language import current_language
from webapp.notices.notice_lines import notice_lines
from webapp.policy import allow
from workflows.domain import notifications

blueprint = Blueprint("notices", __name__)

SHOWN = 100


@blueprint.get("/notifications")
@allow.signed_in
def show() -> ResponseReturnValue:
    """Show what the actor was told, and count it as read."""
    person = current_actor().id
    with bihuan().database.begin() as session:
        told = notifications.latest(session, person, SHOWN)
        notifications.mark_read(session, person, clock.now())
    rows = notice_lines(told, current_language())
    return render_template("notifications.html", page={"rows": rows})
