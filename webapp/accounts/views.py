"""Sign in, sign out, switch language: POST only, with CSRF token, counted."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from webapp.accounts import guarded, users
from webapp.accounts.demo import demo_accounts
from webapp.context import bihuan
from webapp.i18n.catalogue import LANGUAGES
from webapp.i18n.language import current_language
from webapp.policy import allow
from workflows.accounts import sessions
from workflows.accounts import sign_in as accounts

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/sign-in")
@allow.anyone
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form, or go on if somebody is signed in."""
    if current_user.is_authenticated:
        return redirect(_local(request.args.get("next")))
    return _form(next=request.args.get("next"))


@blueprint.post("/sign-in")
@allow.anyone
def sign_in_post() -> ResponseReturnValue:
    """Check the password; open a new session under a new cookie."""
    username = request.form.get("username", "")[:64]
    password = request.form.get("password", "")
    attempt = guarded.attempt(username, password)
    if attempt.token is None:
        refusal = attempt.refusal.text(current_language()) if attempt.refusal else ""
        return _form(next=request.form.get("next"), username=username, refusal=refusal), 401
    _open(attempt.token)
    return redirect(_local(request.form.get("next")), 303)


@blueprint.post("/sign-out")
@allow.anyone
def sign_out() -> ResponseReturnValue:
    """End the session on the server and forget it in the browser."""
    if current_user.is_authenticated:
        with bihuan().database.begin() as unit:
            sessions.end(unit, current_user.token)
    logout_user()
    _forget()
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.post("/language")
@allow.anyone
def switch_language() -> ResponseReturnValue:
    """Choose the language of the pages; an account remembers it."""
    language = request.form.get("language", "")
    if language in LANGUAGES:
        session["language"] = language
        if current_user.is_authenticated:
            with bihuan().database.begin() as unit:
                accounts.choose_language(unit, current_user.account_id, language)
    return redirect(_local(request.form.get("next")), 303)


def _open(token: str) -> None:
    """Begin a session with nothing of the one before, so that none can be planted."""
    _forget()
    user = users.load(token)
    if user is not None:
        login_user(user)


def _forget() -> None:
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def _form(**values: object) -> str:
    return render_template("sign_in.html", demo=demo_accounts(), **values)


def _local(address: str | None) -> str:
    """Return an address of our own pages; anything else leads to the start page."""
    parts = urlsplit(address or "")
    own = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    crooked = address is None or address.startswith(("//", "/\\")) or not address.isprintable()
    if not own or address is None or crooked:
        return url_for("home.start")
    return address
