"""Operations on running cases: incidents tried again, cases taken to a newer version."""

from __future__ import annotations

from typing import Any

from engine.store import queries
from engine.work.move_token import MoveToken, Place
from webapp.api import replay
from webapp.api.access import actor, agency, needs
from webapp.api.blueprint import Blueprint
from webapp.api.outlook_json import changes, posts, reasons, said
from webapp.api.replay import done_already, once, replayable
from webapp.api.schemas.running import (
    IncidentList,
    Migration,
    MigrationQuery,
    MigrationRequest,
    Moved,
    MoveRequest,
    Places,
    Retried,
    RetryRequest,
)
from webapp.context import bihuan, reading
from workflows.running import incidents, migrating, moving
from workflows.running.incidents import OfCase
from workflows.running.migrating import Line, Wanted

blueprint = Blueprint(
    "running",
    __name__,
    ("在办案件处置（仅安委办）", "Operations on running cases, for the safety office"),
)


@blueprint.call("GET", "/incidents", "列出待处理的系统异常")
@needs.running_read
@blueprint.gives(IncidentList)
def list_incidents() -> dict[str, Any]:
    """List the incidents that nobody has dealt with, at most 200, and say how many there are."""
    with reading() as session:
        found = incidents.listed(session, actor(), agency())
        total = queries.count_open_incidents(session, agency=agency())
    return {"items": [_incident(one) for one in found], "total": total, "next": None}


@blueprint.call(
    "POST",
    "/incidents/<incident_id>/retry",
    "重试系统异常",
    parameters=[replay.PARAMETER],
)
@needs.running_write
@replayable
@blueprint.takes(RetryRequest)
@blueprint.gives(Retried)
def retry_incident(wanted: dict[str, Any], incident_id: str) -> dict[str, Any]:
    """Settle again what failed in a case, and close its incident.

    What a person did in vain is not repeated: once the incident is closed they do it again.
    """
    with reading() as session:
        found = incidents.one(session, actor(), agency(), incident_id)
    incidents.retry(bihuan().runtime, actor(), agency(), incident_id, wanted["reason"])
    done_already("incident.retry")
    return {"id": incident_id, "case_id": found.incident.case_id}


@blueprint.call("GET", "/tasks/<task_id>/places", "列出事项可以移动到的步骤", refusals=(409,))
@needs.running_read
@blueprint.gives(Places)
def list_places(task_id: str) -> dict[str, Any]:
    """List the steps to which a task may be moved by hand."""
    found = moving.movable(bihuan().runtime, actor(), agency(), task_id)
    items = [_place(one) for one in found.places]
    return {"items": items, "total": len(items), "next": None}


@blueprint.call(
    "POST",
    "/tasks/<task_id>/move",
    "把事项移动到其他步骤",
    parameters=[replay.PARAMETER],
)
@needs.running_write
@replayable
@blueprint.takes(MoveRequest)
@blueprint.gives(Moved)
def move_task(wanted: dict[str, Any], task_id: str) -> dict[str, Any]:
    """Move a task to a step of its process that is done anew; nothing is passed over by it."""
    order = MoveToken(task_id, wanted["element"], wanted["reason"], once=once())
    done = moving.move(bihuan().runtime, actor(), agency(), order)
    return {"case_id": done.case_id, "opened": done.opened_task_ids}


@blueprint.call(
    "POST",
    "/definitions/<process>/<int:version>/migrate",
    "把在办案件迁移到流程的这一版本",
    parameters=[replay.PARAMETER],
)
@needs.running_write
@replayable
@blueprint.takes(MigrationRequest)
@blueprint.takes(MigrationQuery, location="query")
@blueprint.gives(Migration)
def migrate_cases(
    wanted: dict[str, Any], asked: dict[str, Any], process: str, version: int
) -> dict[str, Any]:
    """Take running cases to a version, each in a transaction of its own, and report on each.

    With `dry_run` nothing is changed: it tells which can go on under the version or what is in
    the way, which dates would change, and which next actors. One request looks at no more than
    200 cases; where more are left, `next` is what `after` of the next request names.
    """
    chosen = wanted.get("cases")
    among = tuple(chosen) if chosen else None
    cases = Wanted(agency(), process, version, among, wanted["after"])
    if asked["dry_run"]:
        survey = migrating.preview(bihuan().runtime, actor(), cases)
    else:
        survey = migrating.migrate(bihuan().runtime, actor(), cases, wanted["reason"])
        done_already("cases.migrate")
    return {
        "process": process,
        "version": version,
        "dry_run": asked["dry_run"],
        "cases": [_line(line) for line in survey.lines],
        "left": survey.left,
        "next": survey.next,
    }


def _incident(found: OfCase) -> dict[str, Any]:
    one = found.incident
    kept = ("id", "case_id", "process", "kind", "subject", "at", "attempts", "retry_at")
    why = said((one.message_zh, one.message))
    return {name: getattr(one, name) for name in kept} | {"number": found.number, "why": why}


def _line(line: Line) -> dict[str, Any]:
    look = line.outlook
    return {
        "case_id": line.case_id,
        "number": line.number,
        "from_versions": list(look.before),
        "possible": look.possible,
        "done": line.done,
        "why": reasons(look.reasons),
        **changes(look),
    }


def _place(one: Place) -> dict[str, Any]:
    return {
        "element": one.element,
        "title": said((one.title_zh, one.title)),
        "candidates": posts(one.candidates),
        "due_at": one.due_at,
    }
