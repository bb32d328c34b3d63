"""What holds for signing in: numbers that an administrator sets within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from workflows.accounts.tables import SignInPolicyRow

_ROW = 1


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a number may be."""

    least: int
    most: int


BOUNDS: Mapping[str, Bounds] = {
    "shortest": Bounds(8, 40),
    "failures": Bounds(3, 20),
    "locked_minutes": Bounds(5, 24 * 60),
    "idle_minutes": Bounds(5, 12 * 60),
    "session_hours": Bounds(1, 24),
    "token_days": Bounds(1, 366),
}
"""No number switches a protection off, and none locks everybody out."""


@dataclass(frozen=True)
class SignInPolicy:
    """Characters, wrong passwords in a row, minutes, minutes, hours and days."""

    shortest: int = 10
    failures: int = 10
    locked_minutes: int = 15
    idle_minutes: int = 120
    session_hours: int = 12
    token_days: int = 366

    @property
    def locked_for(self) -> timedelta:
        """How long an account stays locked."""
        return timedelta(minutes=self.locked_minutes)

    @property
    def idle(self) -> timedelta:
        """After how long without a request a session ends."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def lifetime(self) -> timedelta:
        """After how long a session ends, used or not: a working day with overtime."""
        return timedelta(hours=self.session_hours)

    @property
    def token_lifetime(self) -> timedelta:
        """How long a token may be asked for at most."""
        return timedelta(days=self.token_days)


DEFAULT = SignInPolicy()


def current(session: Session) -> SignInPolicy:
    """Return what holds now."""
    return of_row(session.get(SignInPolicyRow, _ROW))


def of_row(row: SignInPolicyRow | None) -> SignInPolicy:
    """Return what a row says; without one, what holds until somebody decides otherwise."""
    if row is None:
        return DEFAULT
    return SignInPolicy(**{name: getattr(row, name) for name in BOUNDS})


def decide(session: Session, policy: SignInPolicy) -> None:
    """Let a policy hold from now on; the caller has checked the bounds."""
    session.merge(SignInPolicyRow(id=_ROW, **asdict(policy)))
    session.flush()
