"""Tokens of the JSON interface: given for a password, kept as a digest, scoped, expiring.

Like sessions they live by the machine's clock, also where the product runs on a virtual one.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from engine.clock import SystemClock
from engine.errors import Invalid, NotFound
from workflows.accounts import policy
from workflows.accounts.tables import Account, ApiToken

SCOPES = ("read", "write")
DEFAULT_LIFETIME = timedelta(hours=12)
LONGEST_LIFETIME = timedelta(days=policy.BOUNDS["token_days"].most)
"""However the rules of signing in are set; they may say less."""

PREFIX = "bh_"
"""Marks a leaked token as ours to whoever scans for secrets."""

ID_LENGTH = 32
"""Of the digest, as much as tells tokens apart."""


@dataclass(frozen=True)
class NewToken:
    """A token that was just made: the only time that it is readable."""

    token: str
    scopes: tuple[str, ...]
    expires_at: datetime

    @property
    def id(self) -> str:
        """What lists show of it."""
        return id_of(self.token)


@dataclass(frozen=True)
class TokenHolder:
    """The account behind a valid token, with what the token allows."""

    id: str
    account_id: str
    person_id: str
    username: str
    language: str
    scopes: tuple[str, ...]
    expires_at: datetime


def issue(
    session: Session,
    account: Account,
    *,
    scopes: Iterable[str] = SCOPES,
    name: str = "",
    lifetime: timedelta = DEFAULT_LIFETIME,
) -> NewToken:
    """Give an account a token; raise Invalid for a scope or a lifetime that is not offered."""
    wanted = _known_scopes(scopes)
    longest = policy.current(session).token_lifetime
    if not timedelta() < lifetime <= longest:
        raise Invalid.at(
            "expires_in",
            f"Expected a lifetime of at most {longest.days} days, but it is {lifetime}",
            f"令牌有效期最长 {longest.days} 天",
        )
    token, now = PREFIX + secrets.token_urlsafe(32), _now()
    session.add(
        ApiToken(
            token_digest=_digest(token),
            account_id=account.id,
            name=name[:100],
            scopes=" ".join(wanted),
            created_at=now,
            expires_at=now + lifetime,
        )
    )
    return NewToken(token, wanted, now + lifetime)


def holder(session: Session, token: str) -> TokenHolder | None:
    """Return who a token stands for, or None if it is unknown, revoked or expired."""
    row = session.execute(
        select(
            ApiToken.token_digest,
            ApiToken.scopes,
            ApiToken.expires_at,
            Account.id,
            Account.person_id,
            Account.username,
            Account.language,
        )
        .join(ApiToken, ApiToken.account_id == Account.id)
        .where(
            ApiToken.token_digest == _digest(token),
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > _now(),
            Account.closed_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    return TokenHolder(
        id=row.token_digest[:ID_LENGTH],
        account_id=row.id,
        person_id=row.person_id,
        username=row.username,
        language=row.language or "zh",
        scopes=tuple(row.scopes.split()),
        expires_at=row.expires_at,
    )


@dataclass(frozen=True)
class KeptToken:
    """A token that is neither revoked nor expired; `id` opens nothing."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime


def kept(session: Session, account_id: str) -> list[KeptToken]:
    """Return the tokens of an account that open something, the newest first."""
    rows = session.scalars(
        select(ApiToken)
        .where(
            ApiToken.account_id == account_id,
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > _now(),
        )
        .order_by(ApiToken.created_at.desc(), ApiToken.token_digest)
    )
    return [
        KeptToken(
            row.token_digest[:ID_LENGTH],
            row.name,
            tuple(row.scopes.split()),
            row.created_at,
            row.expires_at,
        )
        for row in rows
    ]


def id_of(token: str) -> str:
    """Return the id that lists show of a token."""
    return _digest(token)[:ID_LENGTH]


def revoke_one(session: Session, account_id: str, token_id: str) -> None:
    """End a token of an account by the id that lists show; raise NotFound if there is none."""
    if token_id not in {one.id for one in kept(session, account_id)}:
        raise NotFound("Expected a token of yours, but there is none of this id", "没有这个令牌")
    revoke_if_there(session, account_id, token_id)


def revoke_if_there(session: Session, account_id: str, token_id: str) -> None:
    """End a token of an account by the id that lists show, unless it ended before."""
    mine = ApiToken.account_id == account_id
    _revoke(session, mine & ApiToken.token_digest.startswith(token_id, autoescape=True))


def revoke(session: Session, token: str) -> None:
    """End a token."""
    _revoke(session, ApiToken.token_digest == _digest(token))


def revoke_all(session: Session, account_id: str) -> None:
    """End every token of an account."""
    _revoke(session, ApiToken.account_id == account_id)


def _revoke(session: Session, which: ColumnElement[bool]) -> None:
    session.execute(
        update(ApiToken).where(which, ApiToken.revoked_at.is_(None)).values(revoked_at=_now())
    )


def _known_scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    wanted = set(scopes)
    if not wanted or wanted - set(SCOPES):
        raise Invalid.at(
            "scopes",
            f"Expected scopes among {', '.join(SCOPES)}, but they are {sorted(wanted)}",
            f"令牌权限只能是 {'、'.join(SCOPES)}",
        )
    return tuple(scope for scope in SCOPES if scope in wanted)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    return SystemClock().now()
