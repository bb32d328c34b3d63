"""Tasks: what waits for whom, with form, values and candidates."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from webapp.api.schemas.common import (
    BodyRole,
    Instant,
    PageQuery,
    described,
    identifier,
    page_of,
)
from webapp.api.schemas.forms import Form
from workflows.domain.levels import LEVELS


class TaskQuery(PageQuery):
    """Filters of the inbox."""

    scope = fields.String(
        load_default="all",
        validate=validate.OneOf(["mine", "claimable", "all"]),
        metadata=described("mine: taken by the caller; claimable: open to the caller's posts."),
    )
    sort = fields.String(load_default="due_at", validate=validate.OneOf(["due_at"]))
    act = identifier()
    process = identifier()
    case = identifier()
    element = identifier()
    body = identifier()
    level = fields.String(load_default="", validate=validate.OneOf(LEVELS))
    park = identifier(load_default="")
    text = fields.String(load_default="", validate=validate.Length(max=200))


class TaskItem(Schema):
    """A task as lists show it."""

    id = fields.String(required=True)
    case = fields.String(required=True)
    number = fields.String(required=True)
    process = fields.String(required=True)
    version = fields.Integer(required=True)
    element = fields.String(required=True)
    act = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.String(
        required=True, validate=validate.OneOf(["open", "completed", "cancelled"])
    )
    candidates = fields.List(fields.Nested(BodyRole), required=True)
    assignee = fields.String(required=True, allow_none=True)
    opened_at = Instant(required=True)
    due_at = Instant(required=True, allow_none=True)
    completed_at = Instant(required=True, allow_none=True)
    completed_by = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    etag = fields.String(required=True)


class TaskDetail(TaskItem):
    """A task with its form and the values that the form starts with."""

    form = fields.Nested(Form, required=True)
    data = fields.Dict(fields.String(), fields.Raw(allow_none=True), required=True)
    snapshot = fields.String(
        required=True, metadata=described("Hash of what is shown; a signature refers to it.")
    )
    may_complete = fields.Boolean(required=True)
    barred = fields.String(
        required=True,
        allow_none=True,
        metadata=described("Why another person has to do it, by what the caller did before."),
    )


TaskPage = page_of(TaskItem, "TaskPage")


class CompleteRequest(Schema):
    """The data of the task's form, a remark, and the snapshot that is signed."""

    data = fields.Dict(fields.String(), fields.Raw(allow_none=True), load_default=dict)
    comment = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=2000))
    signature = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 128),
        metadata=described("`snapshot` of the task as it was read; kept in the history."),
    )


class Completed(Schema):
    """What completing a task left."""

    task = fields.String(required=True)
    case = fields.String(required=True)
    closed = fields.Boolean(required=True)
    opened = fields.List(fields.String(), required=True, metadata=described("Tasks that opened."))
    next = fields.String(
        required=True, allow_none=True, metadata=described("The caller's next task in the case.")
    )


class DelegateRequest(Schema):
    """To whom a task is handed on, and why."""

    to = identifier(required=True)
    reason = fields.String(required=True, validate=validate.Length(1, 500))


class Draft(Schema):
    """What somebody has typed into a task's form and not sent."""

    data = fields.Dict(fields.String(), fields.Raw(allow_none=True), required=True)
