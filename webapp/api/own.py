"""Who one is, one's language, password and tokens."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import Response
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from engine import clock
from engine.errors import Invalid, NotFound
from engine.ports import Actor
from webapp.api import replay
from webapp.api.access import caller, check_scope, language, needs
from webapp.api.accounts import blueprint
from webapp.api.replay import once_in_one, replayable
from webapp.api.schemas.accounts import KeptTokens, Me, OwnChoices, PasswordChange, SessionPage
from webapp.context import bihuan, reading
from workflows.accounts import api_tokens, sessions, sign_in, throttle
from workflows.domain import organisation, substitutes
from workflows.domain.substitutes import StandIn

NO_CONTENT = 204


@blueprint.call("GET", "/me", "查看令牌持有人")
@needs.read
@blueprint.gives(Me)
def me() -> dict[str, Any]:
    """Tell who holds the token: bodies, roles, for whom they stand in."""
    who, token = caller().actor, caller().token
    with reading() as session:
        bodies = _bodies(session, who)
        others = substitutes.standing_in(session, who.id, clock.now())
        absent = [_stand_in(session, one) for one in others]
    return {
        "id": who.id,
        "name": who.name,
        "username": token.username,
        "language": token.language,
        "acting_for": who.acting_for,
        "may_act_for": absent,
        "bodies": bodies,
        "roles": [{"body": grant.body, "role": grant.role} for grant in who.grants],
        "scopes": token.scopes,
        "expires_at": token.expires_at,
    }


def _bodies(session: Session, who: Actor) -> list[dict[str, Any]]:
    roles: dict[str, list[str]] = {}
    for grant in who.grants:
        roles.setdefault(grant.body, []).append(grant.role)
    found = [organisation.body(session, body) for body in roles]
    english = language() == "en"
    return [
        {
            "id": body.id,
            "kind": body.kind,
            "name": body.name if english else body.name_zh,
            "roles": roles[body.id],
        }
        for body in found
    ]


@blueprint.call("PATCH", "/me", "选择语言", parameters=[replay.PARAMETER])
@needs.write
@replayable
@blueprint.takes(OwnChoices)
@blueprint.gives(OwnChoices)
def choose(wanted: dict[str, Any]) -> dict[str, Any]:
    """Choose the language of one's pages and messages."""

    def work(session: Session) -> dict[str, Any]:
        sign_in.choose_language(session, caller().token.account_id, wanted["language"])
        return {"language": wanted["language"]}

    return once_in_one("account.language", work)


@blueprint.call("POST", "/me/password", "修改密码", parameters=[replay.PARAMETER])
@needs.write
@blueprint.takes(PasswordChange)
@blueprint.gives(None, NO_CONTENT)
def change_password(wanted: dict[str, Any]) -> Response:
    """Choose another password; every session and token of the account ends, this one too.

    The token of this call is gone afterwards, so the same request sent again is not known.
    """
    account = caller().token.account_id
    with reading() as session:
        wait = throttle.waits(session, throttle.OWN_PASSWORD, account)
    if wait is not None:
        raise TooManyRequests(retry_after=ceil(wait.total_seconds()))
    try:
        with bihuan().database.begin() as unit:
            sign_in.change_password(unit, account, wanted["old"], wanted["password"])
    except Invalid as error:
        if any(fault.field == "old" for fault in error.errors):
            with bihuan().database.begin() as unit:
                throttle.count(unit, throttle.OWN_PASSWORD, account)
        raise
    return Response(status=NO_CONTENT)


@blueprint.call("GET", "/tokens", "列出本人的令牌")
@needs.read
@blueprint.gives(KeptTokens)
def list_tokens() -> dict[str, Any]:
    """List the caller's tokens that open something."""
    token = caller().token
    with reading() as session:
        found = api_tokens.kept(session, token.account_id)
    items = [vars(one) | {"current": one.id == token.id} for one in found]
    return {"items": items, "total": len(items), "next": None}


@blueprint.call("DELETE", "/tokens/<token_id>", "作废令牌", parameters=[replay.PARAMETER])
@needs.read
@replayable
@blueprint.gives(None, NO_CONTENT)
def revoke_token(token_id: str) -> Response:
    """Revoke a token of the caller's; `current` means the one of this call.

    Any token may end itself; another one takes the scope `write`.
    """
    token = caller().token
    wanted = token.id if token_id == "current" else token_id  # noqa: S105 a word, no secret
    if wanted != token.id:
        check_scope("write")

    def work(session: Session) -> dict[str, Any]:
        api_tokens.revoke_one(session, token.account_id, wanted)
        return {}

    once_in_one("token.revoke", work)
    return Response(status=NO_CONTENT)


@blueprint.call("GET", "/me/sessions", "列出本人登录的浏览器")
@needs.read
@blueprint.gives(SessionPage)
def list_sessions() -> dict[str, Any]:
    """List the browsers in which one is signed in."""
    with reading() as session:
        found = sessions.open_sessions(session, account=caller().token.account_id)
    return {"items": found, "total": len(found), "next": None}


@blueprint.call(
    "DELETE", "/me/sessions/<session_id>", "退出一个浏览器", parameters=[replay.PARAMETER]
)
@needs.write
@replayable
@blueprint.gives(None, NO_CONTENT)
def end_session(session_id: str) -> Response:
    """Sign out one of one's own browsers."""

    def work(session: Session) -> dict[str, Any]:
        found = sessions.one_open(session, session_id)
        if found.account != caller().token.account_id:
            raise NotFound("Expected a session of yours, but there is none", "没有这个会话")
        sessions.end_one(session, found.id)
        return {}

    once_in_one("session.end", work)
    return Response(status=NO_CONTENT)


def _stand_in(session: Session, one: StandIn) -> dict[str, Any]:
    absent = organisation.person(session, one.absent)
    return {
        "person": one.absent,
        "name": absent.name if language() == "en" else absent.name_zh,
        "body": one.role.body,
        "role": one.role.role,
        "instrument": one.instrument,
        "until": one.until,
    }
