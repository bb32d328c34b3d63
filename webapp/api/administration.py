"""The administration: what is missing, every command with its form, the record.

Only administrators get an answer; the commands themselves ask for the role again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from webapp.api.access import actor, agency, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.form_json import fields_json
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

blueprint = Blueprint(
    "administration",
    __name__,
    ("系统管理（仅系统管理员）", "The administration, for administrators"),
)


@blueprint.call("GET", "/administration", "查看园区还缺什么")
@needs.read
@blueprint.gives(Checklist)
def read_checklist() -> dict[str, Any]:
    """Tell what the zone has and lacks."""
    with reading() as session:
        items = checklist(_desk(session))
    ready = all(item.done or not item.needed for item in items)
    return {"ready": ready, "items": [_item(item) for item in items]}


@blueprint.call("GET", "/administration/commands", "列出管理事项")
@needs.read
@blueprint.gives(CommandList)
def list_commands() -> dict[str, Any]:
    """List every command."""
    with reading() as session:
        _desk(session)
    return {"items": [_summary(one) for one in registry.COMMANDS.values()]}


@blueprint.call("GET", "/administration/commands/<name>", "查看管理事项的表单")
@needs.read
@blueprint.takes(SubjectQuery, location="query")
@blueprint.gives(CommandDetail)
def read_command(wanted: dict[str, Any], name: str) -> dict[str, Any]:
    """Tell the form of a command on a subject, with its choices now."""
    found = registry.command(name)
    with reading() as session:
        values, options = registry.begun(session, actor(), agency(), found, wanted["subject"])
    form = fields_json(found.form, options, language())
    return _summary(found) | {"form": form, "values_": values}


@blueprint.call("POST", "/administration/commands/<name>", "办理管理事项")
@needs.write
@blueprint.takes(CommandRequest)
@blueprint.gives(CommandDone)
def perform_command(wanted: dict[str, Any], name: str) -> dict[str, Any]:
    """Do a command in one transaction, with its entry in the record."""
    found = registry.command(name)
    product = bihuan()
    done = registry.run(
        product.database, actor(), agency(), found, wanted["subject"], wanted["data"]
    )
    if found.releases:
        rerouting.release_all(product.runtime)
    return {"subject": done.subject, "secret": done.secret or None}


@blueprint.call("GET", "/administration/record", "查看管理记录")
@needs.read
@blueprint.takes(RecordQuery, location="query")
@blueprint.gives(Record)
def read_record(wanted: dict[str, Any]) -> dict[str, Any]:
    """Tell what the administration did, and whether it is as it was written."""
    with reading() as session:
        _desk(session)
        chain = record.verify(session, agency())
        found = record.entries(session, agency(), limit=wanted["limit"], before=wanted["before"])
    return {"items": found, "total": chain.entries, "sound": chain.sound}


def _desk(session: Session) -> Desk:
    return open_desk(session, actor(), agency())


def _item(item: Item) -> dict[str, Any]:
    return {
        "done": item.done,
        "needed": item.needed,
        "text": _said(item.text),
        "command": item.command,
        "given": item.given,
    }


def _summary(one: Command) -> dict[str, Any]:
    return {"name": one.name, "title": _said(one.title), "lead": _said(one.lead)}


def _said(words: tuple[str, str]) -> str:
    return words[1] if language() == "en" else words[0]
