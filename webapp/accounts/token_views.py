"""One's own tokens for programs: given for the password once more, listed, revoked one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from engine.errors import FieldError, Invalid, NotAllowed
from webapp.accounts import guarded
from webapp.context import bihuan, reading
from webapp.i18n.language import current_language, t
from webapp.policy import allow
from webapp.presentation.remaining import instant_words
from workflows.accounts import api_tokens, policy, sign_in
from workflows.accounts.api_tokens import KeptToken, NewToken

blueprint = Blueprint("own_tokens", __name__, url_prefix="/account/tokens")

NAMES = ("name", "scope", "days", "password")
USUAL_DAYS = 30


@dataclass(frozen=True)
class TokenLine:
    """One token in words."""

    id: str
    name: str
    scopes: str
    created: str
    expires: str


@blueprint.get("")
@allow.signed_in
def show() -> ResponseReturnValue:
    """List one's own tokens, with the form for another."""
    return _page({}, {})


@blueprint.post("")
@allow.signed_in
def give() -> ResponseReturnValue:
    """Give another token; it is shown this once."""
    typed = {name: request.form.get(name, "")[:200] for name in NAMES}
    try:
        made = guarded.counted(lambda session: _issued(session, typed), guarded.is_refusal)
    except Invalid as error:
        return _page(typed, _told(error.errors)), 422
    if isinstance(made, NotAllowed):
        return _page(typed, {"password": made.text(current_language())}), 422
    page = {"token": made.token, "expires": instant_words(made.expires_at, current_language())}
    return render_template("token_given.html", page=page)


@blueprint.post("/<token_id>/revoke")
@allow.signed_in
def revoke(token_id: str) -> ResponseReturnValue:
    """Revoke one of one's own tokens; of another's not even its existence is told."""
    with bihuan().database.begin() as unit:
        api_tokens.revoke_one(unit, current_user.account_id, token_id)
    flash(t("tokens.revoked"), "done")
    return redirect(url_for("own_tokens.show"), 303)


def _issued(session: Session, typed: Mapping[str, str]) -> NewToken | NotAllowed:
    if not typed["name"].strip():
        raise Invalid.at("name", "Expected a name, but it is empty", "请填写用途")
    days = _days(typed["days"], policy.current(session).token_days)
    account = sign_in.verified(
        session,
        current_user.username,
        typed["password"],
        demonstration=bihuan().settings.demo,
    )
    if isinstance(account, NotAllowed):
        return account
    scopes = ("read", "write") if typed["scope"] == "write" else ("read",)
    lifetime = timedelta(days=days)
    return api_tokens.issue(
        session, account, scopes=scopes, name=typed["name"].strip(), lifetime=lifetime
    )


def _days(typed: str, most: int) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= most and len(text) < 5):  # noqa: PLR2004 digits
        raise Invalid.at(
            "days",
            f"Expected a number of days from 1 to {most}, but it is {text[:20]!r}",
            f"有效天数应为 1 至 {most} 之间的整数",
        )
    return int(text)


def _page(typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    with reading() as unit:
        found = api_tokens.kept(unit, current_user.account_id)
        most = policy.current(unit).token_days
    page = {
        "lines": [_line(one) for one in found],
        "typed": {"days": str(min(USUAL_DAYS, most)), "scope": "read", **typed},
        "faults": faults,
        "most": most,
    }
    return render_template("tokens.html", page=page)


def _line(one: KeptToken) -> TokenLine:
    language = current_language()
    key = "tokens.write" if "write" in one.scopes else "tokens.read"
    return TokenLine(
        id=one.id,
        name=one.name or t("tokens.unnamed"),
        scopes=t(key),
        created=instant_words(one.created_at, language),
        expires=instant_words(one.expires_at, language),
    )


def _told(faults: tuple[FieldError, ...]) -> dict[str, str]:
    language = current_language()
    return {fault.field: fault.text(language) for fault in faults}
