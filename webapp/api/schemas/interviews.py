"""Interviews that are owed."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import Instant, PageQuery, described, identifier, page_of
from workflows.domain.interview.calendar import KINDS, STEPS
from workflows.domain.interview_hosts import NAMES


class InterviewQuery(PageQuery):
    """Filters of the calendar."""

    host = fields.String(validate=validate.OneOf(tuple(NAMES)))
    body = identifier(metadata=described("Park command, department or finding body."))
    step = fields.String(
        validate=validate.OneOf(STEPS), metadata=described("What is missing before it is done.")
    )
    late = fields.Boolean()


class InterviewItem(Schema):
    """An interview to be held, or what is owed after one: a final date, a report."""

    case = fields.String(required=True)
    number = fields.String(required=True)
    enterprise = fields.String(required=True)
    enterprise_name = fields.String(required=True)
    level = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    interview = fields.Integer(required=True)
    step = fields.String(required=True)
    due_at = Instant(required=True)
    due_date = fields.Date(required=True)
    late = fields.Boolean(required=True)
    host = fields.String(required=True, allow_none=True)
    meet_at = Instant(required=True, allow_none=True)
    place = fields.String(required=True)
    mode = fields.String(required=True)
    invitee = fields.String(required=True)
    no_shows = fields.Integer(required=True)
    subject = fields.String(required=True)


InterviewPage = page_of(InterviewItem, "InterviewPage")
