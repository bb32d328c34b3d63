"""Counts what failed in the database, so that every process of an installation counts alike.

What is counted is kept as a digest. Like sessions, counts live by the machine's clock.
"""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine.clock import SystemClock
from workflows.accounts.tables import ThrottleRow

_KEPT = timedelta(days=2)
_IPV6_NETWORK = 64
"""Bits that one customer of a network holds; the rest of an address costs nothing to change."""


@dataclass(frozen=True)
class Limit:
    """How many failures of a kind there may be in a period."""

    kind: str
    most: int
    period: timedelta


ADDRESS = Limit("address", 60, timedelta(minutes=15))
"""Wrong passwords from one address, whatever the names: an office shares one address."""

OWN_PASSWORD = Limit("own", 10, timedelta(hours=1))
"""Wrong present passwords while changing it: a session left open is no way to guess it."""


def waits(session: Session, limit: Limit, value: str) -> timedelta | None:
    """Return how long to wait where there were too many failures; None where one may try."""
    now = _now()
    row = session.get(ThrottleRow, _key(limit, value))
    if row is None or row.failures < limit.most or row.since + limit.period <= now:
        return None
    return row.since + limit.period - now


def count(session: Session, limit: Limit, value: str) -> None:
    """Count a failure; a period begins with its first."""
    now, key = _now(), _key(limit, value)
    session.execute(delete(ThrottleRow).where(ThrottleRow.since < now - _KEPT))
    row = session.get(ThrottleRow, key, with_for_update=True)
    if row is None:
        row = ThrottleRow(key=key, since=now, failures=0)
        session.add(row)
    if row.since + limit.period <= now:
        row.since, row.failures = now, 0
    row.failures += 1
    session.flush()


def forget(session: Session, limit: Limit, value: str) -> None:
    """Count from nothing again."""
    session.execute(delete(ThrottleRow).where(ThrottleRow.key == _key(limit, value)))


def network_of(address: str | None) -> str:
    """Return an address, or the network that an IPv6 address is one of very many in."""
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if known.version == 4:  # noqa: PLR2004 the protocol's number
        return str(known)
    return str(ipaddress.ip_network(f"{known}/{_IPV6_NETWORK}", strict=False))


def _key(limit: Limit, value: str) -> str:
    return hashlib.sha256(f"{limit.kind}\n{value}".encode()).hexdigest()


def _now() -> datetime:
    return SystemClock().now()
