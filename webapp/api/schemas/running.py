"""Incidents, and running cases under a newer version of their process."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import BodyRole, Instant, described, identifier
from workflows.running.migrating import MOST

_REASON = described("Why; it enters the history of the case.")


class Incident(Schema):
    """Something that failed and changed nothing."""

    id = fields.String(required=True)
    case_id = fields.String(
        required=True, allow_none=True, metadata=described("null where a case could not begin.")
    )
    number = fields.String(required=True)
    process = fields.String(required=True)
    kind = fields.String(required=True)
    subject = fields.String(required=True)
    why = fields.String(required=True)
    at = Instant(required=True)
    attempts = fields.Integer(required=True)
    retry_at = Instant(
        required=True, allow_none=True, metadata=described("When it is tried again by itself.")
    )


class IncidentList(Schema):
    """The open incidents, the newest first."""

    items = fields.List(fields.Nested(Incident), required=True)
    total = fields.Integer(required=True)
    next = fields.String(required=True, allow_none=True)


class RetryRequest(Schema):
    """Why an incident is tried again."""

    reason = fields.String(required=True, validate=validate.Length(1, 2000), metadata=_REASON)


class Retried(Schema):
    """An incident that was tried again with success."""

    id = fields.String(required=True)
    case_id = fields.String(required=True, allow_none=True)


class PlaceItem(Schema):
    """A step to which a task may be moved: who would do it there, and by when."""

    element = fields.String(required=True)
    title = fields.String(required=True)
    candidates = fields.List(fields.Nested(BodyRole), required=True)
    due_at = Instant(required=True, allow_none=True)


class Places(Schema):
    """Where a task may be moved by hand."""

    items = fields.List(fields.Nested(PlaceItem), required=True)
    total = fields.Integer(required=True)
    next = fields.String(required=True, allow_none=True)


class MoveRequest(Schema):
    """Where a task is moved, and why."""

    element = identifier(required=True)
    reason = fields.String(required=True, validate=validate.Length(1, 2000), metadata=_REASON)


class Moved(Schema):
    """What a move left: the tasks that opened."""

    case_id = fields.String(required=True)
    opened = fields.List(fields.String(), required=True)


class MigrationQuery(Schema):
    """Whether the cases are only looked at."""

    dry_run = fields.Boolean(load_default=False)


class MigrationRequest(Schema):
    """Which cases go on under the version, and why; without `cases`, all that are behind."""

    cases = fields.List(identifier(), validate=validate.Length(1, MOST))
    after = identifier(
        load_default=None,
        metadata=described("`next` of the answer before: only the cases after this one."),
    )
    reason = fields.String(
        load_default="",
        validate=validate.Length(0, 2000),
        metadata=described("Needed unless `dry_run`; it enters the history of each case."),
    )


class DateChange(Schema):
    """A date that would be another; null while there is none."""

    element = fields.String(required=True)
    title = fields.String(required=True)
    before = Instant(required=True, allow_none=True)
    after = Instant(required=True, allow_none=True)


class ActorChange(Schema):
    """A task that would fall to others."""

    element = fields.String(required=True)
    title = fields.String(required=True)
    before = fields.List(fields.Nested(BodyRole), required=True)
    after = fields.List(fields.Nested(BodyRole), required=True)


class FormChange(Schema):
    """A task whose form would be another, or the same asking something else; "" for none."""

    element = fields.String(required=True)
    title = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)


class MigrationItem(Schema):
    """What would become, or became, of one case."""

    case_id = fields.String(required=True)
    number = fields.String(required=True)
    from_versions = fields.List(fields.Integer(), required=True)
    possible = fields.Boolean(required=True)
    done = fields.Boolean(required=True)
    why = fields.List(
        fields.String(), required=True, metadata=described("What is in the way, sentence by one.")
    )
    dates = fields.List(fields.Nested(DateChange), required=True)
    actors = fields.List(fields.Nested(ActorChange), required=True)
    forms = fields.List(fields.Nested(FormChange), required=True)


class Migration(Schema):
    """The cases that were looked at or migrated; `left` more come after them."""

    process = fields.String(required=True)
    version = fields.Integer(required=True)
    dry_run = fields.Boolean(required=True)
    cases = fields.List(fields.Nested(MigrationItem), required=True)
    left = fields.Integer(required=True)
    next = fields.String(
        required=True,
        allow_none=True,
        metadata=described("The last case looked at, to go on with `after`; null at the end."),
    )
