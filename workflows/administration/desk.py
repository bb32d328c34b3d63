"""Where an administrative command stands: who does it, for which agency, at which instant.

`record` chains what was done, as the history of a case is chained, so that an administrator
cannot undo the trace of his own acts unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import NotAllowed
from engine.history.chain import ORIGIN, Entry, entry_hash
from engine.ports import SYSTEM, Actor
from engine.store.base import json_text
from workflows.domain import numbering, organisation
from workflows.domain.administration_tables import AdministrationEntry

ROLE = "admin"
COUNTER = "administration"


@dataclass(frozen=True)
class Desk:
    """One administrative command at its instant."""

    session: Session
    actor: Actor
    agency: str
    now: datetime

    @property
    def today(self) -> date:
        """The day in Beijing."""
        return clock.beijing_date(self.now)

    def record(self, act: str, subject: str, data: Mapping[str, Any] | None = None) -> None:
        """Append one entry to the record of the agency; secrets never belong in it."""
        seq = numbering.next_number(self.session, self.agency, COUNTER, 0)
        entry = AdministrationEntry(
            agency=self.agency,
            seq=seq,
            at=self.now,
            actor=self.actor.id,
            actor_name=self.actor.name,
            act=act,
            subject=subject[:64],
            data=json_text(dict(data or {})),
            prev=self._head(seq),
        )
        entry.hash = hash_of(entry)
        self.session.add(entry)
        self.session.flush()

    def _head(self, seq: int) -> str:
        before = self.session.scalar(
            select(AdministrationEntry.hash).where(
                AdministrationEntry.agency == self.agency, AdministrationEntry.seq == seq - 1
            )
        )
        return before or ORIGIN


def open_desk(session: Session, actor: Actor, agency: str) -> Desk:
    """Return the desk of an administrator; raise NotAllowed for anybody else.

    The roles are read again in the command's own transaction: an administrator whose role
    ended a moment ago is none any more.
    """
    now = clock.now()
    held = organisation.grants_of(session, actor.id, now)
    if actor != SYSTEM and not any(grant.role == ROLE for grant in held):
        raise NotAllowed(
            "Expected an administrator, but you are none",
            "只有系统管理员可以办理此事项",
        )
    return Desk(session, actor, agency, now)


def hash_of(entry: AdministrationEntry) -> str:
    """Return the hash that chains an entry to the one before it."""
    return entry_hash(
        Entry(
            case_id=COUNTER,
            seq=entry.seq,
            agency=entry.agency,
            at=entry.at,
            actor=entry.actor,
            actor_name=entry.actor_name,
            acting_for=None,
            act=entry.act,
            outcome=None,
            element=entry.subject,
            process=None,
            task_id=None,
            data=entry.data,
            personal_digest=None,
            prev=entry.prev,
        )
    )
