"""Errors as RFC 9457 problem documents, in the language of the request."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from engine import errors
from webapp.api.access import language
from webapp.api.blueprint import PREFIX, PROBLEM
from webapp.api.worded import Worded
from webapp.errors import UNFORESEEN, Outcome, outcome_of
from webapp.i18n.catalogue import text

log = structlog.get_logger()

Handler = Callable[[Exception], Any]

STALE = 412
SERVER = 500
SENTENCES: dict[int, tuple[str, str]] = {
    400: ("请求格式有误", "Expected a well-formed request, but it is not"),
    401: (
        "请提供有效的访问令牌(Authorization: Bearer …)",
        "Expected a valid bearer token, but there is none",
    ),
    404: ("没有这个地址", "Expected a known address, but it is none"),
    405: ("该地址不支持此方法", "Expected another method for this address"),
    413: ("请求内容过大，最多 {most} 字节", "Expected a request of at most {most} bytes"),
    415: ("请求内容类型不受支持", "Expected another content type"),
    428: (
        "请在 If-Match 中带上读取时的 ETag；确认不论版本时写 *",
        "Expected If-Match with the ETag that it was read with, or *, but there is none",
    ),
    429: ("请求过于频繁，请稍后再试", "Expected fewer requests, please wait a moment"),
}
"""What is told where the error has no sentence of its own: Chinese, English."""


def register(app: Flask) -> None:
    """Answer errors below the interface's address with problems; pages keep their own."""
    handlers: tuple[tuple[type[Exception], Handler], ...] = (
        (errors.BihuanError, refused),
        (HTTPException, _http),
        (Exception, unforeseen),
    )
    for kind, ours in handlers:
        theirs = app.error_handler_spec[None][None].get(kind)
        app.register_error_handler(kind, _either(ours, theirs))


def _either(ours: Handler, theirs: Any) -> Handler:  # noqa: ANN401 Flask's own type is wider
    def handle(error: Exception) -> Any:  # noqa: ANN401
        if request.path == "/api" or request.path.startswith("/api/"):
            return ours(error)
        if theirs is None:
            raise error
        return theirs(error)

    return handle


def refused(error: Exception) -> Response:
    """Tell a refusal in its own words, by field where it has fields."""
    assert isinstance(error, errors.BihuanError)  # noqa: S101 registered for nothing else
    outcome = outcome_of(error)
    status = STALE if isinstance(error, errors.Stale) else outcome.status
    more: dict[str, Any] = {}
    if isinstance(error, errors.Invalid) and error.errors:
        more["errors"] = error.by_field(language())
    if isinstance(error, errors.Incident):
        log.error("incident", path=request.path, error=error.message)
    response = problem(outcome, status, error.text(language()), more)
    if isinstance(error, errors.Unavailable):
        response.headers["Retry-After"] = "2"
    return response


def _http(error: Exception) -> Any:  # noqa: ANN401 a redirect stays what it is
    assert isinstance(error, HTTPException)  # noqa: S101 registered for nothing else
    status = error.code or SERVER
    if error.response is not None or status < 400:  # noqa: PLR2004 redirects
        return error
    if status >= SERVER:
        return unforeseen(error)
    response = problem(outcome_of(error), status, *_said(error, status))
    for name, value in error.get_headers(request.environ):
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    if status == 429:  # noqa: PLR2004 limits are told by the minute
        response.headers.setdefault("Retry-After", "60")
    return response


def _said(error: HTTPException, status: int) -> tuple[str, dict[str, Any]]:
    """Return the sentence of an error, and what is wrong by field where it says so."""
    if isinstance(error, Worded):
        by_field = error.by_field(language())
        return error.text(language()), {"errors": by_field} if by_field else {}
    chinese, english = SENTENCES.get(status, SENTENCES[400])
    most = current_app.config["MAX_CONTENT_LENGTH"]
    return (english if language() == "en" else chinese).format(most=most), {}


def unforeseen(error: Exception) -> Response:
    """Tell nothing of a fault of ours but a reference to the log."""
    reference = secrets.token_hex(4)
    log.error("unforeseen", reference=reference, path=request.path, exc_info=error)
    sentence = text(
        UNFORESEEN.sentence or "error.server.text", language(), reference=reference, megabytes=""
    )
    return problem(UNFORESEEN, SERVER, sentence, {"reference": reference})


def problem(
    outcome: Outcome, status: int, detail: str, more: dict[str, Any] | None = None
) -> Response:
    """Return a problem document."""
    document = {
        "type": f"{PREFIX}/docs#problem-{outcome.slug}",
        "title": text(outcome.title, language()),
        "status": status,
        "detail": detail,
        "instance": request.path,
        **(more or {}),
    }
    content = json.dumps(document, ensure_ascii=False)
    response = Response(content, status=status, content_type=PROBLEM)
    response.headers["Content-Language"] = language()
    response.headers["Vary"] = "Accept-Language"
    return response
