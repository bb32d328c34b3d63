"""Tables of accounts: sessions, tokens, the policy of signing in, and what is counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, Instant


class Account(Base):
    """A person's way in: a user name and a password hash, never the password."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64), index=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    language: Mapped[str | None] = mapped_column(String(8))
    """What the person chose; until then the browser says which language it prefers."""

    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    must_change: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The password was given for one sign-in, at which another has to be chosen."""

    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class AccountSession(Base):
    """One sign-in of one browser; the cookie holds a token, the table only its digest."""

    __tablename__ = "account_session"
    __table_args__ = (Index("ix_account_session_account", "account_id", "ended_at"),)

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36), ForeignKey("account.id"))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was used last, to the minute; None until it was used again after opening."""

    address: Mapped[str] = mapped_column(String(45), default="", server_default="")
    browser: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """What the browser called itself."""

    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class ApiToken(Base):
    """A token for the JSON interface; the table holds only its digest."""

    __tablename__ = "account_token"
    __table_args__ = (Index("ix_account_token_account", "account_id", "revoked_at"),)

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36), ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class SignInPolicyRow(Base):
    """What holds for signing in, where an administrator decided it; one row at most."""

    __tablename__ = "account_policy"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shortest: Mapped[int]
    failures: Mapped[int]
    locked_minutes: Mapped[int]
    idle_minutes: Mapped[int]
    session_hours: Mapped[int]
    token_days: Mapped[int]


class ThrottleRow(Base):
    """How often something failed since an instant; every process counts here."""

    __tablename__ = "account_throttle"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """A digest: names that were tried are nobody's to read."""

    since: Mapped[datetime] = mapped_column(Instant, index=True)
    failures: Mapped[int]
