"""Accounts: opened with a one-time password, reset, closed, and their sessions ended."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.clock import SystemClock
from engine.errors import Conflict, Invalid, NotFound
from workflows.accounts import api_tokens, policy, sessions, sign_in
from workflows.accounts.tables import Account
from workflows.administration import posts
from workflows.administration.command import Command, Data, Done
from workflows.administration.desk import Desk
from workflows.administration.questions import form, text
from workflows.administration.setting_up import check_username
from workflows.domain import organisation

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are misread on paper or over the telephone."""


def open_account(desk: Desk, person: str, username: str) -> str:
    """Open an account for a person and return its one-time password."""
    check_free(desk.session, username)
    secret = one_time_password(desk.session)
    account = sign_in.add_account(desk.session, username, secret, person)
    desk.session.get_one(Account, account).must_change = True
    desk.session.flush()
    desk.record("account.add", person, {"username": username, "account": account})
    return secret


def check_free(session: Session, username: str) -> None:
    """Raise Invalid at `username` unless it can be a user name and is nobody's."""
    check_username(username)
    if session.scalar(select(Account.id).where(Account.username == username)) is not None:
        raise Invalid.at(
            "username",
            f"Expected a free user name, but {username} is taken",
            f"用户名 {username} 已被使用",
        )


def one_time_password(session: Session) -> str:
    """Return a password to be read out once and replaced at the first sign-in."""
    count = max(4, policy.current(session).shortest // 5 + 1)
    blocks = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(count))
    return "-".join(blocks)


def close_all_of(desk: Desk, person: str) -> int:
    """Close every account of a person with its sessions and tokens; return how many."""
    query = select(Account).where(Account.person_id == person, Account.closed_at.is_(None))
    found = list(desk.session.scalars(query))
    for account in found:
        _shut(desk.session, account)
    return len(found)


def _add(desk: Desk, subject: str, data: Data) -> Done:
    organisation.person(desk.session, subject)
    return Done(subject, open_account(desk, subject, data["username"]))


def _reset(desk: Desk, subject: str, _data: Data) -> Done:
    account = _account(desk.session, subject)
    if account.closed_at is not None:
        raise Conflict(
            "Expected an open account, but it is closed; open it again first",
            "账号已停用，请先启用",
        )
    secret = one_time_password(desk.session)
    sign_in.set_password(desk.session, account.username, secret)
    account.must_change = True
    desk.record("account.reset", account.person_id, {"username": account.username})
    return Done(account.person_id, secret)


def _close(desk: Desk, subject: str, data: Data) -> Done:
    account = _account(desk.session, subject)
    if account.person_id == desk.actor.id:
        raise Conflict(
            "Expected the account of somebody else, but it is your own",
            "不能停用自己的账号，请由另一名管理员办理",
        )
    if account.closed_at is not None:
        raise Conflict("Expected an open account, but it is closed", "账号已经停用")
    _shut(desk.session, account)
    told = {"username": account.username, "reason": data.get("reason")}
    desk.record("account.close", account.person_id, told)
    return Done(account.person_id)


def _reopen(desk: Desk, subject: str, data: Data) -> Done:
    account = _account(desk.session, subject)
    if account.closed_at is None:
        raise Conflict("Expected a closed account, but it is open", "账号没有停用")
    account.closed_at = None
    secret = one_time_password(desk.session)
    sign_in.set_password(desk.session, account.username, secret)
    account.must_change = True
    told = {"username": account.username, "reason": data.get("reason")}
    desk.record("account.reopen", account.person_id, told)
    return Done(account.person_id, secret)


def _end_sessions(desk: Desk, subject: str, data: Data) -> Done:
    account = _account(desk.session, subject)
    sessions.end_all(desk.session, subject)
    api_tokens.revoke_all(desk.session, subject)
    told = {"username": account.username, "reason": data.get("reason")}
    desk.record("account.end_sessions", account.person_id, told)
    return Done(account.person_id)


def _shut(session: Session, account: Account) -> None:
    account.closed_at = _now()
    sessions.end_all(session, account.id)
    api_tokens.revoke_all(session, account.id)
    session.flush()


def _account(session: Session, account_id: str) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("Expected an account, but there is none of this id", "没有这个账号")
    return account


def _now() -> datetime:
    return SystemClock().now()


def _suggested(_session: Session, subject: str) -> Data:
    fits = sign_in.USERNAME.fullmatch(subject) and not subject.startswith("person")
    return {"username": subject} if fits else {}


_ONCE = (
    "显示一次性密码，本人首次登录时须更换；原有会话和令牌立即失效。",
    "A one-time password is shown, to be replaced at the first sign-in; sessions and tokens end.",
)

COMMANDS = (
    Command(
        "account.add",
        "accounts",
        ("开设账号", "Open an account"),
        form("account_add", text("username", ("用户名", "User name"), longest=64)),
        _add,
        values=_suggested,
        lead=_ONCE,
    ),
    Command(
        "account.reset",
        "accounts",
        ("重设密码", "Reset the password"),
        form("account_reset", posts.REASON),
        _reset,
        lead=_ONCE,
    ),
    Command(
        "account.close",
        "accounts",
        ("停用账号", "Close the account"),
        form("account_close", posts.REASON),
        _close,
        lead=("会话和令牌立即失效。", "Its sessions and tokens end at once."),
    ),
    Command(
        "account.reopen",
        "accounts",
        ("启用账号", "Open the account again"),
        form("account_reopen", posts.REASON),
        _reopen,
        lead=_ONCE,
    ),
    Command(
        "account.end_sessions",
        "accounts",
        ("结束会话", "End the sessions"),
        form("account_end_sessions", posts.REASON),
        _end_sessions,
        lead=(
            "该账号在所有浏览器中退出，接口令牌作废。",
            "The account is signed out everywhere and its tokens are revoked.",
        ),
    ),
)
