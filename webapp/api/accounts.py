"""Tokens for a user name and a password."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from flask import Response, make_response
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from engine.errors import NotAllowed
from engine.store.base import json_text
from engine.work import once as onces
from engine.work.once import Once
from webapp.accounts import guarded
from webapp.api import limits, replay
from webapp.api.access import agency, language
from webapp.api.blueprint import Blueprint
from webapp.api.problems import problem
from webapp.api.schemas.accounts import Token, TokenRequest
from webapp.context import bihuan
from webapp.errors import outcome_of
from webapp.policy import allow
from workflows.accounts import api_tokens, sign_in
from workflows.accounts.api_tokens import DEFAULT_LIFETIME, NewToken
from workflows.accounts.tables import Account

TOKENS = 120
"""Passwords a minute from one address; wrong ones are counted besides."""

blueprint = Blueprint("accounts", __name__, ("令牌与本人账号", "Tokens, and one's own account"))


@blueprint.call(
    "POST",
    "/tokens",
    "用户名和密码换取令牌",
    refusals=(401,),
    security=[],
    parameters=[replay.PARAMETER],
)
@allow.anyone
@blueprint.takes(TokenRequest)
@blueprint.gives(Token, 201)
def create_token(wanted: dict[str, Any]) -> dict[str, Any] | Response:
    """Give a token for a user name and a password.

    A token is readable only in this answer. The same request under the same key gives another
    one and revokes the one before, so that a lost answer leaves nothing behind. The
    demonstration's password opens nothing outside a demonstration.
    """
    limits.count("tokens", limits.address(), TOKENS)
    key = replay.key()

    def work(session: Session) -> NewToken | NotAllowed:
        account = _verified(session, wanted)
        if isinstance(account, NotAllowed):
            return account
        asked = Once(key, _digest(wanted)) if key else None
        return _issued(session, account, wanted, asked)

    made = guarded.counted(work, guarded.is_refusal)
    if isinstance(made, NotAllowed):
        return _refused(made)
    return {
        "id": made.id,
        "token": made.token,
        "access_token": made.token,
        "token_type": "Bearer",
        "scopes": made.scopes,
        "expires_at": made.expires_at,
    }


def _verified(session: Session, wanted: dict[str, Any]) -> Account | NotAllowed:
    account = sign_in.verified(
        session,
        wanted["username"],
        wanted["password"],
        demonstration=bihuan().settings.demo,
    )
    if isinstance(account, Account) and account.must_change:
        return NotAllowed(
            "Expected a password of your own, but it was given for one sign-in; change it "
            "in the browser first",
            "一次性密码须先在网页登录并修改，之后才能换取令牌",
        )
    return account


def _issued(
    session: Session, account: Account, wanted: dict[str, Any], asked: Once | None
) -> NewToken:
    """Issue a token; under a key it takes the place of the one issued under it before."""
    whose = (agency(), account.person_id)
    before = onces.remembered(session, *whose, asked) if asked else None
    made = api_tokens.issue(
        session,
        account,
        scopes=wanted["scopes"],
        name=wanted["name"],
        lifetime=_lifetime(wanted["expires_in"]),
    )
    if asked and before is None:
        onces.remember(session, *whose, asked, ("token", {"id": made.id}))
    elif asked and before is not None:
        api_tokens.revoke_if_there(session, account.id, str(before["id"]))
        onces.replace(session, *whose, asked, {"id": made.id})
    return made


def _digest(wanted: dict[str, Any]) -> str:
    """Return the digest of what is asked; of the password nothing is kept."""
    told = json_text({name: wanted[name] for name in wanted if name != "password"})
    return hashlib.sha256(told.encode()).hexdigest()


def _lifetime(seconds: int | None) -> timedelta:
    return DEFAULT_LIFETIME if seconds is None else timedelta(seconds=seconds)


def _refused(refusal: NotAllowed) -> Response:
    """A wrong password is no lack of permission: nobody is known yet.

    After too many of them the program is told to wait; another attempt would be as vain.
    """
    wait = refusal.details.get("retry_after")
    if wait is not None:
        patience = problem(outcome_of(TooManyRequests()), 429, refusal.text(language()))
        locked = make_response(patience)
        locked.headers["Retry-After"] = str(wait)
        return locked
    response = make_response(problem(outcome_of(refusal), 401, refusal.text(language())))
    response.headers["WWW-Authenticate"] = 'Bearer realm="bihuan"'
    return response
