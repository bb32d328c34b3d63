"""Migrations of many cases, done by a worker: asked for, followed, begun, stopped, reported."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Conflict, Invalid
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import current_language, t
from webapp.ledger.files import attachment
from webapp.policy import allow
from webapp.running.migration_run_page import Asked, run_page
from webapp.running.move_views import blueprint
from webapp.running.views import ROLES
from workflows.exporting import files
from workflows.migrating import report, runs

Step = Callable[..., None]

__all__ = ["blueprint"]


@blueprint.post("/migrate/<process>/<int:version>/runs")
@allow.roles(*ROLES)
def ask_migration(process: str, version: int) -> ResponseReturnValue:
    """Let a worker look at every case behind a version."""
    actor, agency = current_actor(), _agency()
    try:
        found = bihuan().database.run(
            lambda session: runs.ask(session, actor, agency, process, version)
        )
    except Conflict as error:
        found = str(error.details.get("run", ""))
        if not found:
            raise
    return _to(found)


@blueprint.get("/migrations/<run_id>")
@allow.roles(*ROLES)
def migration_run(run_id: str) -> ResponseReturnValue:
    """Show how far a migration is, and what was found of its cases."""
    return _shown(run_id, Asked(request.args.get("state", ""), request.args.get("behind", "")))


@blueprint.post("/migrations/<run_id>/begin")
@allow.roles(*ROLES)
def begin_migration(run_id: str) -> ResponseReturnValue:
    """Take over the cases that can, or show what is wrong."""
    reason = request.form.get("reason", "")
    try:
        _do(runs.begin, run_id, reason)
    except Invalid as error:
        faults = [one.text(current_language()) for one in error.errors]
        return _shown(
            run_id, Asked(reason=reason, faults=faults or [error.text(current_language())])
        ), 422
    return _to(run_id)


@blueprint.post("/migrations/<run_id>/stop")
@allow.roles(*ROLES)
def stop_migration(run_id: str) -> ResponseReturnValue:
    """Stop after the case in hand."""
    _do(runs.stop, run_id)
    return _to(run_id)


@blueprint.post("/migrations/<run_id>/resume")
@allow.roles(*ROLES)
def resume_migration(run_id: str) -> ResponseReturnValue:
    """Go on where it was stopped."""
    _do(runs.resume, run_id)
    return _to(run_id)


@blueprint.post("/migrations/<run_id>/give-up")
@allow.roles(*ROLES)
def give_up_migration(run_id: str) -> ResponseReturnValue:
    """End it; what was taken over stays so."""
    _do(runs.give_up, run_id)
    return _to(run_id)


@blueprint.get("/migrations/<run_id>/report.csv")
@allow.roles(*ROLES)
def migration_report(run_id: str) -> ResponseReturnValue:
    """Send the report: every case with its result, reasons and changes."""
    with reading() as session:
        runs.one(session, current_actor(), _agency(), run_id)
        rows = list(report.rows(session, run_id))
    return attachment(f"{t('migrate.run.report_file')}.csv", files.csv_chunks(report.HEADS, rows))


def _do(step: Step, run_id: str, *more: str) -> None:
    actor, agency = current_actor(), _agency()
    bihuan().database.run(lambda session: step(session, actor, agency, run_id, *more))


def _shown(run_id: str, asked: Asked) -> str:
    with reading() as session:
        page = run_page(session, current_actor(), _agency(), run_id, asked)
    return render_template("running/migration_run.html", page=page)


def _to(run_id: str) -> ResponseReturnValue:
    return redirect(url_for("running.migration_run", run_id=run_id), 303)


def _agency() -> str:
    return bihuan().settings.agency
