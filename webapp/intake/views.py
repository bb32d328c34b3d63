"""Registering a hazard: one form, several photos, grading starts at once."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.users import MAY_REGISTER
from webapp.context import current_actor
from webapp.i18n.language import current_language, t
from webapp.intake.registering import Registration
from webapp.policy import allow
from webapp.refusals import headers_of, status_of

blueprint = Blueprint("intake", __name__)


@blueprint.get("/hazards/new")
@allow.roles(*MAY_REGISTER)
def show() -> ResponseReturnValue:
    """Show the empty form."""
    registration = Registration(current_actor())
    return render_template("form_page.html", page=registration.page(current_language()))


@blueprint.post("/hazards/new")
@allow.roles(*MAY_REGISTER)
def register() -> ResponseReturnValue:
    """Register a hazard, or show the form again with what is wrong or in the way."""
    registration = Registration(current_actor())
    if not registration.submit():
        page = registration.page(current_language())
        status, headers = status_of(registration.refusal), headers_of(registration.refusal)
        return render_template("form_page.html", page=page), status, headers
    flash(t("intake.done", number=registration.number()), "done")
    return redirect(url_for("cases.show", case_id=registration.case_id), 303)


@blueprint.post("/hazards/new/fields")
@allow.roles(*MAY_REGISTER)
def fields() -> ResponseReturnValue:
    """Draw the form again while somebody fills it in."""
    registration = Registration(current_actor())
    registration.retype()
    return render_template("form_fields.html", page=registration.page(current_language()))
