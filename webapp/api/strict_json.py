"""Reads a JSON body as strictly as it will be kept: one meaning, or it is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NoReturn

from flask import Request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

LARGEST_BODY = 2_000_000
"""Bytes; a bundle of a process fits, photos go by `POST /evidence`."""


def body_of(request: Request) -> Any:  # noqa: ANN401 any JSON value
    """Return the value of a request's body; an absent body is an empty object.

    Raises:
        UnsupportedMediaType: the body does not claim to be JSON.
        RequestEntityTooLarge: it is longer than any sensible one.
        BadRequest: it is not JSON, or JSON that two readers would read differently.
    """
    if (request.content_length or 0) > LARGEST_BODY:
        raise RequestEntityTooLarge
    request.max_content_length = LARGEST_BODY
    text = request.get_data(cache=True)
    if not text:
        return {}
    if not request.is_json:
        raise UnsupportedMediaType
    return read(text)


def read(text: bytes) -> Any:  # noqa: ANN401 any JSON value
    """Return the value of a JSON text; raise BadRequest if it is none."""
    try:
        value = json.loads(
            text.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_no_twins
        )
        again = json.dumps(value, ensure_ascii=False, allow_nan=False)
        again.encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BadRequest("malformed JSON") from error
    # A database that keeps texts as C strings would cut or refuse them here.
    if "\\u0000" in again:
        raise BadRequest("NUL in a text")
    return value


def _no_constant(name: str) -> NoReturn:
    message = f"Expected a JSON number, but it is {name}"
    raise ValueError(message)


def _no_twins(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        message = "Expected every key once, but one is repeated"
        raise ValueError(message)
    return found
