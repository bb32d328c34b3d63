"""The ledger of hazards, and an enterprise's own part of it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engine import clock
from webapp.context import current_actor, reading
from webapp.i18n.language import current_language, t
from webapp.ledger.ledger_page import ledger_page
from webapp.policy import allow

blueprint = Blueprint("ledger", __name__)


@blueprint.get("/ledger")
@allow.signed_in
def show() -> ResponseReturnValue:
    """Show every hazard that the actor may see."""
    if current_user.is_enterprise:
        return redirect(url_for("ledger.my_cases"))
    return _list(t("ledger.title"))


@blueprint.get("/my-cases")
@allow.roles("principal", "safety_officer")
def my_cases() -> ResponseReturnValue:
    """Show an enterprise its own hazards."""
    return _list(t("ledger.mine"))


def _list(title: str) -> str:
    with reading() as session:
        page = ledger_page(session, current_actor(), title, clock.now(), current_language())
    return render_template("ledger.html", page=page)
