"""Photos and papers."""

from __future__ import annotations

from flask_smorest.fields import Upload
from marshmallow import Schema, fields

from webapp.api.schemas.common import Instant


class EvidenceUpload(Schema):
    """One file, as a part of a multipart form."""

    file = Upload(required=True)


class KeptEvidence(Schema):
    """A file that was kept: name its id in the data of a form."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    mime = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)
    uploaded_at = Instant(required=True)
