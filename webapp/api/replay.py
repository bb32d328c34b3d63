"""`Idempotency-Key`: the same request under the same key is done once and answered alike.

The command keeps the key in its own transaction (`engine.work.once`); here the answer is kept
beside it, so that a client which lost the answer gets it again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, make_response, request
from sqlalchemy.orm import Session

from engine.errors import Invalid
from engine.work import once as onces
from engine.work.once import Keeping, Once
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
    return replayable_without()(view)


def replayable_without(*secrets: str) -> Callable[[View], View]:
    """Return `replayable` for answers with secrets: they are told once and never kept."""

    def mark(view: View) -> View:
        @wraps(view)
        def wrapper(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            g.once, g.replayed = _asked(), False
            if g.once is None:
                return view(*args, **kwargs)
            return _kept() or _keep(make_response(view(*args, **kwargs)), secrets)

        return cast("View", wrapper)

    return mark


def once_in_one(command: str, work: Callable[[Session], dict[str, Any]]) -> dict[str, Any]:
    """Do work in one transaction, once under the key of this request; return what it came to."""
    keeping: Keeping[dict[str, Any]] = Keeping(
        command,
        lambda told: told,
        lambda _session, kept: {name: kept[name] for name in kept if name != onces.ANSWER},
    )
    return onces.run_once(bihuan().database, agency(), actor().id, once(), keeping, work)


def done_already(command: str) -> bool:
    """Keep the key of this request; return whether it was kept before.

    For what takes many transactions: it is begun at most once under a key.
    """
    keeping: Keeping[bool] = Keeping(command, lambda _: {}, lambda *_: True)
    return onces.run_once(bihuan().database, agency(), actor().id, once(), keeping, lambda _: False)


def key() -> str | None:
    """Return the key of this request; raise Invalid where it is none."""
    found = request.headers.get(HEADER)
    if found is not None and not _KEY.fullmatch(found):
        raise Invalid.at(
            HEADER,
            "Expected a key of 1 to 128 visible ASCII characters, but it is not",
            "请求标识应为 1 至 128 个可见 ASCII 字符",
        )
    return found


def _asked() -> Once | None:
    found = key()
    return None if found is None else Once(found, _digest(), _done_before)


def _done_before() -> None:
    """Notice that what is asked for was done by another request, before or at the same moment."""
    g.replayed = True


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


def _keep(response: Response, secrets: Sequence[str]) -> Response:
    if response.status_code >= REFUSED:
        return response
    given = {
        "status": response.status_code,
        "body": _without(response.get_data(as_text=True), secrets),
        "headers": {n: response.headers[n] for n in KEPT_HEADERS if n in response.headers},
    }
    answered = bihuan().database.run(
        lambda session: onces.answer(session, agency(), actor().id, g.once, given)
    )
    again = g.get("replayed", False)
    return response if answered == given and not again else _response(answered, replayed=again)


def _without(body: str, secrets: Sequence[str]) -> str:
    if not secrets:
        return body
    return json.dumps(json.loads(body) | dict.fromkeys(secrets), ensure_ascii=False)


def _response(kept: dict[str, Any], *, replayed: bool) -> Response:
    response = Response(kept["body"], status=kept["status"], mimetype="application/json")
    response.headers.update(kept["headers"])
    if replayed:
        response.headers[REPLAYED] = "true"
    return response
