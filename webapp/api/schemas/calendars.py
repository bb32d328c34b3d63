"""The calendar of working days."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import Instant, described, page_of

LONGEST = 150_000


class YearItem(Schema):
    """A year that is loaded."""

    year = fields.Integer(required=True)
    provisional = fields.Boolean(required=True)
    source = fields.String(required=True)
    revision = fields.Integer(required=True)
    rest_days = fields.Integer(required=True)
    worked_days = fields.Integer(required=True)


YearList = page_of(YearItem, "YearList")


class Notice(Schema):
    """A notice of holidays."""

    text = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST),
        metadata=described("CSV with the columns day, kind (holiday or workday), name, source."),
    )


class MovedDate(Schema):
    """A date that a notice moves: of a deadline by its kind, or of a task by its title."""

    number = fields.String(required=True)
    kind = fields.String(required=True)
    task = fields.String(required=True, allow_none=True)
    before = Instant(required=True)
    after = Instant(required=True)


class DayOfYear(Schema):
    """A day that differs from the week."""

    day = fields.Date(required=True)
    kind = fields.String(required=True, metadata=described("holiday or workday."))


class YearEffect(Schema):
    """A year that a notice names: replaced whole, or joined by a few days."""

    year = fields.Integer(required=True)
    joined = fields.Boolean(
        required=True, metadata=described("Its other days stay: the notice names a few of them.")
    )
    published = fields.Boolean(
        required=True, metadata=described("It was loaded from a notice before.")
    )
    before = fields.Integer(required=True, metadata=described("Its special days as loaded."))
    after = fields.Integer(required=True, metadata=described("Its special days from then on."))
    gone = fields.List(
        fields.Date(),
        required=True,
        metadata=described("Days loaded before that it loses."),
    )
    new = fields.List(
        fields.Nested(DayOfYear), required=True, metadata=described("Days that it gains.")
    )
    changed = fields.List(
        fields.Nested(DayOfYear),
        required=True,
        metadata=described("Days of another kind than before, as they would be."),
    )
    reworded = fields.Integer(
        required=True, metadata=described("Days of which only name or source differs.")
    )
    unchanged = fields.Boolean(
        required=True, metadata=described("The year would be exactly as it is.")
    )


class NoticeEffect(Schema):
    """What a notice would do."""

    days = fields.Integer(required=True)
    years = fields.List(fields.Nested(YearEffect), required=True)
    moves = fields.List(fields.Nested(MovedDate), required=True)


class NoticeLoaded(Schema):
    """What a notice did."""

    days = fields.Integer(required=True)
    moved = fields.Integer(required=True)
