"""What a person was told: reminders, escalations, comments."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engine import clock
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import current_language
from webapp.notices import feed
from webapp.notices.notice_lines import draft_lines, notice_cards
from webapp.policy import allow
from workflows.designing import news
from workflows.domain import notifications

blueprint = Blueprint("notices", __name__)

SHOWN = 200


@blueprint.get("/notifications")
@allow.signed_in
def show() -> ResponseReturnValue:
    """Show what the actor was told, by case; what still counts first."""
    person = current_actor().id
    with reading() as session:
        cards = notice_cards(feed.groups(session, person, SHOWN), current_language())
        told = news.latest(session, person) if current_user.reads_drafts else ()
        drafts = draft_lines(told, current_language())
        unread = news.unread(session, person) if current_user.reads_drafts else 0
        waiting = feed.waiting(session, person) + unread
    page = {
        "waiting": waiting,
        "drafts": drafts,
        "now": [card for card in cards if card.relevant],
        "settled": [card for card in cards if not card.relevant],
    }
    return render_template("notifications.html", page=page)


@blueprint.post("/notifications/read")
@allow.signed_in
def read() -> ResponseReturnValue:
    """Count everything that the actor was told as read."""
    with bihuan().database.begin() as session:
        notifications.mark_read(session, current_actor().id, clock.now())
        if current_user.reads_drafts:  # nobody else was shown them
            news.mark_read(session, current_actor().id, clock.now())
    return redirect(url_for("notices.show"), 303)
