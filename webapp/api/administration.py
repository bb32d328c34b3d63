"""The administration: what is missing, every command with its form, the record.

Only administrators get an answer; the commands themselves ask for the role again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from webapp.api import matching, replay
from webapp.api.access import actor, agency, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.form_json import fields_json
from webapp.api.replay import once, replayable_without
from webapp.api.schemas.administration import (
    Checklist,
    CommandDetail,
    CommandDone,
    CommandList,
    CommandRequest,
    Record,
    RecordQuery,
    SubjectQuery,
)
from webapp.context import bihuan, reading
from workflows.administration import record, registry, rerouting
from workflows.administration.checklist import Item, checklist
from workflows.administration.command import Command
from workflows.administration.desk import Desk, open_desk

MATCH = matching.OPTIONAL | {
    "description": "The ETag that the form was read with, 412 if what it edits has changed; `*` "
    "for any version. Needed where `edits` is true."
}

blueprint = Blueprint(
    "administration",
    __name__,
    ("系统管理（仅系统管理员）", "The administration, for administrators"),
)


@blueprint.call("GET", "/administration", "查看园区还缺什么")
@needs.office_read
@blueprint.gives(Checklist)
def read_checklist() -> dict[str, Any]:
    """Tell what the zone has and lacks."""
    with reading() as session:
        items = checklist(desk(session))
    ready = all(item.done or not item.needed for item in items)
    return {"ready": ready, "items": [_item(item) for item in items]}


@blueprint.call("GET", "/administration/commands", "列出管理事项")
@needs.office_read
@blueprint.gives(CommandList)
def list_commands() -> dict[str, Any]:
    """List every command."""
    with reading() as session:
        desk(session)
    return {"items": [_summary(one) for one in registry.COMMANDS.values()]}


@blueprint.call("GET", "/administration/commands/<name>", "查看管理事项的表单")
@needs.office_read
@blueprint.takes(SubjectQuery, location="query")
@blueprint.gives(CommandDetail, headers=matching.ETAG)
def read_command(wanted: dict[str, Any], name: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Tell the form of a command on a subject, with its choices now."""
    found, subject = registry.command(name), wanted["subject"]
    with reading() as session:
        values, options = registry.begun(session, actor(), agency(), found, subject)
        version = registry.version(session, found, subject)
    form = fields_json(found.form, options, language())
    told = _summary(found) | {"form": form, "values_": values}
    return told, 200, {"ETag": matching.quoted(version)}


@blueprint.call(
    "POST",
    "/administration/commands/<name>",
    "办理管理事项",
    parameters=[MATCH, replay.PARAMETER],
)
@needs.office_write
@replayable_without("secret")
@blueprint.takes(CommandRequest)
@blueprint.gives(CommandDone)
def perform_command(wanted: dict[str, Any], name: str) -> dict[str, Any]:
    """Do a command in one transaction, with its entry in the record.

    A one-time password is told once: the same request under the same key is answered without it.
    """
    found = registry.command(name)
    product = bihuan()
    done = registry.run(
        product.database,
        actor(),
        agency(),
        found,
        wanted["subject"],
        wanted["data"],
        once=once(),
        seen=_seen(found),
    )
    if found.releases:
        rerouting.release_all(product.runtime)
    return {"subject": done.subject, "secret": done.secret or None}


@blueprint.call("GET", "/administration/record", "查看管理记录")
@needs.office_read
@blueprint.takes(RecordQuery, location="query")
@blueprint.gives(Record)
def read_record(wanted: dict[str, Any]) -> dict[str, Any]:
    """Tell what the administration did, and whether it is as it was written."""
    with reading() as session:
        desk(session)
        chain = record.verify(session, agency())
        found = record.entries(session, agency(), limit=wanted["limit"], before=wanted["before"])
    return {"items": found, "total": chain.entries, "sound": chain.sound}


def desk(session: Session) -> Desk:
    """Return the desk of the caller; NotAllowed for anybody but an administrator."""
    return open_desk(session, actor(), agency())


def _seen(found: Command) -> str | None:
    """Return the version that was read; a command that edits may not be sent without one."""
    return matching.seen() if found.edits else None


def _item(item: Item) -> dict[str, Any]:
    return {
        "done": item.done,
        "needed": item.needed,
        "text": _said(item.text),
        "command": item.command,
        "given": item.given,
    }


def _summary(one: Command) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": _said(one.title),
        "lead": _said(one.lead),
        "edits": one.edits,
    }


def _said(words: tuple[str, str]) -> str:
    return words[1] if language() == "en" else words[0]
