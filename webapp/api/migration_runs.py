"""Many running cases taken to a newer version by a worker: looked at, begun, stopped, followed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from webapp.api import replay
from webapp.api.access import actor, agency, needs
from webapp.api.blueprint import Blueprint
from webapp.api.outlook_json import changes, reasons, said
from webapp.api.paging import opened, sealed
from webapp.api.replay import once_in_one, replayable
from webapp.api.schemas.migration_runs import (
    CASE_STATES,
    BeginRequest,
    MigrationCaseQuery,
    MigrationCases,
    MigrationRun,
    MigrationRunList,
)
from webapp.context import reading
from workflows.migrating import report, runs
from workflows.migrating.report import Line
from workflows.migrating.runs import Run

blueprint = Blueprint(
    "migration-runs",
    __name__,
    ("批量迁移（仅安委办）", "Migrations of many cases, for the safety office"),
)

Found = tuple[dict[str, Any], int, dict[str, str]]
_LISTED = 50


@blueprint.call("GET", "/migration-runs", "列出最近的批量迁移")
@needs.running_read
@blueprint.gives(MigrationRunList)
def list_migration_runs() -> dict[str, Any]:
    """List the last migrations of many cases, the newest first, at most 50."""
    with reading() as session:
        found = [_run(one) for one in runs.listed(session, actor(), agency(), _LISTED)]
    return {"items": found, "total": len(found), "next": None}


@blueprint.call(
    "POST",
    "/definitions/<process>/<int:version>/migration-runs",
    "让后台查看可以迁移到这一版本的全部案件",
    parameters=[replay.PARAMETER],
)
@needs.running_write
@replayable
@blueprint.gives(MigrationRun, 202)
def ask_migration_run(process: str, version: int) -> Found:
    """Let a worker look at every case behind a version; nothing is changed by it.

    A process has one migration at a time: while one is open, the answer is 409.
    """

    def work(session: Session) -> dict[str, Any]:
        return {"id": runs.ask(session, actor(), agency(), process, version)}

    found = str(once_in_one("migration.ask", work)["id"])
    address = url_for("api-migration-runs.read_migration_run", run_id=found)
    return _state(found), 202, {"Location": address}


@blueprint.call("GET", "/migration-runs/<run_id>", "查看批量迁移的进度")
@needs.running_read
@blueprint.gives(MigrationRun)
def read_migration_run(run_id: str) -> dict[str, Any]:
    """Tell how far a migration is."""
    return _state(run_id)


@blueprint.call("GET", "/migration-runs/<run_id>/cases", "查看批量迁移中各案件的结果")
@needs.running_read
@blueprint.takes(MigrationCaseQuery, location="query")
@blueprint.gives(MigrationCases)
def list_migration_cases(wanted: dict[str, Any], run_id: str) -> dict[str, Any]:
    """Tell what was found of each case, and what became of it."""
    (behind,), size = opened(wanted["cursor"], wanted) or ("",), wanted["limit"]
    chosen = [wanted["state"]] if wanted["state"] else CASE_STATES
    with reading() as session:
        runs.one(session, actor(), agency(), run_id)
        found = report.page(session, run_id, chosen, size + 1, behind=str(behind))
    last = (found[size - 1].case_id,) if len(found) > size else None
    return {"items": [_line(one) for one in found[:size]], "next": sealed(last, wanted)}


@blueprint.call(
    "POST", "/migration-runs/<run_id>/begin", "开始批量迁移", parameters=[replay.PARAMETER]
)
@needs.running_write
@replayable
@blueprint.takes(BeginRequest)
@blueprint.gives(MigrationRun)
def begin_migration_run(wanted: dict[str, Any], run_id: str) -> dict[str, Any]:
    """Let a worker take over the cases that can, in the name of the caller."""
    return _done("begin", runs.begin, run_id, wanted["reason"])


@blueprint.call(
    "POST", "/migration-runs/<run_id>/stop", "停止批量迁移", parameters=[replay.PARAMETER]
)
@needs.running_write
@replayable
@blueprint.gives(MigrationRun)
def stop_migration_run(run_id: str) -> dict[str, Any]:
    """Stop after the case in hand."""
    return _done("stop", runs.stop, run_id)


@blueprint.call(
    "POST", "/migration-runs/<run_id>/resume", "继续批量迁移", parameters=[replay.PARAMETER]
)
@needs.running_write
@replayable
@blueprint.gives(MigrationRun)
def resume_migration_run(run_id: str) -> dict[str, Any]:
    """Go on where it was stopped, in the name of the caller."""
    return _done("resume", runs.resume, run_id)


@blueprint.call(
    "POST", "/migration-runs/<run_id>/give-up", "放弃批量迁移", parameters=[replay.PARAMETER]
)
@needs.running_write
@replayable
@blueprint.gives(MigrationRun)
def give_up_migration_run(run_id: str) -> dict[str, Any]:
    """End it; what was taken over stays so."""
    return _done("give-up", runs.give_up, run_id)


def _done(name: str, step: Callable[..., None], run_id: str, *more: str) -> dict[str, Any]:
    def work(session: Session) -> dict[str, Any]:
        step(session, actor(), agency(), run_id, *more)
        return {}

    once_in_one(f"migration.{name}", work)
    return _state(run_id)


def _state(run_id: str) -> dict[str, Any]:
    with reading() as session:
        return _run(runs.one(session, actor(), agency(), run_id))


def _run(run: Run) -> dict[str, Any]:
    return vars(run) | {"note": said((run.note_zh, run.note))}


def _line(line: Line) -> dict[str, Any]:
    return {
        "case_id": line.case_id,
        "number": line.number,
        "state": line.state,
        "from_versions": list(line.found.before),
        "why": reasons(line.found.reasons),
        **changes(line.found),
    }
