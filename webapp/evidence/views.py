"""Evidence: a copy for the screen for everyone who sees the case, the original for authorities."""

from __future__ import annotations

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from webapp.context import bihuan, current_actor, reading
from webapp.evidence.access import for_original, for_screen
from webapp.evidence.sending import as_attachment, as_picture
from webapp.policy import allow

blueprint = Blueprint("evidence", __name__)


@blueprint.get("/evidence/<evidence_id>")
@allow.signed_in
def screen_copy(evidence_id: str) -> ResponseReturnValue:
    """Send the copy without metadata; of a paper, the file itself."""
    with reading() as session:
        found = for_screen(session, current_actor(), evidence_id)
    content = bihuan().evidence.screen(found)
    if content is None:
        return as_attachment(found, bihuan().evidence.original(found))
    return as_picture(found, content)


@blueprint.get("/evidence/<evidence_id>/original")
@allow.signed_in
def original(evidence_id: str) -> ResponseReturnValue:
    """Send the original, byte for byte."""
    with reading() as session:
        found = for_original(session, current_actor(), evidence_id)
    response: Response = as_attachment(found, bihuan().evidence.original(found))
    return response
