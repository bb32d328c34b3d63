"""What a command writes down: chained history, the path of tokens, messages to the outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engine.history.chain import ORIGIN, Entry, entry_hash, seal
from engine.ports import Actor
from engine.store.base import json_text, table
from engine.store.ids import new_id
from engine.store.tables import History, Outbox, Visit

_ADD = tuple(insert(table(entity)) for entity in (History, Visit, Outbox))


@dataclass(frozen=True)
class About:
    """What a row of history is about, beyond its act."""

    outcome: str | None = None
    element: str | None = None
    process: str | None = None
    task_id: str | None = None


@dataclass
class CommandJournal:
    """The journal of one command; rows are chained as they are recorded, written at the end."""

    case_id: str
    agency: str
    now: datetime
    actor: Actor
    seq: int = 0
    head: str = ""
    _history: list[dict[str, Any]] = field(default_factory=list)
    _visits: list[dict[str, Any]] = field(default_factory=list)
    _outbox: list[dict[str, Any]] = field(default_factory=list)

    def record(
        self,
        act: str,
        data: Mapping[str, Any] | None = None,
        *,
        element: str | None = None,
        process: str | None = None,
        personal: Mapping[str, Any] | None = None,
    ) -> None:
        """Append one row to the chained history, as the application's port says."""
        self.write(act, data or {}, About(element=element, process=process), personal)

    def write(
        self,
        act: str,
        data: Mapping[str, Any],
        about: About,
        personal: Mapping[str, Any] | None = None,
    ) -> None:
        """Append one row with everything that the engine knows about it."""
        sealed = seal(personal)
        entry = Entry(
            case_id=self.case_id,
            seq=self.seq + 1,
            agency=self.agency,
            at=self.now,
            actor=self.actor.id,
            actor_name=self.actor.name,
            acting_for=self.actor.acting_for,
            act=act,
            outcome=about.outcome,
            element=about.element,
            process=about.process,
            task_id=about.task_id,
            data=json_text(dict(data)),
            personal_digest=sealed.digest,
            prev=self.head or ORIGIN,
        )
        self.seq, self.head = entry.seq, entry_hash(entry)
        row = vars(entry) | {"personal": sealed.text, "salt": sealed.salt, "hash": self.head}
        self._history.append(row)

    def send(self, channel: str, recipient: str, payload: Mapping[str, Any]) -> None:
        """Put one message into the outbox."""
        self._outbox.append(
            {
                "id": new_id(),
                "agency": self.agency,
                "case_id": self.case_id,
                "channel": channel,
                "recipient": recipient,
                "payload": dict(payload),
                "created_at": self.now,
                "attempts": 0,
            }
        )

    def visit(
        self,
        instance_id: str,
        process: str,
        element: str,
        flow: str | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Note one step of a token."""
        self._visits.append(
            {
                "id": new_id(),
                "case_id": self.case_id,
                "instance_id": instance_id,
                "process": process,
                "element": element,
                "flow": flow,
                "at": self.now,
                "detail": dict(detail) if detail else None,
            }
        )

    def flush(self, session: Session) -> None:
        """Write everything; instances and tasks that the rows name must be there already."""
        for statement, rows in zip(_ADD, (self._history, self._visits, self._outbox), strict=True):
            if rows:
                session.connection().execute(statement, rows)
        self._history, self._visits, self._outbox = [], [], []
