"""Schemas that every part of the interface shares."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marshmallow import Schema, fields, validate

from engine import clock

ID_LENGTH = 128
MAX_PAGE = 100
CURSOR = "^m[A-Za-z0-9_-]{8,2000}$"
NO_CURSOR = "Expected a cursor from `next` of a page of the same list, but it is none"
NO_CURSOR_ZH = "cursor 应取自同一列表上一页的 next"


_YEARS = range(1900, 3000)
"""As filters by day have them; beyond, an instant may have no date at all in another zone."""


class Instant(fields.AwareDateTime):
    """An instant, told in Beijing time with its offset."""

    def _deserialize(
        self,
        value: Any,  # noqa: ANN401 as the library has it
        attr: str | None,
        data: Any,  # noqa: ANN401 as the library has it
        **more: Any,  # noqa: ANN401 as the library has it
    ) -> datetime:
        found = super()._deserialize(value, attr, data, **more)
        if found.year not in _YEARS:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return found

    def _serialize(
        self,
        value: datetime | None,
        attr: str | None,
        obj: Any,  # noqa: ANN401 as the library has it
        **_more: Any,  # noqa: ANN401
    ) -> str | None:
        return None if value is None else clock.beijing(value).isoformat()


def described(words: str) -> dict[str, str]:
    """Return the metadata of a field that needs a sentence."""
    return {"description": words}


def identifier(**more: Any) -> fields.String:  # noqa: ANN401 the library's own keywords
    """Return a field for the id of something."""
    return fields.String(validate=validate.Length(1, ID_LENGTH), **more)


class Problem(Schema):
    """RFC 9457: what went wrong; `errors` holds sentences by field path."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    instance = fields.String()
    reference = fields.String(metadata=described("Names the entry of the server's log."))
    errors = fields.Dict(fields.String(), fields.List(fields.String()))


class PageQuery(Schema):
    """Which part of a list is wanted."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, MAX_PAGE))
    cursor = fields.String(
        load_default=None,
        validate=validate.Regexp(CURSOR, error=NO_CURSOR),
        metadata=described("`next` of the page before."),
    )


class BodyRole(Schema):
    """A role in a body."""

    body = fields.String(required=True)
    role = fields.String(required=True)


def page_of(item: type[Schema], name: str) -> type[Schema]:
    """Return the schema of a page of a list."""
    parts: dict[str, fields.Field[Any]] = {
        "items": fields.List(fields.Nested(item), required=True),
        "total": fields.Integer(required=True),
        "next": fields.String(required=True, allow_none=True),
    }
    return Schema.from_dict(dict(parts), name=name)
