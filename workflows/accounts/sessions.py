"""Sessions: one lasting record for each browser, ended on the server.

They live by the machine's clock even where the product runs on a virtual one: a simulated
month must not sign everybody out. A change of the policy holds for sessions already open.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, true, update
from sqlalchemy.orm import Session

from engine.clock import SystemClock
from engine.errors import NotFound
from workflows.accounts import policy as policies
from workflows.accounts.policy import SignInPolicy
from workflows.accounts.tables import Account, AccountSession, SignInPolicyRow

SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is kept when a session was used: a write a minute, not one a request."""

ALL = 100_000
"""More browsers than are ever signed in at a time."""


@dataclass(frozen=True)
class Origin:
    """Where a browser signs in from."""

    address: str = ""
    browser: str = ""


@dataclass(frozen=True)
class SignedIn:
    """The account behind a valid session; `unseen` = its use was not kept for a minute."""

    account_id: str
    person_id: str
    username: str
    language: str | None
    must_change: bool = False
    unseen: bool = False


@dataclass(frozen=True)
class OpenSession:
    """A browser signed in now; `id` is a digest that opens nothing."""

    id: str
    account: str
    person: str
    username: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    browser: str


def open_session(session: Session, account: Account, origin: Origin) -> str:
    """Open a session and return the token that its cookie holds."""
    token, now = secrets.token_urlsafe(32), _now()
    session.add(
        AccountSession(
            token_digest=digest(token),
            account_id=account.id,
            opened_at=now,
            seen_at=now,
            expires_at=now + policies.current(session).lifetime,
            address=origin.address[:45],
            browser="".join(c for c in origin.browser if c.isprintable())[:200],
        )
    )
    return token


def signed_in(session: Session, token: str) -> SignedIn | None:
    """Return the account of a session that is neither ended nor expired nor left idle."""
    row = session.execute(
        select(Account, AccountSession, SignInPolicyRow)
        .join(AccountSession, AccountSession.account_id == Account.id)
        .outerjoin(SignInPolicyRow, true())
        .where(AccountSession.token_digest == digest(token))
    ).one_or_none()
    if row is None:
        return None
    account, opened, decided = row
    now = _now()
    if account.closed_at is not None or not _is_open(opened, policies.of_row(decided), now):
        return None
    return SignedIn(
        account.id,
        account.person_id,
        account.username,
        account.language,
        account.must_change,
        unseen=now - _seen(opened) >= SEEN_EVERY,
    )


def seen(session: Session, token: str) -> None:
    """Keep that a session was used now."""
    session.execute(
        update(AccountSession)
        .where(AccountSession.token_digest == digest(token), AccountSession.ended_at.is_(None))
        .values(seen_at=_now())
    )


def open_sessions(
    session: Session, *, account: str | None = None, limit: int = 500
) -> Sequence[OpenSession]:
    """Return the sessions that open something now, what was used last at the head."""
    policy = policies.current(session)
    query = (
        select(AccountSession, Account)
        .join(Account, Account.id == AccountSession.account_id)
        .where(_are_open(policy))
        .order_by(func.coalesce(AccountSession.seen_at, AccountSession.opened_at).desc())
        .limit(limit)
    )
    if account is not None:
        query = query.where(AccountSession.account_id == account)
    return [_told(opened, held, policy) for opened, held in session.execute(query)]


def one_open(session: Session, session_id: str) -> OpenSession:
    """Return an open session by its id; raise NotFound."""
    found = [one for one in open_sessions(session, limit=ALL) if one.id == session_id]
    if not found:
        raise NotFound(
            "Expected an open session, but it has ended already", "该会话不存在或已经结束"
        )
    return found[0]


def count_of_sessions(session: Session) -> dict[str, int]:
    """Return how many sessions each account has open now."""
    rows = session.execute(
        select(AccountSession.account_id, func.count())
        .where(_are_open(policies.current(session)))
        .group_by(AccountSession.account_id)
    )
    return {row[0]: row[1] for row in rows}


def end(session: Session, token: str) -> None:
    """End one session, so that its cookie opens nothing any more."""
    end_one(session, digest(token))


def end_one(session: Session, session_id: str) -> None:
    """End one session by its id."""
    _end(session, AccountSession.token_digest == session_id)


def end_all(session: Session, account_id: str, *, but: str | None = None) -> None:
    """End every session of an account, or every one but that of a token."""
    kept = true() if but is None else AccountSession.token_digest != digest(but)
    _end(session, and_(AccountSession.account_id == account_id, kept))


def digest(token: str) -> str:
    """Return the id of the session that a token opens."""
    return hashlib.sha256(token.encode()).hexdigest()


def _end(session: Session, which: ColumnElement[bool]) -> None:
    session.execute(
        update(AccountSession)
        .where(which, AccountSession.ended_at.is_(None))
        .values(ended_at=_now())
    )


def _are_open(policy: SignInPolicy) -> ColumnElement[bool]:
    now, row = _now(), AccountSession
    return and_(
        row.ended_at.is_(None),
        row.expires_at > now,
        row.opened_at > now - policy.lifetime,
        or_(row.seen_at > now - policy.idle, row.seen_at.is_(None)),
        or_(row.seen_at.is_not(None), row.opened_at > now - policy.idle),
    )


def _is_open(row: AccountSession, policy: SignInPolicy, now: datetime) -> bool:
    ends = min(row.expires_at, row.opened_at + policy.lifetime, _seen(row) + policy.idle)
    return row.ended_at is None and now < ends


def _seen(row: AccountSession) -> datetime:
    return row.seen_at or row.opened_at


def _told(row: AccountSession, account: Account, policy: SignInPolicy) -> OpenSession:
    return OpenSession(
        id=row.token_digest,
        account=row.account_id,
        person=account.person_id,
        username=account.username,
        opened_at=row.opened_at,
        seen_at=_seen(row),
        expires_at=min(row.expires_at, row.opened_at + policy.lifetime),
        address=row.address,
        browser=row.browser,
    )


def _now() -> datetime:
    return SystemClock().now()
