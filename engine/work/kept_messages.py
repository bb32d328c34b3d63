"""Messages that came before anybody waited: kept, and offered again after each step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from engine import clock
from engine.store.ids import new_id
from engine.store.tables import Message
from engine.work.case_row import CaseRow


class Receiver(Protocol):
    """The case that a message is offered to."""

    def expects(self, message: str) -> bool:
        """Return whether somebody would take it now."""
        ...

    def message(self, name: str) -> None:
        """Hand it over."""
        ...


@dataclass
class KeptMessages:
    """The undelivered messages of a locked case, oldest first."""

    waiting: list[tuple[str, str]] = field(default_factory=list)
    delivered: list[str] = field(default_factory=list)

    def offer(self, receiver: Receiver) -> bool:
        """Hand over the oldest message that somebody takes; return whether there was one."""
        for message_id, name in self.waiting:
            if receiver.expects(name):
                self.waiting.remove((message_id, name))
                self.delivered.append(message_id)
                receiver.message(name)
                return True
        return False

    def keep(self, session: Session, row: CaseRow, name: str, payload: dict[str, Any]) -> None:
        """Keep a message until somebody waits for it."""
        message_id = new_id()
        session.execute(
            insert(Message).values(
                id=message_id,
                agency=row.agency,
                case_id=row.id,
                name=name,
                payload=payload,
                created_at=clock.now(),
            )
        )
        self.waiting.append((message_id, name))

    def store(self, session: Session, now: datetime) -> None:
        """Mark what was handed over."""
        if self.delivered:
            session.execute(
                update(Message).where(Message.id.in_(self.delivered)).values(delivered_at=now)
            )
            self.delivered = []
