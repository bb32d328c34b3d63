"""Accounts of the demonstration: one a person, all with the same password."""

from __future__ import annotations

import functools

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.clock import SystemClock
from engine.store.ids import new_id
from workflows.accounts import passwords
from workflows.accounts.tables import Account
from workflows.demo import zone

PASSWORD = passwords.DEMONSTRATION


def load_accounts(session: Session) -> None:
    """Give every person of the zone an account; doing it twice changes nothing."""
    known = set(session.scalars(select(Account.username)))
    now = SystemClock().now()
    session.add_all(
        Account(
            id=new_id(),
            person_id=username,
            username=username,
            password_hash=_hash(),
            failures=0,
            created_at=now,
        )
        for username in zone.usernames()
        if username not in known
    )
    session.flush()


@functools.cache
def _hash() -> str:
    """Hash the one password once: a salt of its own for each account would protect nothing."""
    return passwords.hashed(PASSWORD)
