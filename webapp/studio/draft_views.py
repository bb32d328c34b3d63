"""Pages of drafts: all of them, one, and beginning one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp.context import bihuan, current_actor, reading
from webapp.forms.attempt import attempt
from webapp.i18n.language import current_language, t
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from webapp.studio.draft_blueprint import DESIGNERS, READERS, agency, blueprint
from webapp.studio.draft_list import draft_list
from webapp.studio.draft_page import address_of, draft_page, looked
from workflows.designing import beginning


@blueprint.get("/drafts")
@allow.roles(*READERS)
def listed() -> ResponseReturnValue:
    """List the drafts."""
    with reading() as session:
        page = draft_list(session, current_actor(), agency())
    return render_template("studio/drafts.html", page=page)


@blueprint.get("/drafts/<draft_id>")
@allow.roles(*READERS)
def show(draft_id: str) -> ResponseReturnValue:
    """Show a draft: what is wrong, what changed, who has to act."""
    looked(draft_id)
    with reading() as session:
        page = draft_page(session, current_actor(), agency(), draft_id)
    return render_template("studio/draft.html", page=page)


@blueprint.post("/definitions/<process>/drafts")
@allow.roles(*DESIGNERS)
def begin(process: str) -> ResponseReturnValue:
    """Make a draft from a version of a process, the one in force unless another is named."""
    given = request.form.get("version", "")
    version = int(given) if given.isdecimal() and len(given) < len(str(2**31)) else 0
    draft = beginning.begin(bihuan().database, current_actor(), agency(), process, version)
    flash(t("drafts.begun"), "done")
    return redirect(address_of(draft), 303)


@blueprint.get("/drafts/new")
@allow.roles(*DESIGNERS)
def new() -> ResponseReturnValue:
    """Show the form of a new process."""
    return render_template("studio/new.html", page={"sent": {}, "faults": {}, "refused": ""})


@blueprint.post("/drafts/new")
@allow.roles(*DESIGNERS)
def create() -> ResponseReturnValue:
    """Make the draft of a new process, or show what is wrong."""
    sent = {name: request.form.get(name, "") for name in ("process", "name_zh", "name")}
    names = (sent["name_zh"], sent["name"])
    product = bihuan()
    tried = attempt(
        lambda: beginning.begin_new(
            product.database, current_actor(), agency(), sent["process"].strip(), names
        )
    )
    if tried.result is not None:
        flash(t("drafts.begun"), "done")
        return redirect(address_of(tried.result), 303)
    language = current_language()
    page = {
        "sent": sent,
        "faults": {one.field: one.text(language) for one in tried.faults},
        "refused": tried.refusal.text(language) if tried.refusal else "",
    }
    status, headers = status_of(tried.refusal), headers_of(tried.refusal)
    return render_template("studio/new.html", page=page), status, headers
