"""The inbox: what waits for a person, what expires first on top."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine import clock
from webapp.context import current_actor, reading
from webapp.i18n.language import current_language
from webapp.inbox.inbox_page import inbox_page
from webapp.policy import allow

blueprint = Blueprint("inbox", __name__)


@blueprint.get("/inbox")
@allow.signed_in
def show() -> ResponseReturnValue:
    """Show what waits for the actor."""
    with reading() as session:
        page = inbox_page(session, current_actor(), clock.now(), current_language())
    # A script takes nothing but what went well, and shows in the list what did not.
    status = 422 if page.faults and "HX-Request" not in request.headers else 200
    return render_template("inbox.html", page=page), status
