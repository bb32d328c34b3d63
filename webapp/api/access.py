"""Who calls: a bearer token and nothing else. Cookies open no door here, so none can be abused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from urllib.parse import unquote_to_bytes

from flask import Flask, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from engine import clock
from engine.errors import FieldError, NotAllowed, NotFound
from engine.ports import Actor
from webapp.api import limits
from webapp.api.worded import Malformed
from webapp.context import bihuan, reading
from webapp.policy import ATTRIBUTE, Policy, policy_of
from workflows.accounts import api_tokens
from workflows.accounts.api_tokens import TokenHolder
from workflows.domain import organisation, substitutes
from workflows.running import permission

View = TypeVar("View", bound=Callable[..., Any])

OFFICE = frozenset({"admin"})
IMPORTERS = frozenset({"officer", "head", "deputy"})
"""As the page has them."""

_LONGEST_NAME = 80
ACTING_FOR = "Acting-For"
PARAMETER = {
    "in": "header",
    "name": ACTING_FOR,
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 64},
    "description": "The absent person whose posts the caller holds today; see `GET /me`.",
}
"""What every call with a token takes."""


@dataclass(frozen=True)
class TokenPolicy(Policy):
    """A call for holders of a token with a scope."""

    scope: str = "read"


@dataclass(frozen=True)
class Caller:
    """The person behind the token, and the token's account."""

    actor: Actor
    token: TokenHolder


class _Needs:
    """The marks of calls that need a token."""

    @staticmethod
    def read(view: View) -> View:
        """Mark a call that changes nothing."""
        setattr(view, ATTRIBUTE, TokenPolicy(signed_in=False, scope="read"))
        return view

    @staticmethod
    def write(view: View) -> View:
        """Mark a call that changes something."""
        setattr(view, ATTRIBUTE, TokenPolicy(signed_in=False, scope="write"))
        return view

    @staticmethod
    def office_read(view: View) -> View:
        """Mark a call of administrators that changes nothing."""
        setattr(view, ATTRIBUTE, TokenPolicy(signed_in=False, roles=OFFICE, scope="read"))
        return view

    @staticmethod
    def office_write(view: View) -> View:
        """Mark a call of administrators that changes something."""
        setattr(view, ATTRIBUTE, TokenPolicy(signed_in=False, roles=OFFICE, scope="write"))
        return view

    @staticmethod
    def importing_read(view: View) -> View:
        """Mark a call of whoever may import a ledger, that changes nothing."""
        setattr(view, ATTRIBUTE, TokenPolicy(signed_in=False, roles=IMPORTERS, scope="read"))
        return view

    @staticmethod
    def importing_write(view: View) -> View:
        """Mark a call of whoever may import a ledger, that changes something."""
        setattr(view, ATTRIBUTE, TokenPolicy(signed_in=False, roles=IMPORTERS, scope="write"))
        return view

    @staticmethod
    def running_read(view: View) -> View:
        """Mark a call about running cases by whoever sees to them, that changes nothing.

        Of which body they are is asked further in.
        """
        setattr(
            view, ATTRIBUTE, TokenPolicy(signed_in=False, roles=permission.LOOKING, scope="read")
        )
        return view

    @staticmethod
    def running_write(view: View) -> View:
        """Mark a call that changes how running cases go on."""
        setattr(
            view, ATTRIBUTE, TokenPolicy(signed_in=False, roles=permission.LOOKING, scope="write")
        )
        return view


needs = _Needs()


def caller() -> Caller:
    """Return who calls; only marked calls may ask."""
    return cast("Caller", g.caller)


def actor() -> Actor:
    """Return the person who calls, with the roles held now."""
    return caller().actor


def language() -> str:
    """Return `zh` or `en`: what the request prefers, else the account's, else Chinese."""
    known = g.get("caller")
    fallback = known.token.language if known is not None else "zh"
    best = request.accept_languages.best_match(["zh", "zh-CN", "en"], fallback)
    return "en" if best.startswith("en") else "zh"


def enforce(app: Flask) -> None:
    """Check the token before every call that needs one."""

    @app.before_request
    def check() -> None:
        if request.endpoint is None or request.method == "OPTIONS":
            return
        method = "GET" if request.method == "HEAD" else request.method
        policy = policy_of(app, request.endpoint, method)
        if isinstance(policy, TokenPolicy):
            _check_address()
            g.caller = _caller()
            limits.of_token(g.caller.token.id)
            check_scope(policy.scope)
            _check_roles(policy)
            if method != "GET":
                # A slow sender takes his time with a large file, and needs no connection for it.
                bihuan().database.give_back()


def _caller() -> Caller:
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        raise _unauthorized()
    with reading() as session:
        token = api_tokens.holder(session, given.token)
        if token is None:
            raise _unauthorized("invalid_token")
        person = organisation.actor_of(session, token.person_id, clock.now(), token.language)
        absent = request.headers.get(ACTING_FOR)
        if absent is not None:
            person = substitutes.acting_for(session, person, absent, clock.now())
    return Caller(person, token)


def _check_address() -> None:
    """Refuse what no id or word holds: NUL, which PostgreSQL cannot compare, and no UTF-8."""
    if any("\x00" in str(value) for value in (request.view_args or {}).values()):
        raise NotFound("Expected an id, but it holds a NUL", "编号无效")
    faults = [fault for piece in request.query_string.split(b"&") for fault in _faults(piece)]
    if faults:
        raise Malformed(faults[0].message, faults[0].message_zh, faults)


def _faults(piece: bytes) -> Iterator[FieldError]:
    name = unquote_to_bytes(piece.partition(b"=")[0]).decode("utf-8", "replace")
    field = name.replace("\x00", "\ufffd")[:_LONGEST_NAME]
    content = unquote_to_bytes(piece)
    if b"\x00" in content:
        english = "Expected a text without NUL, but it holds one"
        yield FieldError(field, english, "文本中不能有 NUL 字符")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        yield FieldError(field, "Expected a text in UTF-8, but it is none", "文本编码应为 UTF-8")


def check_scope(scope: str) -> None:
    """Raise NotAllowed if the caller's token lacks a scope."""
    if scope not in caller().token.scopes:
        raise NotAllowed(
            f"Expected a token with the scope {scope}, but it has {caller().token.scopes}",
            f"令牌没有 {scope} 权限",
        )


def _check_roles(policy: TokenPolicy) -> None:
    if not policy.admits(caller().actor):
        raise NotAllowed(
            f"Expected one of the posts {', '.join(sorted(policy.roles))}, but you hold none",
            "您的岗位无权使用此功能",
        )


def _unauthorized(error: str | None = None) -> Unauthorized:
    values: dict[str, str | None] = {"realm": "bihuan"}
    if error:
        values["error"] = error
    return Unauthorized(www_authenticate=WWWAuthenticate("bearer", values))


def agency() -> str:
    """Return whose cases these are."""
    return bihuan().settings.agency
