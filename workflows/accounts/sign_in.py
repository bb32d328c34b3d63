"""Signing in and out: one lasting record for each browser, ended on the server.

Sessions live by the machine's clock even where the product runs on a virtual one: a
simulated month must not sign everybody out.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.clock import SystemClock
from engine.errors import Invalid, NotAllowed, NotFound
from engine.store.ids import new_id
from workflows.accounts import api_tokens, passwords
from workflows.accounts.tables import Account, AccountSession

LIFETIME = timedelta(hours=12)
"""A working day with overtime; then the password is asked for again."""

MOST_FAILURES = 10
LOCKED_FOR = timedelta(minutes=15)
USERNAME = re.compile(r"[a-z][a-z0-9._-]*", re.ASCII)
LONGEST_USERNAME = 64


@dataclass(frozen=True)
class SignedIn:
    """The account behind a valid session."""

    account_id: str
    person_id: str
    username: str
    language: str | None
    must_change: bool = False


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
    passwords.check_strength(password, username)
    account.password_hash = passwords.hashed(password)
    account.failures, account.locked_until, account.must_change = 0, None, False
    end_all(session, account.id)
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
    session: Session, username: str, password: str, *, demonstration: bool = False
) -> Attempt:
    """Check a password and open a session; a refusal is returned so that it is counted.

    The refusal is the same for an unknown name and a wrong password. The password of the
    demonstration fits only where a demonstration runs.
    """
    account = verified(session, username, password, demonstration=demonstration)
    if isinstance(account, NotAllowed):
        return Attempt(None, account)
    return Attempt(_open(session, account, _now()), None)


def verified(
    session: Session, username: str, password: str, *, demonstration: bool = False
) -> Account | NotAllowed:
    """Return the account that a password opens, or the refusal, which is counted."""
    now = _now()
    account = _by_username(session, username.strip())
    fits = passwords.matches(account.password_hash if account else None, password)
    fits = fits and (demonstration or password != passwords.DEMONSTRATION)
    if account is None or account.closed_at is not None:
        return _refused()
    if account.locked_until is not None and account.locked_until > now:
        return _locked()
    if not fits:
        _count_failure(account, now)
        return _refused()
    account.failures, account.locked_until = 0, None
    if passwords.is_outdated(account.password_hash):
        account.password_hash = passwords.hashed(password)
    return account


def signed_in(session: Session, token: str) -> SignedIn | None:
    """Return the account of a session that is neither ended nor expired."""
    row = session.execute(
        select(Account)
        .join(AccountSession, AccountSession.account_id == Account.id)
        .where(
            AccountSession.token_digest == _digest(token),
            AccountSession.ended_at.is_(None),
            AccountSession.expires_at > _now(),
            Account.closed_at.is_(None),
        )
    ).scalar_one_or_none()
    if row is None:
        return None
    return SignedIn(row.id, row.person_id, row.username, row.language, row.must_change)


def people(session: Session) -> dict[str, str]:
    """Return the person of every open account, by user name."""
    rows = session.execute(
        select(Account.username, Account.person_id)
        .where(Account.closed_at.is_(None))
        .order_by(Account.username)
    )
    return {row.username: row.person_id for row in rows}


def end(session: Session, token: str) -> None:
    """End one session, so that its cookie opens nothing any more."""
    session.execute(
        update(AccountSession)
        .where(AccountSession.token_digest == _digest(token), AccountSession.ended_at.is_(None))
        .values(ended_at=_now())
    )


def end_all(session: Session, account_id: str) -> None:
    """End every session of an account."""
    session.execute(
        update(AccountSession)
        .where(AccountSession.account_id == account_id, AccountSession.ended_at.is_(None))
        .values(ended_at=_now())
    )


def choose_language(session: Session, account_id: str, language: str) -> None:
    """Remember the language of an account."""
    session.execute(update(Account).where(Account.id == account_id).values(language=language))


def _by_username(session: Session, username: str) -> Account | None:
    return session.execute(select(Account).where(Account.username == username)).scalar_one_or_none()


def _open(session: Session, account: Account, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.add(
        AccountSession(
            token_digest=_digest(token),
            account_id=account.id,
            opened_at=now,
            expires_at=now + LIFETIME,
        )
    )
    return token


def _count_failure(account: Account, now: datetime) -> None:
    account.failures += 1
    if account.failures >= MOST_FAILURES:
        account.failures, account.locked_until = 0, now + LOCKED_FOR


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    return SystemClock().now()


def _refused() -> NotAllowed:
    return NotAllowed(
        "Expected a known user name with its password, but they do not fit together",
        "用户名或密码不正确",
    )


def _locked() -> NotAllowed:
    minutes = int(LOCKED_FOR.total_seconds() // 60)
    return NotAllowed(
        f"Expected fewer than {MOST_FAILURES} wrong passwords in a row, but there were more; "
        f"try again in {minutes} minutes",
        f"密码连续输错 {MOST_FAILURES} 次，账号已暂时锁定，请 {minutes} 分钟后再试",
    )
