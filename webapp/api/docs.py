"""The human page of the interface: drawn here from the description, no script, no other host."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from webapp.api import reference
from webapp.api.blueprint import PREFIX
from webapp.errors import TABLE
from webapp.i18n.language import current_language, t
from webapp.policy import allow

blueprint = Blueprint("api-docs", __name__, url_prefix=PREFIX)


@blueprint.get("/docs")
@allow.anyone
def show() -> ResponseReturnValue:
    """Show the calls with what they take and give."""
    spec, language = current_app.extensions["bihuan-openapi"], current_language()
    problems = sorted({(row.slug, row.status, t(row.title)) for row in TABLE.values()})
    return render_template(
        "api_docs.html",
        parts=reference.parts(spec, language),
        refusals=reference.refusals(spec, language),
        schemas=reference.schemas(spec),
        problems=problems,
        prefix=PREFIX,
    )
