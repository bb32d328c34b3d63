"""Messages to the outside: claimed with a lease, sent outside any transaction, then ticked off.

At least once: a worker killed between sending and ticking off sends again. The id stays the
same, so that the receiver can tell.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.store.tables import Outbox
from engine.work.parts import Parts

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 12
_LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True)
class OutboxMessage:
    """One message to be sent; the id is the same at every attempt."""

    id: str
    agency: str
    case_id: str | None
    channel: str
    recipient: str
    payload: dict[str, Any]
    created_at: datetime
    attempts: int


Send = Callable[[OutboxMessage], None]


def deliver_outbox(parts: Parts, send: Send, *, limit: int = 50) -> int:
    """Send what waits, at most `limit` messages; return how many were sent.

    A message that cannot be sent is tried again with growing pauses, twelve times in all.
    """
    claimed = parts.database.run(lambda session: _claim(session, limit))
    return sum(_deliver(parts, send, message) for message in claimed)


def _claim(session: Session, limit: int) -> list[OutboxMessage]:
    now = clock.now()
    rows = session.execute(
        select(
            Outbox.id,
            Outbox.agency,
            Outbox.case_id,
            Outbox.channel,
            Outbox.recipient,
            Outbox.payload,
            Outbox.created_at,
            Outbox.attempts,
        )
        .where(
            Outbox.sent_at.is_(None),
            Outbox.attempts < MOST_ATTEMPTS,
            or_(Outbox.lease_until.is_(None), Outbox.lease_until <= now),
        )
        .order_by(Outbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = [OutboxMessage(*row) for row in rows]
    if claimed:
        session.execute(
            update(Outbox)
            .where(Outbox.id.in_([message.id for message in claimed]))
            .values(lease_until=now + LEASE, attempts=Outbox.attempts + 1)
        )
    return claimed


def _deliver(parts: Parts, send: Send, message: OutboxMessage) -> bool:
    try:
        send(message)
    except Exception as error:  # noqa: BLE001 whatever a channel raises, the next message goes on
        log.warning("message %s to %s was not sent: %s", message.id, message.channel, error)
        reason = f"{type(error).__name__}: {error}"[:500]
        pause = min(timedelta(minutes=1) * 2**message.attempts, _LONGEST_PAUSE)
        _note(parts, message.id, error=reason, lease_until=clock.now() + pause)
        return False
    _note(parts, message.id, error=None, lease_until=None, sent_at=clock.now())
    return True


def _note(parts: Parts, message_id: str, **values: object) -> None:
    statement = update(Outbox).where(Outbox.id == message_id).values(**values)
    with parts.database.begin() as session:
        session.execute(statement)
