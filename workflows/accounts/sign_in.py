"""Signing in: a password opens a session; wrong ones are counted, for every process alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.clock import SystemClock
from engine.errors import Invalid, NotAllowed, NotFound
from engine.store.ids import new_id
from workflows.accounts import api_tokens, passwords, policy, sessions, throttle
from workflows.accounts.policy import SignInPolicy
from workflows.accounts.sessions import Origin
from workflows.accounts.tables import Account
from workflows.accounts.throttle import Limit

USERNAME = re.compile(r"[a-z][a-z0-9._-]*", re.ASCII)
LONGEST_USERNAME = 64


@dataclass(frozen=True)
class Attempt:
    """What came of an attempt: a session token, or the refusal to be shown."""

    token: str | None
    refusal: NotAllowed | None


def add_account(session: Session, username: str, password: str, person_id: str) -> str:
    """Add an account and return its id; the caller decides whether the password will do."""
    account = Account(
        id=new_id(),
        person_id=person_id,
        username=username,
        password_hash=passwords.hashed(password),
        failures=0,
        created_at=_now(),
    )
    session.add(account)
    session.flush()
    return account.id


def set_password(session: Session, username: str, password: str) -> None:
    """Replace a password, end every session and token of the account, unlock it."""
    account = _by_username(session, username)
    if account is None:
        raise NotFound(
            f"Expected an account named {username}, but there is none",
            f"没有名为“{username}”的账号",
        )
    passwords.check_strength(password, username, policy.current(session).shortest)
    account.password_hash = passwords.hashed(password)
    account.failures, account.locked_until, account.must_change = 0, None, False
    sessions.end_all(session, account.id)
    api_tokens.revoke_all(session, account.id)


def change_password(session: Session, account_id: str, old: str, new: str) -> None:
    """Let a person choose another password; every session and token of the account ends.

    Raises:
        Invalid: the old password does not fit, or the new one will not do.
    """
    account = session.get_one(Account, account_id)
    if not passwords.matches(account.password_hash, old):
        raise Invalid.at(
            "old", "Expected your present password, but it does not fit", "当前密码不正确"
        )
    if old == new:
        raise Invalid.at(
            "password",
            "Expected another password, but it is the present one",
            "新密码不得与当前密码相同",
        )
    set_password(session, account.username, new)


def attempt(
    session: Session,
    username: str,
    password: str,
    *,
    demonstration: bool = False,
    origin: Origin | None = None,
) -> Attempt:
    """Check a password and open a session; a refusal is returned so that it is counted.

    The refusal is the same for an unknown name and a wrong password. The password of the
    demonstration fits only where a demonstration runs.
    """
    account = verified(session, username, password, demonstration=demonstration)
    if isinstance(account, NotAllowed):
        return Attempt(None, account)
    return Attempt(sessions.open_session(session, account, origin or Origin()), None)


def verified(
    session: Session, username: str, password: str, *, demonstration: bool = False
) -> Account | NotAllowed:
    """Return the account that a password opens, or the refusal, which is counted."""
    now, rules = _now(), policy.current(session)
    account = _by_username(session, username.strip())
    fits = passwords.matches(account.password_hash if account else None, password)
    fits = fits and (demonstration or password != passwords.DEMONSTRATION)
    if account is None or account.closed_at is not None:
        return _of_nobody(session, username.strip(), rules)
    if account.locked_until is not None and account.locked_until > now:
        return _locked(rules)
    if not fits:
        _count_failure(account, now, rules)
        return _refused()
    account.failures, account.locked_until = 0, None
    if passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hashed(password)
    return account


def people(session: Session) -> dict[str, str]:
    """Return the person of every open account, by user name."""
    rows = session.execute(
        select(Account.username, Account.person_id)
        .where(Account.closed_at.is_(None))
        .order_by(Account.username)
    )
    return {row.username: row.person_id for row in rows}


def choose_language(session: Session, account_id: str, language: str) -> None:
    """Remember the language of an account."""
    session.execute(update(Account).where(Account.id == account_id).values(language=language))


def _by_username(session: Session, username: str) -> Account | None:
    return session.execute(select(Account).where(Account.username == username)).scalar_one_or_none()


def _count_failure(account: Account, now: datetime, rules: SignInPolicy) -> None:
    account.failures += 1
    if account.failures >= rules.failures:
        account.failures, account.locked_until = 0, now + rules.locked_for


def _of_nobody(session: Session, username: str, rules: SignInPolicy) -> NotAllowed:
    """Refuse a name without an account as one with it, also when it was tried too often."""
    limit = Limit("name", rules.failures, rules.locked_for)
    if throttle.waits(session, limit, username) is not None:
        return _locked(rules)
    throttle.count(session, limit, username)
    return _refused()


def _now() -> datetime:
    return SystemClock().now()


def _refused() -> NotAllowed:
    return NotAllowed(
        "Expected a known user name with its password, but they do not fit together",
        "用户名或密码不正确",
    )


def _locked(rules: SignInPolicy) -> NotAllowed:
    most, minutes = rules.failures, rules.locked_minutes
    return NotAllowed(
        f"Expected fewer than {most} wrong passwords in a row, but there were more; "
        f"try again in {minutes} minutes",
        f"密码连续输错 {most} 次，账号已暂时锁定，请 {minutes} 分钟后再试",
        retry_after=int(rules.locked_for.total_seconds()),
    )
