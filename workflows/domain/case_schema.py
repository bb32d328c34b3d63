"""The typed schema of the case document.

It says what a document may hold, gives the gate the types of `case`, and checks a document
when a case begins and when an archive is read back; it is not run on every command.
"""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from engine.errors import Incident
from workflows.domain import interview_entries as entries
from workflows.domain.deadline import CAUSES, KINDS, STATES
from workflows.domain.document_format import FORMAT
from workflows.domain.extension_requests import VIEW_TYPES
from workflows.domain.levels import CATEGORIES, LEVELS, PHASES


class RuleSetSchema(Schema):
    """The rule set that the case began with."""

    id = fields.String(required=True)
    version = fields.Integer(required=True)


class EnterpriseSchema(Schema):
    """The enterprise as it was when the hazard was found."""

    id = fields.String(required=True)
    name_zh = fields.String(required=True)
    name = fields.String(required=True)
    park = fields.String(required=True, allow_none=True)
    town = fields.String(required=True)
    industry_department = fields.String(required=True)
    industry = fields.String(required=True)
    size_class = fields.String(required=True)
    address = fields.String(required=True)
    sort_key = fields.String(required=True)


class ListingSchema(Schema):
    """Listed supervision: grade 0 means not listed."""

    grade = fields.Integer(required=True)
    to_publish = fields.Boolean(required=True)
    published = fields.Boolean(required=True)
    progress_due = fields.AwareDateTime(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    medium = fields.String(required=True, allow_none=True)
    published_by = fields.String(required=True, allow_none=True)
    photos = fields.List(fields.String(), required=True)
    removed_at = fields.AwareDateTime(required=True, allow_none=True)
    removed_by = fields.String(required=True, allow_none=True)
    removed_medium = fields.String(required=True, allow_none=True)
    removed_photos = fields.List(fields.String(), required=True)
    reports = fields.List(fields.Dict(), required=True)
    grounds = fields.List(fields.Dict(), required=True)
    ordered = fields.Dict(required=True, allow_none=True)
    opened_at = fields.AwareDateTime(allow_none=True)
    owed_since = fields.AwareDateTime(allow_none=True)
    published_on = fields.Date(allow_none=True)
    removed_on = fields.Date(allow_none=True)
    ended = fields.Dict(allow_none=True)
    withdrawn_at = fields.Str(allow_none=True)
    former = fields.List(fields.Dict())
    notice = fields.Dict(allow_none=True)
    missed = fields.List(fields.Dict())


class StepSchema(Schema):
    """One readable step of a calculation."""

    zh = fields.String(required=True)
    en = fields.String(required=True)


class ChangeSchema(Schema):
    """A lawful change of a date."""

    cause = fields.String(required=True, validate=validate.OneOf(CAUSES))
    actor = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    before = fields.Date(required=True, allow_none=True)
    after = fields.Date(required=True, allow_none=True)
    note = fields.String(required=True)


class EventSchema(Schema):
    """A change of state that moved no date."""

    state = fields.String(required=True, validate=validate.OneOf(STATES))
    actor = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    note = fields.String(required=True)


class DeadlineSchema(Schema):
    """One deadline with its calculation and changes."""

    number = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    rule_set = fields.String(required=True)
    rule_version = fields.Integer(required=True)
    rule = fields.String(required=True)
    article = fields.String(required=True)
    start_event = fields.String(required=True)
    started_at = fields.AwareDateTime(required=True)
    unit = fields.String(required=True)
    days = fields.Integer(required=True)
    due_date = fields.Date(required=True)
    due_at = fields.AwareDateTime(required=True)
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    round = fields.Integer(required=True)
    set_at = fields.AwareDateTime(required=True)
    printed = fields.Boolean(required=True)
    body = fields.String(required=True)
    provisional = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    resumed_at = fields.AwareDateTime(required=True, allow_none=True)
    met_at = fields.AwareDateTime(required=True, allow_none=True)
    expired_at = fields.AwareDateTime(required=True, allow_none=True)
    recorded_at = fields.AwareDateTime(required=True, allow_none=True)
    explained = fields.List(fields.Nested(StepSchema), required=True)
    changes = fields.List(fields.Nested(ChangeSchema), required=True)
    events = fields.List(fields.Nested(EventSchema), required=True)


class CaseSchema(Schema):
    """The whole document of a hazard case."""

    format = fields.Integer(required=True, validate=validate.Equal(FORMAT))
    number = fields.String(required=True)
    rule_set = fields.Nested(RuleSetSchema, required=True)
    enterprise = fields.Nested(EnterpriseSchema, required=True)
    bodies = fields.Dict(fields.String(), fields.String(), required=True)
    found_at = fields.AwareDateTime(required=True)
    registered_at = fields.AwareDateTime(required=True)
    registered_by = fields.String(required=True)
    finder_name = fields.String()
    found_by = fields.List(fields.String(), allow_none=True)
    source = fields.String(required=True)
    entry_mode = fields.String(required=True, validate=validate.OneOf(["self", "proxy"]))
    description = fields.String(required=True)
    location = fields.String(required=True)
    category = fields.String(required=True, validate=validate.OneOf(list(CATEGORIES)))
    subcategory = fields.String(required=True)
    imminent = fields.Boolean(required=True)
    criterion = fields.String(required=True)
    proposed_level = fields.String(required=True, allow_none=True)
    photos = fields.List(fields.String(), required=True)
    duplicate_of = fields.String(required=True, allow_none=True)
    fingerprint = fields.String(required=True)
    level = fields.String(required=True, allow_none=True, validate=validate.OneOf(LEVELS))
    phase = fields.String(required=True, validate=validate.OneOf(PHASES))
    round = fields.Integer(required=True)
    proposers = fields.List(fields.String(), required=True)
    grading = fields.List(fields.Dict(), required=True)
    order = fields.Dict(required=True, allow_none=True)
    orders = fields.List(fields.Dict(), required=True)
    plan = fields.Dict(required=True, allow_none=True)
    plan_submitted = fields.Boolean(required=True)
    notice = fields.Dict(required=True, allow_none=True)
    reports = fields.List(fields.Dict(), required=True)
    recheck = fields.Dict(required=True, allow_none=True)
    rechecks = fields.List(fields.Dict(), required=True)
    failed_items = fields.Dict(fields.String(), fields.Integer(), required=True)
    strike_offs = fields.List(fields.Dict(), required=True)
    done_at = fields.AwareDateTime(required=True, allow_none=True)
    listing = fields.Nested(ListingSchema, required=True)
    interviews = fields.List(fields.Dict(), required=True)
    interviewed = fields.Boolean(required=True)
    extension_pending = fields.Boolean(required=True)
    extensions = fields.Integer(required=True)
    extension_requests = fields.List(fields.Dict(), required=True)
    enforcements = fields.List(fields.Dict(), required=True)
    raising = fields.Dict(required=True, allow_none=True)
    raise_proposals = fields.List(fields.Dict(), required=True)
    void_proposal = fields.Dict(required=True, allow_none=True)
    exit = fields.Dict(required=True, allow_none=True)
    reported_to_park_at = fields.AwareDateTime(required=True, allow_none=True)
    suspensions = fields.List(fields.Dict())
    watchers = fields.List(fields.String(), required=True)
    urged = fields.List(fields.Dict(), required=True)
    experts = fields.List(fields.String(), required=True)
    ext = fields.Dict(fields.String(), fields.Raw(allow_none=True), required=True)
    ext_fields = fields.Dict(fields.String(), fields.Dict())
    own_dates = fields.Dict(fields.String(), fields.Dict())
    deadlines = fields.List(fields.Nested(DeadlineSchema), required=True)


_SCHEMA = CaseSchema()


def check(document: dict[str, Any]) -> None:
    """Raise Incident if a document does not fit the schema."""
    errors = _SCHEMA.validate(document)
    if errors:
        raise Incident(
            f"Expected a document of format {FORMAT}, but found {errors}",
            "案件数据与结构定义不符",
            errors=errors,
        )


CASE_TYPES: dict[str, Any] = {
    "level": "string",
    "proposed_level": "string",
    "phase": "string",
    "state": "string",
    "enterprise": {"id": "string", "size_class": "string", "industry": "string"},
    "in_park": "boolean",
    "category": "string",
    "imminent": "boolean",
    "criterion": "string",
    "source": "string",
    "plan_submitted": "boolean",
    "notice_posted": "boolean",
    "listed": "boolean",
    "listing": {"grade": "number", "to_publish": "boolean", "published": "boolean"},
    "extension_pending": "boolean",
    "answer_owed": "boolean",
    "extension": VIEW_TYPES,
    "overdue": "boolean",
    "interview": entries.VIEW_TYPES,
    "order_kind": "string",
    "round": "number",
}
"""What expressions read as `case`, with FEEL types; the gate checks names against it.

`case.ext` is what designers add: its types come from the diagrams and forms.
"""

TYPED = frozenset({"criterion", "source"})
"""Fields of `case` in the words of whoever registered the hazard."""
