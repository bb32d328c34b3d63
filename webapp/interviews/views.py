"""The calendar of interviews, day by day."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from engine import clock
from webapp.context import current_actor, reading
from webapp.i18n.language import current_language
from webapp.interviews.calendar_page import calendar_page
from webapp.policy import allow

blueprint = Blueprint("interviews", __name__)


@blueprint.get("/interviews")
@allow.signed_in
def show() -> ResponseReturnValue:
    """Show the interviews owed over every hazard that the actor may see."""
    with reading() as session:
        page = calendar_page(session, current_actor(), clock.now(), current_language())
    # A script takes nothing but what went well, and shows in the list what did not.
    status = 422 if page.faults and "HX-Request" not in request.headers else 200
    return render_template("interviews.html", page=page), status
