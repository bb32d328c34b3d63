"""`If-Match`: what is changed is changed as it was read, or not at all."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import PreconditionRequired

HEADER = "If-Match"
ANY = "*"
OPTIONAL = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag that it was read with, 412 if it has changed; `*` for any version.",
}
ETAG = {"ETag": {"schema": {"type": "string"}, "description": "The version, for `If-Match`."}}


def seen() -> str | None:
    """Return the version that the caller read, None for any; 428 where nothing is said."""
    given = request.headers.get(HEADER)
    if given is None:
        raise PreconditionRequired
    version = given.strip().removeprefix("W/").strip('"')
    return None if version == ANY else version


def quoted(version: str) -> str:
    """Return a version as an ETag."""
    return f'"{version}"'
