"""Photos and papers: sent first, then named by their ids in the data of a form."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Invalid
from engine.work import once as onces
from engine.work.once import Keeping
from webapp.api import replay
from webapp.api.access import actor, agency, needs
from webapp.api.blueprint import Blueprint
from webapp.api.replay import once, replayable
from webapp.api.schemas.evidence import EvidenceUpload, KeptEvidence
from webapp.api.sent_files import only_file
from webapp.context import bihuan, reading
from webapp.evidence.access import for_original, for_screen
from webapp.evidence.sending import as_attachment
from workflows.domain import evidence
from workflows.domain.evidence import Evidence

_SHOWN_NAME = 80

blueprint = Blueprint("evidence", __name__, ("照片和文件", "Photos and papers"))


@blueprint.call("POST", "/evidence", "上传照片或文件", parameters=[replay.PARAMETER])
@needs.write
@replayable
@blueprint.takes(EvidenceUpload, location="files")
@blueprint.gives(KeptEvidence, 201)
def keep_evidence(_parts: dict[str, Any]) -> Evidence:
    """Keep a photo or paper; it belongs to the caller until a form names it."""
    file = only_file(request)
    name, content = file.filename or "file", file.read()
    keeping: Keeping[Evidence] = Keeping(
        "evidence",
        lambda kept: {"id": kept.id},
        lambda session, kept: evidence.get(session, str(kept["id"])),
    )
    return onces.run_once(
        bihuan().database,
        agency(),
        actor().id,
        once(),
        keeping,
        lambda session: _keep(session, name, content),
    )


@blueprint.call("GET", "/evidence/<evidence_id>", "查看文件信息")
@needs.read
@blueprint.gives(KeptEvidence)
def read_evidence(evidence_id: str) -> Evidence:
    """Tell what is known of a file."""
    with reading() as session:
        return for_screen(session, actor(), evidence_id)


@blueprint.call("GET", "/evidence/<evidence_id>/original", "下载原件")
@needs.read
@blueprint.alt_response(  # type: ignore[untyped-decorator]  # the library has no types
    200,
    schema={"type": "string", "format": "binary"},
    content_type="*/*",
    success=True,
)
def read_original(evidence_id: str) -> Response:
    """Send a file byte for byte, to whom originals are open."""
    with reading() as session:
        found = for_original(session, actor(), evidence_id)
    return as_attachment(found, bihuan().evidence.original(found))


def _keep(session: Session, name: str, content: bytes) -> Evidence:
    try:
        kept = bihuan().evidence.add(session, actor(), name, content, clock.now())
    except Invalid as error:
        file = name[:_SHOWN_NAME]
        raise Invalid.at(
            "file", f"{file}: {error.message}", f"“{file}”：{error.message_zh}"
        ) from error
    return evidence.get(session, kept)
