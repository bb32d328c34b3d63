"""Drafts out as files, and files in as drafts."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.errors import Invalid
from webapp.context import bihuan, current_actor, reading
from webapp.forms.attempt import attempt
from webapp.i18n.language import current_language
from webapp.policy import allow
from webapp.refusals import headers_of, status_of
from webapp.studio.draft_blueprint import DESIGNERS, READERS, agency, blueprint
from webapp.studio.draft_page import address_of
from webapp.studio.version_acts import zipped
from workflows.designing import drafts, exchange, packing, permission
from workflows.designing.drafts import Draft

LARGEST = 6_000_000
"""Bytes of a zip; what it holds may have five million."""


@blueprint.get("/drafts/<draft_id>/export.zip")
@allow.roles(*READERS)
def export(draft_id: str) -> ResponseReturnValue:
    """Send a draft as a zip of the files that git shows well."""
    with reading() as session:
        permission.reading_desk(session, current_actor(), agency())
        draft = drafts.one(session, agency(), draft_id)
        package = exchange.of_draft(session, draft)
    return zipped(package, f"{draft.process}-draft.zip")


@blueprint.get("/drafts/import")
@allow.roles(*DESIGNERS)
def ask_file() -> ResponseReturnValue:
    """Show where an exported process is brought in."""
    return render_template("studio/import.html", page={"faults": [], "refused": ""})


@blueprint.post("/drafts/import")
@allow.roles(*DESIGNERS)
def take_in() -> ResponseReturnValue:
    """Make a draft of a zip, or show what is wrong with it."""
    tried = attempt(_taken)
    if tried.result is not None:
        return redirect(address_of(tried.result), 303)
    language = current_language()
    page = {
        "faults": [one.text(language) for one in tried.faults],
        "refused": tried.refusal.text(language) if tried.refusal else "",
    }
    status, headers = status_of(tried.refusal), headers_of(tried.refusal)
    return render_template("studio/import.html", page=page), status, headers


def _taken() -> Draft:
    sent = request.files.get("file")
    data = sent.stream.read(LARGEST + 1) if sent is not None else b""
    if not data:
        raise Invalid.at("file", "Expected a zip, but there is none", "请选择导出的 zip 文件")
    if len(data) > LARGEST:
        raise Invalid.at(
            "file", f"Expected at most {LARGEST:,} bytes", f"文件最多 {LARGEST:,} 字节"
        )
    package = packing.unpack(data)
    return exchange.take_in(bihuan().database, current_actor(), agency(), package)
