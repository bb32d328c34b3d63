"""Papers of a case."""

from __future__ import annotations

from marshmallow import Schema, fields

from webapp.api.schemas.common import Instant, described, page_of


class PaperItem(Schema):
    """One edition of a paper, with what it says as it was issued."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    number = fields.String(required=True)
    edition = fields.Integer(required=True)
    status = fields.String(
        required=True, metadata=described("valid, superseded by a later edition, or voided.")
    )
    issued_at = Instant(required=True)
    issued_by = fields.String(required=True)
    signatories = fields.List(fields.Dict(), required=True)
    content = fields.Dict(required=True)
    sha256 = fields.String(
        required=True, metadata=described("Of the canonical JSON of the content.")
    )


PaperPage = page_of(PaperItem, "PaperPage")
