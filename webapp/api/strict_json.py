"""Reads a JSON body as strictly as it will be kept: one meaning, or it is refused."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.api import json_faults
from webapp.api.json_faults import Twins
from webapp.api.worded import OtherContent, TooLong

LARGEST_BODY = 2_000_000
"""Bytes; a bundle of a process fits, photos go by `POST /evidence`."""

LONGEST_NUMBER = 300
"""Digits."""


def body_of(request: Request, largest: int = LARGEST_BODY) -> Any:  # noqa: ANN401 any JSON value
    """Return the value of a request's body; an absent body is an empty object.

    Args:
        request: whose body it is.
        largest: bytes that it may have.

    Raises:
        OtherContent: the body does not claim to be JSON, or is packed.
        TooLong: it is longer than any sensible one.
        Malformed: it is not JSON, or JSON that two readers would read differently.
    """
    content = _content(request, largest)
    if not content:
        return {}
    _check_kind(request)
    return read(content)


def _content(request: Request, largest: int) -> bytes:
    request.max_content_length = largest
    error = TooLong(
        f"Expected a body of at most {largest} bytes, but it is longer",
        f"请求内容最多 {largest} 字节",
    )
    if (request.content_length or 0) > largest:
        raise error
    try:
        return request.get_data(cache=True)
    except RequestEntityTooLarge as too_large:
        raise error from too_large


def _check_kind(request: Request) -> None:
    packed = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packed != "identity":
        raise OtherContent(
            f"Expected a body that is not packed, but its Content-Encoding is {packed[:40]!r}",
            "请求内容不接受压缩（Content-Encoding）",
        )
    if not request.is_json:
        given = request.mimetype[:80]
        raise OtherContent(
            f"Expected the Content-Type application/json, but it is {given or 'missing'}",
            "请求内容类型（Content-Type）应为 application/json，"
            + (f"而不是 {given}" if given else "但没有写明"),
        )


def read(content: bytes) -> Any:  # noqa: ANN401 any JSON value
    """Return the value of a JSON text; raise Malformed, which says where, if it is none."""
    text = _decoded(content)
    twins: list[Twins] = []
    try:
        value = json.loads(text, parse_int=_whole, object_pairs_hook=partial(_object, twins))
    except json.JSONDecodeError as error:
        raise json_faults.syntax(text, error.msg, error.pos) from error
    except RecursionError as error:
        raise json_faults.too_deep(text) from error
    if json_faults.is_too_deep(value):
        raise json_faults.too_deep(text)
    # Looking at every value takes long: only what cannot be written again has a fault to name.
    faults = [] if _is_kept(value) and not twins else list(json_faults.unkept(value))
    if faults:
        raise json_faults.told(faults)
    return value


def _is_kept(value: Any) -> bool:  # noqa: ANN401 any JSON value
    """Return whether a value can be written as it was read, also into a database of C strings."""
    try:
        again = json.dumps(value, ensure_ascii=False, allow_nan=False)
        again.encode("utf-8")
    except ValueError:
        return False
    return "\\u0000" not in again


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise json_faults.encoding(content, error) from error


def _whole(digits: str) -> int | float:
    """Return a whole number; one that is longer than any number of ours counts as infinite."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else math.inf


def _object(found: list[Twins], pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    twins = Twins(plain)
    [(twins.repeated, _)] = Counter(name for name, _ in pairs).most_common(1)
    found.append(twins)
    return twins
