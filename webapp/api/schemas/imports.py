"""Imports of a ledger and their reports."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import Instant, described, page_of
from workflows.importing import jobs

STATES = (
    *(jobs.WAITING, jobs.CHECKING, jobs.REFUSED),
    *(jobs.READY, jobs.ADDING, jobs.DONE, jobs.WITHDRAWN),
)


class Import(Schema):
    """How far an import has come."""

    id = fields.String(required=True)
    file_name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    rows = fields.Integer(required=True)
    done = fields.Integer(required=True, metadata=described("Rows worked through so far."))
    added = fields.Integer(required=True)
    known = fields.Integer(required=True, metadata=described("Rows that are cases already."))
    faults = fields.Integer(required=True)
    created_at = Instant(required=True)
    finished_at = Instant(required=True, allow_none=True)


ImportList = page_of(Import, "ImportList")


class ImportLine(Schema):
    """What became of a row, or what is wrong with one of its cells."""

    line = fields.Integer(required=True)
    outcome = fields.String(
        required=True, validate=validate.OneOf([jobs.FAULT, jobs.ADDED, jobs.KNOWN])
    )
    column = fields.String(required=True)
    message = fields.String(required=True)
    case = fields.String(required=True, allow_none=True)


class ImportReport(Schema):
    """A part of a report."""

    items = fields.List(fields.Nested(ImportLine), required=True)
    next = fields.String(required=True, allow_none=True)
