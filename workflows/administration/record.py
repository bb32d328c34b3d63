"""The record of the administration read again: its entries, and whether its chain holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.history.chain import ORIGIN
from workflows.administration.desk import hash_of
from workflows.domain.administration_tables import AdministrationEntry


@dataclass(frozen=True)
class Recorded:
    """One administrative act as pages show it."""

    seq: int
    at: datetime
    actor: str
    actor_name: str
    act: str
    subject: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Chain:
    """What verifying came to; `broken_at` is the first entry that does not fit, 0 = none."""

    entries: int
    broken_at: int = 0

    @property
    def sound(self) -> bool:
        """Whether every entry is as it was written."""
        return self.broken_at == 0


def entries(
    session: Session, agency: str, *, limit: int = 50, offset: int = 0, before: int | None = None
) -> Sequence[Recorded]:
    """Return the newest entries first, all or those before a number."""
    query = select(AdministrationEntry).where(AdministrationEntry.agency == agency)
    if before is not None:
        query = query.where(AdministrationEntry.seq < before)
    rows = session.scalars(
        query.order_by(AdministrationEntry.seq.desc()).offset(offset).limit(limit)
    )
    return [_read(row) for row in rows]


def about(session: Session, agency: str, subject: str) -> Sequence[Recorded]:
    """Return every entry about one thing, the oldest first."""
    rows = session.scalars(
        select(AdministrationEntry)
        .where(AdministrationEntry.agency == agency, AdministrationEntry.subject == subject)
        .order_by(AdministrationEntry.seq)
    )
    return [_read(row) for row in rows]


def count(session: Session, agency: str) -> int:
    """Return how many entries there are."""
    query = select(func.count()).where(AdministrationEntry.agency == agency)
    return session.scalar(query) or 0


def verify(session: Session, agency: str) -> Chain:
    """Compute the chain of an agency again from its first entry."""
    head, number = ORIGIN, 0
    rows = session.scalars(
        select(AdministrationEntry)
        .where(AdministrationEntry.agency == agency)
        .order_by(AdministrationEntry.seq)
    )
    for number, row in enumerate(rows, 1):
        if row.seq != number or row.prev != head or row.hash != hash_of(row):
            return Chain(number, number)
        head = row.hash
    return Chain(number)


def _read(row: AdministrationEntry) -> Recorded:
    data = json.loads(row.data)
    return Recorded(row.seq, row.at, row.actor, row.actor_name, row.act, row.subject, data)
