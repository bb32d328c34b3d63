"""The page that compares a draft with the version that it began from."""

from __future__ import annotations

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.errors import NotFound
from webapp.cases.diagrams import drawing_address
from webapp.context import current_actor, reading
from webapp.evidence.sending import SANDBOX
from webapp.i18n.catalogue import LANGUAGES
from webapp.i18n.language import current_language, t
from webapp.policy import allow
from webapp.studio.diff_page import Side, compared
from webapp.studio.draft_blueprint import READERS, agency, blueprint
from webapp.studio.draft_list import title_words
from webapp.studio.drawn import drawn
from workflows.designing import drafts, permission


@blueprint.get("/drafts/<draft_id>/diff")
@allow.roles(*READERS)
def compare(draft_id: str) -> ResponseReturnValue:
    """Show what a draft changes in the version that it began from."""
    with reading() as session:
        permission.reading_desk(session, current_actor(), agency())
        draft = drafts.one(session, agency(), draft_id)
        before = drafts.base_files(session, draft)
        held = drafts.bundle_of(draft.process, drafts.files(session, draft_id)).files
    language = current_language()
    address = url_for("drafts.drawing", draft_id=draft.id, language=language)
    base = t("studio.version_number", version=draft.base) if draft.base else t("compare.new")
    old = drawing_address(draft.process, draft.base, language) if draft.base else ""
    page = {
        "draft": draft,
        "title": title_words(draft),
        "lead": t("compare.of_draft", version=draft.base) if draft.base else t("compare.of_new"),
    }
    both = compared(Side(base, before, old), Side(t("compare.draft"), held, address))
    return render_template("studio/draft_diff.html", page=page, compared=both)


@blueprint.get("/drafts/<draft_id>/drawn/<language>.bpmn")
@allow.roles(*READERS)
def drawing(draft_id: str, language: str) -> ResponseReturnValue:
    """Return the diagram of a draft with its shapes named for a page in a language."""
    with reading() as session:
        permission.reading_desk(session, current_actor(), agency())
        draft = drafts.one(session, agency(), draft_id)
        held = drafts.files(session, draft_id).get(f"{draft.process}.bpmn")
    if held is None or language not in LANGUAGES:
        raise NotFound(
            f"Expected a diagram of the draft in {language!r}, but there is none",
            "草稿没有该语言的流程图",
        )
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(drawn(held, language), mimetype="application/xml", headers=headers)
