"""The administration as programs see it: what is missing, commands, the record."""

from __future__ import annotations

from flask_smorest.fields import Upload
from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import ID_LENGTH, Instant, described
from webapp.api.schemas.forms import Form


class ChecklistItem(Schema):
    """One thing that a zone has or lacks."""

    done = fields.Boolean(required=True)
    needed = fields.Boolean(required=True)
    text = fields.String(required=True)
    command = fields.String(required=True, metadata=described("What supplies it; may be empty."))
    given = fields.Dict(fields.String(), fields.String(), required=True)


class Checklist(Schema):
    """What a zone has and lacks."""

    ready = fields.Boolean(required=True)
    items = fields.List(fields.Nested(ChecklistItem), required=True)


class CommandSummary(Schema):
    """One command."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    lead = fields.String(required=True)
    edits = fields.Boolean(
        required=True, metadata=described("Whether it needs `If-Match` with the ETag of its form.")
    )


class CommandList(Schema):
    """Every command."""

    items = fields.List(fields.Nested(CommandSummary), required=True)


class SubjectQuery(Schema):
    """What a command is about."""

    subject = fields.String(load_default="", validate=validate.Length(0, ID_LENGTH))


class CommandDetail(CommandSummary):
    """One command with its form and what the form begins with."""

    form = fields.Nested(Form, required=True)
    values_ = fields.Dict(fields.String(), fields.Raw(), required=True, data_key="values")


class CommandRequest(Schema):
    """A command on a subject: a person for `post.give`, a post for `post.end`, and so on."""

    subject = fields.String(load_default="", validate=validate.Length(0, ID_LENGTH))
    data = fields.Dict(fields.String(), fields.Raw(), load_default=dict)


class CommandDone(Schema):
    """What it came to."""

    subject = fields.String(required=True)
    secret = fields.String(
        required=True,
        allow_none=True,
        metadata=described("A one-time password; it is not shown again."),
    )


class RecordQuery(Schema):
    """Which part of the record is wanted."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 100))
    before = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, 2**31 - 1),
        metadata=described("Only entries with a smaller number."),
    )


class RecordEntry(Schema):
    """One administrative act."""

    seq = fields.Integer(required=True)
    at = Instant(required=True)
    actor = fields.String(required=True)
    actor_name = fields.String(required=True)
    act = fields.String(required=True)
    subject = fields.String(required=True)
    data = fields.Dict(fields.String(), fields.Raw(), required=True)


class Record(Schema):
    """The newest entries first, and whether the whole chain holds."""

    items = fields.List(fields.Nested(RecordEntry), required=True)
    total = fields.Integer(required=True)
    sound = fields.Boolean(required=True)


class SheetUpload(Schema):
    """One sheet, .xlsx or .csv, as a part of a multipart form."""

    file = Upload(required=True)


class DryRun(Schema):
    """Whether something is only tried."""

    dry_run = fields.Boolean(load_default=False)


class EnterprisesImported(Schema):
    """Names that were, or would be, added and changed; and those that stay."""

    added = fields.List(fields.String(), required=True)
    changed = fields.List(fields.String(), required=True)
    same = fields.List(fields.String(), required=True)
