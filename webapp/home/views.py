"""Where a person lands, and whether the server lives."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text

from webapp.context import reading
from webapp.policy import allow
from webapp.security import limiter

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@allow.signed_in
def start() -> ResponseReturnValue:
    """Lead an enterprise to its cases, an administrator to his lists, others to the inbox."""
    if current_user.is_administrator:
        return redirect(url_for("administration.start"))
    page = "ledger.my_cases" if current_user.is_enterprise else "inbox.show"
    return redirect(url_for(page))


@blueprint.get("/healthz")
@allow.anyone
@limiter.exempt
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@allow.anyone
@limiter.exempt
def ready() -> ResponseReturnValue:
    """Say that the database answers too; Unavailable becomes 503."""
    with reading() as session:
        session.execute(text("SELECT 1"))
    return {"status": "ready"}
