"""Tokens, and who one is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, make_response
from sqlalchemy.orm import Session

from engine.errors import NotAllowed
from engine.ports import Actor
from webapp.api.access import caller, language, needs
from webapp.api.blueprint import Blueprint
from webapp.api.problems import problem
from webapp.api.schemas.accounts import Me, Token, TokenRequest
from webapp.context import bihuan, reading
from webapp.errors import outcome_of
from webapp.policy import allow
from webapp.security import limiter
from workflows.accounts import api_tokens, sign_in
from workflows.accounts.api_tokens import DEFAULT_LIFETIME, NewToken
from workflows.domain import organisation

blueprint = Blueprint("accounts", __name__, ("令牌与本人账号", "Tokens, and one's own account"))


@blueprint.call("POST", "/tokens", "用户名和密码换取令牌", refusals=(401,), security=[])
@allow.anyone
@limiter.limit("30 per minute")
@blueprint.takes(TokenRequest)
@blueprint.gives(Token, 201)
def create_token(wanted: dict[str, Any]) -> dict[str, Any] | Response:
    """Give a token for a user name and a password.

    The demonstration's password opens nothing outside a demonstration.
    """

    def work(session: Session) -> NewToken | NotAllowed:
        account = sign_in.verified(
            session,
            wanted["username"],
            wanted["password"],
            demonstration=bihuan().settings.demo,
        )
        if isinstance(account, NotAllowed):
            return account
        if account.must_change:
            return NotAllowed(
                "Expected a password of your own, but it was given for one sign-in; change it "
                "in the browser first",
                "一次性密码须先在网页登录并修改，之后才能换取令牌",
            )
        return api_tokens.issue(
            session,
            account,
            scopes=wanted["scopes"],
            name=wanted["name"],
            lifetime=_lifetime(wanted["expires_in"]),
        )

    made = bihuan().database.run(work)
    if isinstance(made, NotAllowed):
        return _refused(made)
    return {
        "token": made.token,
        "access_token": made.token,
        "token_type": "Bearer",
        "scopes": made.scopes,
        "expires_at": made.expires_at,
    }


@blueprint.call("GET", "/me", "查看令牌持有人")
@needs.read
@blueprint.gives(Me)
def me() -> dict[str, Any]:
    """Tell who holds the token: bodies, roles, for whom they stand in."""
    who, token = caller().actor, caller().token
    with reading() as session:
        bodies = _bodies(session, who)
    return {
        "id": who.id,
        "name": who.name,
        "username": token.username,
        "language": token.language,
        "acting_for": who.acting_for,
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


def _lifetime(seconds: int | None) -> timedelta:
    return DEFAULT_LIFETIME if seconds is None else timedelta(seconds=seconds)


def _refused(refusal: NotAllowed) -> Response:
    """A wrong password is no lack of permission: nobody is known yet."""
    response = make_response(problem(outcome_of(refusal), 401, refusal.text(language())))
    response.headers["WWW-Authenticate"] = 'Bearer realm="bihuan"'
    return response
