"""News of drafts: who is told what became of one, and what he has not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from engine.ports import Grant
from engine.store import definitions
from engine.store.ids import new_id
from workflows.administration.desk import Desk
from workflows.designing.permission import DESIGNER
from workflows.designing.tables import DraftNewsRow, DraftRow, HandRow
from workflows.domain import organisation
from workflows.running import permission as running

Sentence = tuple[str, str]


@dataclass(frozen=True)
class DraftNews:
    """One thing told to a person about a draft."""

    draft_id: str
    text_zh: str
    text: str
    at: datetime
    unread: bool


def tell(desk: Desk, row: DraftRow, persons: Iterable[str], sentence: Sentence) -> None:
    """Tell persons what became of a draft, all but the one who did it."""
    last = definitions.latest(desk.session, row.process, agency=desk.agency)
    name = last.name if last is not None else row.title
    desk.session.add_all(
        DraftNewsRow(
            id=new_id(),
            person=person,
            draft_id=row.id,
            kind="draft",
            text_zh=f"流程草稿“{row.title}”：{sentence[0]}",
            text=f"Draft {name}: {sentence[1]}",
            at=desk.now,
        )
        for person in sorted(set(persons) - {desk.actor.id})
    )


def people_of(session: Session, row: DraftRow) -> set[str]:
    """Return whoever began, changed, proposed or approved a draft."""
    hands = set(session.scalars(select(HandRow.person).where(HandRow.draft_id == row.id)))
    return hands | {one for one in (row.created_by, row.proposed_by, row.approved_by) if one}


def approvers(desk: Desk, row: DraftRow) -> set[str]:
    """Return who may approve a draft: designers and the head of the office, with no hand in it."""
    wanted = [
        *_grants(desk.session, "designers", (DESIGNER,)),
        *_grants(desk.session, running.KIND, tuple(running.DECIDING)),
    ]
    holders = set(organisation.holders(desk.session, wanted, desk.now))
    hands = set(desk.session.scalars(select(HandRow.person).where(HandRow.draft_id == row.id)))
    return holders - hands


def latest(session: Session, person: str, limit: int = 20) -> list[DraftNews]:
    """Return what a person was told of drafts last, the newest first."""
    rows = session.scalars(
        select(DraftNewsRow)
        .where(DraftNewsRow.person == person)
        .order_by(DraftNewsRow.at.desc(), DraftNewsRow.id.desc())
        .limit(limit)
    )
    return [DraftNews(r.draft_id, r.text_zh, r.text, r.at, r.read_at is None) for r in rows]


def unread(session: Session, person: str) -> int:
    """Return how much a person has not read of drafts."""
    mine = (DraftNewsRow.person == person, DraftNewsRow.read_at.is_(None))
    return session.scalar(select(func.count()).where(*mine)) or 0


def mark_read(session: Session, person: str, now: datetime) -> None:
    """Count everything a person was told of drafts as read."""
    session.execute(
        update(DraftNewsRow)
        .where(DraftNewsRow.person == person, DraftNewsRow.read_at.is_(None))
        .values(read_at=now)
    )


def _grants(session: Session, kind: str, roles: Iterable[str]) -> list[Grant]:
    bodies = organisation.bodies(session, kind)
    return [Grant(body.id, role) for body in bodies for role in roles]
