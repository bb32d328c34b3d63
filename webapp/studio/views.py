"""Processes and their versions: the list, one version, its diagram."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from engine.errors import NotFound
from engine.store import definitions as stored
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.catalogue import LANGUAGES
from webapp.i18n.language import current_language
from webapp.policy import allow
from webapp.studio import draft_list
from webapp.studio.definition_page import DefinitionPage, definition_page, definitions_page
from webapp.studio.drawn import drawn
from workflows.analysis import analysis
from workflows.designing import permission

blueprint = Blueprint("studio", __name__)


@blueprint.get("/definitions")
@allow.signed_in
def definitions() -> ResponseReturnValue:
    """List the processes in force."""
    with reading() as session:
        rows = definitions_page(stored.active(session, agency=_agency()), current_language())
    return render_template("definitions.html", page={"rows": rows})


@blueprint.get("/definitions/<process>/<int:version>")
@allow.signed_in
def definition(process: str, version: int) -> ResponseReturnValue:
    """Show one version of a process."""
    return version_html(process, version, {})


def version_html(process: str, version: int, told: Mapping[str, Any]) -> str:
    """Return the page of a version, with what was wrong with what was sent from it."""
    page = version_page(process, version)
    with reading() as session:
        seen = permission.may_read(session, current_actor())
        begun = draft_list.of_process(session, _agency(), process) if seen else []
        analysed = analysis.may_read(session, current_actor())
    return render_template("definition.html", page=page, told=told, drafts=begun, analysed=analysed)


def version_page(process: str, version: int) -> DefinitionPage:
    """Return what the page of a version shows; NotFound if there is no such version."""
    with reading() as session:
        versions = stored.versions(session, process, agency=_agency())
        files = stored.files(session, process, version, agency=_agency())
    return definition_page(versions, version, files, current_language())


@blueprint.get("/definitions/<process>/<int:version>/diagram.bpmn")
@allow.signed_in
def diagram(process: str, version: int) -> ResponseReturnValue:
    """Return the diagram of a version as it was deployed, which never changes."""
    return _xml(_source(process, version), max_age=86400)


@blueprint.get("/definitions/<process>/<int:version>/<language>.bpmn")
@allow.signed_in
def drawing(process: str, version: int, language: str) -> ResponseReturnValue:
    """Return the diagram of a version with its shapes named for a page in a language."""
    if language not in LANGUAGES:
        raise NotFound(
            f"Expected a diagram in {language!r}, but there is none", "没有该语言的流程图"
        )
    town = request.args.get("town") == "yes"
    return _xml(drawn(_source(process, version), language, town=town), max_age=3600)


def _source(process: str, version: int) -> bytes:
    with reading() as session:
        files = stored.files(session, process, version, agency=_agency())
    for path, content in files.items():
        if path.endswith(f"{process}.bpmn"):
            return content
    raise NotFound(f"Expected {process} {version}, but there is none", "没有该流程版本")


def _xml(content: bytes, max_age: int) -> Response:
    headers = {"Cache-Control": f"private, max-age={max_age}", "X-Content-Type-Options": "nosniff"}
    return Response(content, mimetype="application/xml", headers=headers)


def _agency() -> str:
    return bihuan().settings.agency
