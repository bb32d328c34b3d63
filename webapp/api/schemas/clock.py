"""The virtual clock."""

from __future__ import annotations

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from webapp.api.schemas.common import Instant, described


class ClockMove(Schema):
    """How far, or to when: one of the two."""

    advance = fields.String(
        validate=validate.Length(2, 40), metadata=described("ISO 8601 duration, such as P3D.")
    )
    now = Instant()

    @validates_schema
    def _one_of_two(self, data: dict[str, object], **_more: object) -> None:
        if len(data) != 1:
            message = "Expected either advance or now."
            raise ValidationError(message)


class ClockFace(Schema):
    """What the clock shows, and how many cases were settled on the way."""

    now = Instant(required=True)
    date = fields.Date(required=True, metadata=described("In Beijing."))
    fired = fields.Integer(required=True)
