"""The one table from what went wrong to what the outside is told.

Pages and the JSON API read the same rows: status, title key and problem type. Refusals of
the engine bring their own sentence; anything unforeseen gets a reference number and a log
entry, and never shows a traceback.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import structlog
from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    MethodNotAllowed,
    RequestEntityTooLarge,
    TooManyRequests,
    Unauthorized,
)
from werkzeug.exceptions import NotFound as NoRoute

from engine import errors
from webapp.accounts.users import Nobody
from webapp.forms.sent_again import sent_again
from webapp.i18n.language import current_language, t

log = structlog.get_logger()


@dataclass(frozen=True)
class Outcome:
    """How one kind of mistake is told: status, slug of the problem type, title, sentence."""

    status: int
    slug: str
    title: str
    sentence: str | None = None


TABLE: dict[type[Exception], Outcome] = {
    errors.NotFound: Outcome(404, "not-found", "error.not_found.title"),
    errors.NotAllowed: Outcome(403, "not-allowed", "error.not_allowed.title"),
    errors.Stale: Outcome(409, "stale", "error.stale.title"),
    errors.Conflict: Outcome(409, "conflict", "error.conflict.title"),
    errors.Invalid: Outcome(422, "invalid", "error.invalid.title"),
    errors.Unavailable: Outcome(503, "unavailable", "error.unavailable.title"),
    errors.Incident: Outcome(500, "incident", "error.incident.title"),
    CSRFError: Outcome(400, "expired", "error.expired.title", "error.expired.text"),
    NoRoute: Outcome(404, "not-found", "error.not_found.title", "error.not_found.text"),
    Unauthorized: Outcome(401, "sign-in", "sign_in.title", "sign_in.needed"),
    MethodNotAllowed: Outcome(405, "method", "error.method.title", "error.request.text"),
    RequestEntityTooLarge: Outcome(
        413, "too-large", "error.too_large.title", "error.too_large.text"
    ),
    TooManyRequests: Outcome(429, "too-many", "error.too_many.title", "sign_in.too_many"),
    BadRequest: Outcome(400, "request", "error.request.title", "error.request.text"),
    HTTPException: Outcome(400, "request", "error.request.title", "error.request.text"),
}
"""By class; the nearest ancestor counts."""

RETRY_SECONDS = 5
"""When to try again where the database did not answer."""

UNFORESEEN = Outcome(500, "server", "error.server.title", "error.server.text")


def outcome_of(error: Exception) -> Outcome:
    """Return the row for an error by its nearest class in the table."""
    for kind in type(error).__mro__:
        if kind in TABLE:
            found = TABLE[kind]
            if kind is HTTPException and isinstance(error, HTTPException) and error.code:
                return Outcome(error.code, found.slug, found.title, found.sentence)
            return found
    return UNFORESEEN


def sentence_of(error: Exception, outcome: Outcome, reference: str = "") -> str:
    """Return what is said about an error in the language of the request."""
    if isinstance(error, errors.BihuanError):
        return error.text(current_language())
    return t(outcome.sentence or "error.request.text", reference=reference, megabytes=_most())


def register(app: Flask) -> None:
    """Answer every error of a page by the table."""
    app.register_error_handler(errors.BihuanError, _page)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _page(error: Exception) -> ResponseReturnValue:
    outcome = outcome_of(error)
    if isinstance(error, errors.Unavailable):
        return _out_of_reach(error)
    if isinstance(error, errors.Incident):
        log.error("incident", path=request.path, error=error.message, **error.details)
    return _rendered(outcome, sentence_of(error, outcome))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:  # noqa: PLR2004 redirects
        return error
    if isinstance(error, Unauthorized):
        return redirect(url_for("accounts.sign_in", next=_here()))
    if (error.code or 500) >= 500:  # noqa: PLR2004 statuses of the server's own failures
        return _unforeseen(error)
    return _patient(error, make_response(_page(error)))


def _patient(error: HTTPException, response: Response) -> Response:
    """Say when to try again, where that is known."""
    if isinstance(error, TooManyRequests) and error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _unforeseen(error: Exception) -> ResponseReturnValue:
    reference = secrets.token_hex(4)
    log.error("unforeseen", reference=reference, path=request.path, exc_info=error)
    return _rendered(UNFORESEEN, sentence_of(error, UNFORESEEN, reference))


def _rendered(outcome: Outcome, sentence: str) -> ResponseReturnValue:
    try:
        page = render_template("error.html", outcome=outcome, sentence=sentence)
    except errors.Unavailable as error:
        return _out_of_reach(error)
    return make_response(page, outcome.status)


def _out_of_reach(error: errors.Unavailable) -> ResponseReturnValue:
    """Answer without the database: no frame, who asks only if that was known before."""
    log.warning("unavailable", path=request.path, error=error.message)
    if "_login_user" not in g:
        g._login_user = Nobody()  # noqa: SLF001 else every template asks the database again
    outcome = outcome_of(error)
    page = render_template(
        "unavailable.html",
        outcome=outcome,
        sentence=sentence_of(error, outcome),
        again=sent_again(),
    )
    response = make_response(page, outcome.status)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _here() -> str | None:
    """Where to go back to after signing in; never after a POST, which cannot be repeated."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def _most() -> int:
    return int(current_app.config["MAX_CONTENT_LENGTH"]) // 2**20
