"""One's own sessions: every browser signed in, each ended by itself or all but this one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engine.errors import NotFound
from webapp.context import bihuan, reading
from webapp.i18n.language import current_language, t
from webapp.policy import allow
from webapp.presentation.browsers import browser_words
from webapp.presentation.remaining import instant_words
from workflows.accounts import sessions
from workflows.accounts.sessions import OpenSession

blueprint = Blueprint("sessions", __name__, url_prefix="/account/sessions")


@dataclass(frozen=True)
class SessionLine:
    """One browser in words."""

    id: str
    browser: str
    address: str
    opened: str
    seen: str
    current: bool


@blueprint.get("")
@allow.signed_in
def show() -> ResponseReturnValue:
    """List the browsers in which the account is signed in."""
    with reading() as unit:
        found = sessions.open_sessions(unit, account=current_user.account_id)
    lines = [_line(one) for one in found]
    return render_template("sessions.html", page={"lines": lines, "several": len(lines) > 1})


@blueprint.post("/<session_id>/end")
@allow.signed_in
def end(session_id: str) -> ResponseReturnValue:
    """End one of one's own sessions; of another's not even its existence is told."""
    with bihuan().database.begin() as unit:
        found = sessions.one_open(unit, session_id)
        if found.account != current_user.account_id:
            raise NotFound("Expected a session of yours, but there is none", "没有这个会话")
        sessions.end_one(unit, found.id)
    if session_id == sessions.digest(current_user.token):
        return redirect(url_for("accounts.sign_in"), 303)
    flash(t("sessions.ended"), "done")
    return redirect(url_for("sessions.show"), 303)


@blueprint.post("/end-others")
@allow.signed_in
def end_others() -> ResponseReturnValue:
    """End every session of the account but this one."""
    with bihuan().database.begin() as unit:
        sessions.end_all(unit, current_user.account_id, but=current_user.token)
    flash(t("sessions.others_ended"), "done")
    return redirect(url_for("sessions.show"), 303)


def _line(one: OpenSession) -> SessionLine:
    language = current_language()
    return SessionLine(
        id=one.id,
        browser=browser_words(one.browser) or t("sessions.unknown"),
        address=one.address,
        opened=instant_words(one.opened_at, language),
        seen=instant_words(one.seen_at, language),
        current=one.id == sessions.digest(current_user.token),
    )
