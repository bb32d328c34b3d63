"""Puts the interface onto an application."""

from __future__ import annotations

from flask import Flask, current_app, jsonify
from flask import Response as Answer

from webapp.api import (
    access,
    accounts,
    administration,
    calendars,
    cases,
    clocks,
    completing,
    definitions,
    described,
    enterprise_import,
    evidence,
    exports,
    forms,
    imports,
    interviews,
    limits,
    migration_runs,
    notifications,
    organisation,
    own,
    papers,
    problems,
    rule_sets,
    running,
    tasks,
)
from webapp.api.blueprint import PREFIX, Api
from webapp.api.docs import blueprint as docs
from webapp.policy import allow
from webapp.security import csrf

VERSION = "1"
SECURITY = "token"
PARTS = (
    accounts.blueprint,
    forms.blueprint,
    cases.blueprint,
    papers.blueprint,
    exports.blueprint,
    imports.blueprint,
    interviews.blueprint,
    tasks.blueprint,
    notifications.blueprint,
    evidence.blueprint,
    definitions.blueprint,
    running.blueprint,
    migration_runs.blueprint,
    clocks.blueprint,
    administration.blueprint,
)
"""Every set of calls, by hand."""

ADDED = (own, completing, organisation, calendars, rule_sets, enterprise_import)
"""What adds its calls to a set of another module when it is imported."""


def register(app: Flask) -> None:
    """Add the calls, their description and their errors; the pages are there already."""
    app.config.from_mapping(API_TITLE="闭环 Bihuan", API_VERSION=VERSION, OPENAPI_VERSION="3.1.0")
    limits.register(app)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of Flask's own provider
    api = Api(app, spec_kwargs={"security": [{SECURITY: []}], "servers": [{"url": "/"}]})
    api.spec.components.security_scheme(SECURITY, {"type": "http", "scheme": "bearer"})
    for part in PARTS:
        api.register_blueprint(part)
        csrf.exempt(part)
    app.extensions["bihuan-openapi"] = described.complete(app, api.spec.to_dict(), PARTS)
    app.add_url_rule(f"{PREFIX}/openapi.json", "api-openapi", _openapi)
    app.register_blueprint(docs)
    problems.register(app)
    access.enforce(app)


@allow.anyone
def _openapi() -> Answer:
    """Send the description."""
    return jsonify(current_app.extensions["bihuan-openapi"])
