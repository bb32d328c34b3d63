"""What a person was told."""

from __future__ import annotations

from marshmallow import Schema, fields

from webapp.api.schemas.common import Instant, PageQuery, described, page_of


class NotificationQuery(PageQuery):
    """Which news are wanted."""

    unread = fields.Boolean(load_default=None, metadata=described("true: only unread news."))


class NotificationItem(Schema):
    """One thing told."""

    kind = fields.String(required=True)
    text = fields.String(required=True)
    at = Instant(required=True)
    case = fields.String(required=True)
    number = fields.String(required=True)
    task = fields.String(required=True, allow_none=True)
    unread = fields.Boolean(required=True)
    relevant = fields.Boolean(
        required=True, metadata=described("Whether it still asks for something.")
    )


NotificationPage = page_of(NotificationItem, "NotificationPage")


class DraftNewsItem(Schema):
    """One thing told of a draft, or of a version that no draft led to."""

    text = fields.String(required=True)
    at = Instant(required=True)
    draft = fields.String(required=True, allow_none=True)
    process = fields.String(
        required=True,
        allow_none=True,
        metadata=described("With a version, where there is no draft."),
    )
    version = fields.Integer(required=True, allow_none=True)
    unread = fields.Boolean(required=True)


DraftNewsPage = page_of(DraftNewsItem, "DraftNewsPage")


class NotificationsRead(Schema):
    """How many news counted as unread before."""

    read = fields.Integer(required=True)
