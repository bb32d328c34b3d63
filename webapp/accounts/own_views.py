"""One's own account: another password, and acting for somebody absent.

Who signed in with a one-time password gets to no other page before choosing another.
"""

from __future__ import annotations

from math import ceil

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from werkzeug.exceptions import TooManyRequests

from engine import clock
from engine.errors import FieldError, Invalid
from webapp.accounts import guarded, users
from webapp.context import bihuan, reading
from webapp.i18n.language import current_language, t
from webapp.policy import allow
from workflows.accounts import policy, throttle
from workflows.accounts import sign_in as accounts
from workflows.domain import substitutes

blueprint = Blueprint("own", __name__, url_prefix="/account")

OPEN = frozenset(
    {
        "own.password",
        "own.change_password",
        "accounts.sign_in",
        "accounts.sign_out",
        "accounts.switch_language",
        "static",
    }
)
"""What answers somebody whose password was given for one sign-in."""


@blueprint.get("/password")
@allow.signed_in
def password() -> ResponseReturnValue:
    """Show the form for another password."""
    return _form(())


@blueprint.post("/password")
@allow.signed_in
def change_password() -> ResponseReturnValue:
    """Change the password, end every session, and go on with a new one."""
    old, new = request.form.get("old", ""), request.form.get("password", "")
    username = current_user.username
    _check_patience()
    try:
        _check_repeated(new)
        with bihuan().database.begin() as unit:
            accounts.change_password(unit, current_user.account_id, old, new)
            demonstration, where = bihuan().settings.demo, guarded.origin()
            opened = accounts.attempt(
                unit, username, new, demonstration=demonstration, origin=where
            )
    except Invalid as error:
        _count(error)
        return _form(error.errors), 422
    _go_on(opened.token)
    flash(t("password.done"), "done")
    return redirect(url_for("home.start"), 303)


@blueprint.post("/acting-for")
@allow.signed_in
def act_for() -> ResponseReturnValue:
    """Act for somebody absent from now on, or for oneself again."""
    absent = request.form.get("absent", "")[:64]
    if absent:
        with reading() as unit:
            own = users.own_actor(unit, current_user.actor)
            substitutes.acting_for(unit, own, absent, clock.now())
        session[users.ACTING_FOR] = absent
    else:
        session.pop(users.ACTING_FOR, None)
    return redirect(url_for("home.start"), 303)


def enforce(app: Flask) -> None:
    """Lead whoever must change the password there, whatever page was asked for."""

    @app.before_request
    def check() -> ResponseReturnValue | None:
        endpoint = request.endpoint or ""
        if endpoint in OPEN or endpoint.startswith("api-") or not current_user.is_authenticated:
            return None
        if not current_user.must_change:
            return None
        return redirect(url_for("own.password"), 303)


def _check_patience() -> None:
    """Raise TooManyRequests where the present password was guessed at too often."""
    with reading() as unit:
        wait = throttle.waits(unit, throttle.OWN_PASSWORD, current_user.account_id)
    if wait is not None:
        raise TooManyRequests(retry_after=ceil(wait.total_seconds()))


def _count(error: Invalid) -> None:
    if any(fault.field == "old" for fault in error.errors):
        with bihuan().database.begin() as unit:
            throttle.count(unit, throttle.OWN_PASSWORD, current_user.account_id)


def _check_repeated(new: str) -> None:
    if new != request.form.get("repeated", ""):
        raise Invalid.at(
            "repeated",
            "Expected the same password twice, but they differ",
            "两次输入的新密码不一致",
        )


def _go_on(token: str | None) -> None:
    language = session.get("language")
    logout_user()
    session.clear()
    if language:
        session["language"] = language
    user = users.load(token) if token else None
    if user is not None:
        login_user(user)


def _form(faults: tuple[FieldError, ...]) -> str:
    language = current_language()
    told = {fault.field: fault.text(language) for fault in faults}
    with reading() as unit:
        shortest = policy.current(unit).shortest
    return render_template(
        "password.html", faults=told, shortest=shortest, forced=current_user.must_change
    )
