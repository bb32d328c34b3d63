"""The editor of a draft's diagram, and the lists that all its editors offer."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engine import clock
from engine.deployment.subject import Subject
from webapp.api import limits
from webapp.context import bihuan, current_actor, reading
from webapp.i18n.language import current_language
from webapp.policy import allow
from webapp.studio.answers import answer, json_only
from webapp.studio.draft_blueprint import READERS, agency, blueprint
from webapp.studio.draft_findings import editor_of
from webapp.studio.editor_files import NO_DIAGRAM, opened
from webapp.studio.vocabulary import vocabulary_json
from workflows.designing import drafts, permission
from workflows.domain import rule_store
from workflows.surroundings import in_force

READS = 240
"""A minute of one account: each reads a whole draft."""


@blueprint.get("/drafts/<draft_id>/diagram")
@allow.roles(*READERS)
def diagram(draft_id: str) -> ResponseReturnValue:
    """Show the diagram of a draft in the modeler, or to be read where it may not be changed."""
    draft = opened(draft_id)
    page = {
        "draft": draft.draft,
        "title": draft.title,
        "may_change": draft.may_change,
        "forms": editor_of(draft_id, "forms/NAME.json"),
        "tables": editor_of(draft_id, "NAME.dmn"),
    }
    return render_template("studio/modeler.html", page=page)


@blueprint.get("/drafts/<draft_id>/vocabulary")
@allow.roles(*READERS)
@json_only
def vocabulary(draft_id: str) -> Response:
    """Give all that the files of a draft may name, in the reader's words."""
    limits.count("vocabulary", current_user.account_id, READS)
    with reading() as session:
        permission.reading_desk(session, current_actor(), agency())
        draft = drafts.one(session, agency(), draft_id)
        bundle = drafts.bundle_of(draft.process, drafts.files(session, draft_id))
        environment = in_force(session, agency(), bihuan().gate_environment())
        rules = rule_store.rules_in_force(session, clock.beijing_date(clock.now()))
    contracts = {**environment.processes, draft.process: bundle.contract}
    subject = Subject(bundle, bundle.diagram or NO_DIAGRAM, environment, contracts)
    return answer(vocabulary_json(subject, rules, current_language()))
