"""What the safety office does about running cases: see what failed, try again, migrate."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Invalid, NotFound
from engine.store import definitions
from engine.store.definitions import DefinitionVersion
from webapp.context import bihuan, current_actor, reading
from webapp.forms.attempt import attempt
from webapp.i18n.language import current_language, t
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from webapp.running.incident_page import incident_page
from webapp.running.migration_page import (
    NONE,
    MigrationPage,
    Part,
    Sent,
    migration_page,
    report_page,
)
from webapp.running.start_page import start_page
from workflows.domain import organisation
from workflows.domain.org_facts import Body
from workflows.running import incidents, migrating, permission
from workflows.running.migrating import Wanted

ROLES = sorted(permission.LOOKING)
"""Of the safety office, which is asked further in."""

blueprint = Blueprint("running", __name__, url_prefix="/operations")


@blueprint.get("")
@allow.roles(*ROLES)
def show() -> ResponseReturnValue:
    """Show open incidents and the versions that cases run under."""
    with reading() as session:
        page = start_page(session, current_actor(), _agency())
    return render_template("running/start.html", page=page)


@blueprint.get("/incidents/<incident_id>")
@allow.roles(*ROLES)
def incident(incident_id: str) -> ResponseReturnValue:
    """Show an incident with the form to try again."""
    with reading() as session:
        found = incidents.one(session, current_actor(), _agency(), incident_id)
    return render_template("running/operation.html", page=incident_page(found, "", None))


@blueprint.post("/incidents/<incident_id>")
@allow.roles(*ROLES)
def retry(incident_id: str) -> ResponseReturnValue:
    """Try again what failed, or show what is in the way."""
    reason = request.form.get("reason", "")
    with reading() as session:
        found = incidents.one(session, current_actor(), _agency(), incident_id)
    tried = attempt(
        lambda: incidents.retry(bihuan().runtime, current_actor(), _agency(), incident_id, reason)
    )
    if not tried.done:
        page = incident_page(found, reason, tried)
        status, headers = status_of(tried.refusal), headers_of(tried.refusal)
        return render_template("running/operation.html", page=page), status, headers
    flash(t("running.retried"), "done")
    return redirect(url_for("running.show"), 303)


@blueprint.get("/migrate/<process>/<int:version>")
@allow.roles(*ROLES)
def preview(process: str, version: int) -> ResponseReturnValue:
    """Show what would become of each case under a version."""
    none: list[str] | None = [] if request.args.get("choose") == NONE else None
    page = _preview(process, version, Sent(chosen=none))
    return render_template("running/migration.html", page=page)


@blueprint.post("/migrate/<process>/<int:version>")
@allow.roles(*ROLES)
def migrate(process: str, version: int) -> ResponseReturnValue:
    """Take the chosen cases to a version and report, or show what is wrong."""
    chosen, reason = request.form.getlist("case"), request.form.get("reason", "")
    wanted = Wanted(_agency(), process, version, tuple(chosen[: migrating.MOST]))
    with reading() as session:
        permission.check_may_decide(session, current_actor())
    try:
        if not chosen:
            raise Invalid.at("case", "Expected a case, but none is chosen", "请选择要迁移的案件")
        done = migrating.migrate(bihuan().runtime, current_actor(), wanted, reason)
    except Invalid as error:
        faults = [one.text(current_language()) for one in error.errors]
        page = _preview(process, version, Sent(reason, chosen, faults))
        return render_template("running/migration.html", page=page), 422
    definition, bodies, _ = _known(process, version)
    page = report_page(definition, done, bodies, _part())
    return render_template("running/migration.html", page=page)


def _part() -> Part:
    asked = request.args
    behind = request.form.get("next") or None
    return Part(asked.get("case") or None, asked.get("after") or None, behind)


def _preview(process: str, version: int, sent: Sent) -> MigrationPage:
    part = _part()
    among = (part.only,) if part.only else None
    wanted = Wanted(_agency(), process, version, among, part.after)
    definition, bodies, deciding = _known(process, version)
    survey = migrating.preview(bihuan().runtime, current_actor(), wanted)
    return migration_page(definition, survey, bodies, part, deciding=deciding, sent=sent)


def _known(process: str, version: int) -> tuple[DefinitionVersion, dict[str, Body], bool]:
    with reading() as session:
        permission.check_may_look(session, current_actor())
        found = definitions.versions(session, process, agency=_agency())
        bodies = {one.id: one for one in organisation.bodies(session)}
        deciding = permission.may_decide(session, current_actor())
    definition = next((one for one in found if one.version == version), None)
    if definition is None:
        raise NotFound(f"Expected a version {version}, but there is none", "没有该流程版本")
    return definition, bodies, deciding


def _agency() -> str:
    return bihuan().settings.agency
