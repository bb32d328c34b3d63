"""`Idempotency-Key`: the same request under the same key is done once and answered alike.

The command keeps the key in its own transaction (`engine.work.once`); here the answer is kept
beside it, so that a client which lost the answer gets it again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, make_response, request

from engine.errors import Invalid
from engine.work import once as onces
from engine.work.once import Once
from webapp.api.access import actor, agency
from webapp.context import bihuan, reading

View = TypeVar("View", bound=Callable[..., Any])

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("ETag", "Location", "Content-Language")
REFUSED = 400
_KEY = re.compile(r"[\x21-\x7e]{1,128}")

PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 128},
    "description": "The same request under the same key is done once and answered alike.",
}


def once() -> Once | None:
    """Return the key of this request with the digest of what is asked; None without a key."""
    return cast("Once | None", g.get("once"))


def replayable(view: View) -> View:
    """Answer a request that was done before under its key with the answer given then."""

    @wraps(view)
    def wrapper(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        g.once = _asked()
        if g.once is None:
            return view(*args, **kwargs)
        return _kept() or _keep(make_response(view(*args, **kwargs)))

    return cast("View", wrapper)


def _asked() -> Once | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise Invalid.at(
            HEADER,
            "Expected a key of 1 to 128 visible ASCII characters, but it is not",
            "请求标识应为 1 至 128 个可见 ASCII 字符",
        )
    return Once(key, _digest())


def _digest() -> str:
    total = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    if request.mimetype == "multipart/form-data":
        for name, file in sorted(request.files.items(multi=True), key=lambda pair: pair[0]):
            content = hashlib.sha256(file.read()).hexdigest()
            file.seek(0)
            total.update(f"{name}\n{file.filename}\n{content}\n".encode())
    else:
        total.update(request.get_data(cache=True))
    return total.hexdigest()


def _kept() -> Response | None:
    with reading() as session:
        kept = onces.remembered(session, agency(), actor().id, g.once)
    if kept is None or onces.ANSWER not in kept:
        return None
    return _response(kept[onces.ANSWER], replayed=True)


def _keep(response: Response) -> Response:
    if response.status_code >= REFUSED:
        return response
    given = {
        "status": response.status_code,
        "body": response.get_data(as_text=True),
        "headers": {n: response.headers[n] for n in KEPT_HEADERS if n in response.headers},
    }
    answered = bihuan().database.run(
        lambda session: onces.answer(session, agency(), actor().id, g.once, given)
    )
    return response if answered == given else _response(answered, replayed=True)


def _response(kept: dict[str, Any], *, replayed: bool) -> Response:
    response = Response(kept["body"], status=kept["status"], mimetype="application/json")
    response.headers.update(kept["headers"])
    if replayed:
        response.headers[REPLAYED] = "true"
    return response
