"""Routes of pages that answer programs of the browser: values as JSON, refusals as problems.

They use the session and the CSRF token of the page that calls them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, current_app, jsonify, make_response, request
from werkzeug.exceptions import HTTPException, TooManyRequests, Unauthorized

from engine import errors
from webapp.api import strict_json
from webapp.api.blueprint import PROBLEM
from webapp.api.problems import unforeseen
from webapp.api.worded import Worded
from webapp.errors import outcome_of, sentence_of
from webapp.i18n.catalogue import text
from webapp.i18n.language import current_language

log = structlog.get_logger()

View = TypeVar("View", bound=Callable[..., Any])

ATTRIBUTE = "bihuan_json"
LARGEST_BODY = 12_000_000
"""Bytes: a draft of the largest size with its quotation marks escaped."""

SMALL_BODY = 10_000
"""Bytes of what carries no file."""

SERVER = 500


def json_only(view: View) -> View:
    """Mark a route whose every answer, a refusal too, is JSON."""
    setattr(view, ATTRIBUTE, True)
    return view


def sent(largest: int = LARGEST_BODY) -> dict[str, Any]:
    """Return the object that was sent; raise Invalid where it is none."""
    value = strict_json.body_of(request, largest)
    if not isinstance(value, dict):
        raise errors.Invalid("Expected a JSON object, but it is none", "请求内容应为 JSON 对象")
    return value


def whole(body: dict[str, Any], name: str) -> int:
    """Return a whole number of what was sent; raise Invalid at its name where it is none."""
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise errors.Invalid.at(name, f"Expected a whole number as {name}", f"{name} 应为整数")
    return value


def answer(value: dict[str, Any]) -> Response:
    """Return a value as JSON."""
    return jsonify(value)


def register(app: Flask) -> None:
    """Answer errors of the marked routes with problems; every other route keeps its own."""
    for kind in (errors.BihuanError, HTTPException, Exception):
        theirs = app.error_handler_spec[None][None].get(kind)
        app.register_error_handler(kind, _either(theirs))


def _either(theirs: Any) -> Callable[[Exception], Any]:  # noqa: ANN401 Flask's own type is wider
    def handle(error: Exception) -> Any:  # noqa: ANN401
        if _is_marked():
            return _problem(error)
        if theirs is None:
            raise error
        return theirs(error)

    return handle


def _is_marked() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, ATTRIBUTE, False))


def _problem(error: Exception) -> Response:
    if not isinstance(error, errors.BihuanError | HTTPException):
        return unforeseen(error)
    outcome = outcome_of(error)
    status = (error.code or SERVER) if isinstance(error, HTTPException) else outcome.status
    if status >= SERVER:
        log.error("studio", path=request.path, exc_info=error)
    sentence, more = _said(error)
    response = make_response(
        {
            "type": f"/api/v1/docs#problem-{outcome.slug}",
            "title": text(outcome.title, current_language()),
            "status": status,
            "detail": sentence,
            **more,
        },
        status,
    )
    response.content_type = PROBLEM
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after or 60)
    return response


def _said(error: errors.BihuanError | HTTPException) -> tuple[str, dict[str, Any]]:
    """Return the sentence, what is wrong by field, and what a stale sender has to know."""
    language = current_language()
    if isinstance(error, Worded):
        by_field = error.by_field(language)
        return error.text(language), {"errors": by_field} if by_field else {}
    more: dict[str, Any] = {}
    if isinstance(error, errors.Invalid) and error.errors:
        more["errors"] = error.by_field(language)
    if isinstance(error, errors.Stale):
        more |= {name: _plain(value) for name, value in error.details.items()}
    if isinstance(error, Unauthorized):
        return text("sign_in.needed", language), more
    return sentence_of(error, outcome_of(error)), more


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return value[1 if current_language() == "en" else 0]
    return value
