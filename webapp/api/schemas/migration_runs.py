"""Migrations of many cases, done by a worker: how far each is, what becomes of each case."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import Instant, PageQuery, described, page_of
from webapp.api.schemas.running import ActorChange, DateChange, FormChange
from workflows.migrating import states

RUN_STATES = (*states.OPEN, states.DONE, states.GIVEN_UP)
CASE_STATES = (states.WAITING, states.POSSIBLE, states.REFUSED, states.MOVED, states.STAYED)


class MigrationRun(Schema):
    """How far a migration has come."""

    id = fields.String(required=True)
    process = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(RUN_STATES),
        metadata=described("`looked` waits to be begun, `stopped` to be gone on with."),
    )
    asked_by = fields.String(required=True)
    person = fields.String(
        required=True, allow_none=True, metadata=described("Who began it; null before.")
    )
    reason = fields.String(required=True, allow_none=True)
    cases = fields.Integer(required=True, metadata=described("Cases behind the version."))
    looked = fields.Integer(required=True)
    possible = fields.Integer(required=True)
    changed = fields.Integer(
        required=True,
        metadata=described("Of those possible, with another date, actor or form."),
    )
    done = fields.Integer(required=True)
    stayed = fields.Integer(required=True)
    note = fields.String(required=True, metadata=described("Why a worker stopped it; else empty."))
    created_at = Instant(required=True)
    finished_at = Instant(required=True, allow_none=True)


MigrationRunList = page_of(MigrationRun, "MigrationRunList")


class MigrationCaseQuery(PageQuery):
    """Which cases of a migration are wanted."""

    state = fields.String(
        load_default=None,
        validate=validate.OneOf(CASE_STATES),
        metadata=described("Only those in this state."),
    )


class MigrationCase(Schema):
    """What was found of one case, and what became of it."""

    case_id = fields.String(required=True)
    number = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(CASE_STATES))
    from_versions = fields.List(fields.Integer(), required=True)
    why = fields.List(
        fields.String(), required=True, metadata=described("What is in the way, sentence by one.")
    )
    dates = fields.List(fields.Nested(DateChange), required=True)
    actors = fields.List(fields.Nested(ActorChange), required=True)
    forms = fields.List(fields.Nested(FormChange), required=True)


class MigrationCases(Schema):
    """A part of the cases of a migration, by their ids."""

    items = fields.List(fields.Nested(MigrationCase), required=True)
    next = fields.String(required=True, allow_none=True)


class BeginRequest(Schema):
    """Why the cases that can are taken over."""

    reason = fields.String(
        required=True,
        validate=validate.Length(1, 2000),
        metadata=described("It enters the history of each case."),
    )
