"""Importing a ledger: send a file, read what is wrong or would be added, confirm, follow."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session

from webapp.api import replay
from webapp.api.access import actor, agency, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.paging import opened, sealed
from webapp.api.replay import once_in_one, replayable
from webapp.api.schemas.administration import SheetUpload
from webapp.api.schemas.common import PageQuery
from webapp.api.schemas.imports import Import, ImportList, ImportReport
from webapp.api.sent_files import only_file
from webapp.context import reading
from workflows.importing import jobs
from workflows.importing.jobs import ReportLine

blueprint = Blueprint("imports", __name__, ("导入台账", "Importing a ledger"))

Found = tuple[dict[str, Any], int, dict[str, str]]


@blueprint.call("GET", "/imports", "列出本人的导入")
@needs.importing_read
@blueprint.gives(ImportList)
def list_imports() -> dict[str, Any]:
    """List the caller's last imports."""
    with reading() as session:
        found = jobs.recent(session, actor(), agency())
    return {"items": found, "total": len(found), "next": None}


@blueprint.call("POST", "/imports", "送入台账文件", parameters=[replay.PARAMETER])
@needs.importing_write
@replayable
@blueprint.takes(SheetUpload, location="files")
@blueprint.gives(Import, 202)
def send_import(_parts: dict[str, Any]) -> Found:
    """Keep a ledger (.xlsx or .csv); it is checked before anything is added."""
    file = only_file(request)
    name, content = file.filename or "", file.read()

    def work(session: Session) -> dict[str, Any]:
        return {"id": jobs.submit(session, actor(), agency(), name, content)}

    found = str(once_in_one("import.send", work)["id"])
    address = url_for("api-imports.read_import", import_id=found)
    return _state(found), 202, {"Location": address}


@blueprint.call("GET", "/imports/<import_id>", "查看导入进度")
@needs.importing_read
@blueprint.gives(Import)
def read_import(import_id: str) -> dict[str, Any]:
    """Tell how far an import has come: `ready` waits to be confirmed, `done` is at its end."""
    return _state(import_id)


@blueprint.call("GET", "/imports/<import_id>/report", "查看逐行报告")
@needs.importing_read
@blueprint.takes(PageQuery, location="query")
@blueprint.gives(ImportReport)
def read_report(wanted: dict[str, Any], import_id: str) -> dict[str, Any]:
    """Tell what became of each row, or what is wrong with it."""
    (behind,), size = opened(wanted["cursor"], wanted) or (0,), wanted["limit"]
    with reading() as session:
        jobs.state(session, actor(), import_id)
        found = list(jobs.lines(session, import_id, size + 1, behind=behind))
    last = (found[size - 1].seq,) if len(found) > size else None
    return {"items": [_line(one) for one in found[:size]], "next": sealed(last, wanted)}


@blueprint.call("POST", "/imports/<import_id>/confirm", "确认导入", parameters=[replay.PARAMETER])
@needs.importing_write
@replayable
@blueprint.gives(Import)
def confirm_import(import_id: str) -> dict[str, Any]:
    """Let the rows of a checked file become cases."""

    def work(session: Session) -> dict[str, Any]:
        jobs.confirm(session, actor(), import_id)
        return {}

    once_in_one("import.confirm", work)
    return _state(import_id)


@blueprint.call("POST", "/imports/<import_id>/withdraw", "撤回导入", parameters=[replay.PARAMETER])
@needs.importing_write
@replayable
@blueprint.gives(Import)
def withdraw_import(import_id: str) -> dict[str, Any]:
    """Drop a checked file."""

    def work(session: Session) -> dict[str, Any]:
        jobs.withdraw(session, actor(), import_id)
        return {}

    once_in_one("import.withdraw", work)
    return _state(import_id)


def _state(import_id: str) -> dict[str, Any]:
    with reading() as session:
        return vars(jobs.state(session, actor(), import_id))


def _line(one: ReportLine) -> dict[str, Any]:
    english = language() == "en"
    return {
        "line": one.line,
        "outcome": one.outcome,
        "column": one.column if english else one.column_zh,
        "message": one.message if english else one.message_zh,
        "case": one.case_id,
    }
