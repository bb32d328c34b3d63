"""News of drafts: who is told what became of one, and what he has not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from engine.ports import Grant
from engine.store.definitions import DefinitionVersion
from engine.store.ids import new_id
from workflows.administration.desk import Desk
from workflows.designing.permission import DESIGNER
from workflows.designing.tables import DraftNewsRow, DraftRow, HandRow
from workflows.domain import organisation
from workflows.running import permission as running

Sentence = tuple[str, str]
Place = tuple[datetime, str]
"""Where a piece of news stands among a person's: its instant and its id."""


@dataclass(frozen=True)
class DraftNews:
    """One thing told to a person about a draft."""

    draft_id: str | None
    process: str | None
    version: int | None
    text_zh: str
    text: str
    at: datetime
    unread: bool


def tell(desk: Desk, row: DraftRow, persons: Iterable[str], sentence: Sentence) -> None:
    """Tell persons what became of a draft, all but the one who did it."""
    for person in sorted(set(persons) - {desk.actor.id}):
        desk.session.add(
            DraftNewsRow(
                id=new_id(),
                person=person,
                draft_id=row.id,
                text_zh=f"流程草稿“{row.title}”：{sentence[0]}",
                text=f"Draft {row.title_en}: {sentence[1]}",
                at=desk.now,
            )
        )


def tell_version(desk: Desk, version: DefinitionVersion, sentence: Sentence) -> None:
    """Tell all who may approve drafts what became of a process, but the one who did it."""
    for person in sorted(_deciding(desk) - {desk.actor.id}):
        desk.session.add(
            DraftNewsRow(
                id=new_id(),
                person=person,
                process=version.process,
                version=version.version,
                text_zh=f"流程“{version.name_zh}”：{sentence[0]}",
                text=f"Process {version.name}: {sentence[1]}",
                at=desk.now,
            )
        )


def people_of(session: Session, row: DraftRow) -> set[str]:
    """Return whoever began, changed, proposed or approved a draft."""
    hands = set(session.scalars(select(HandRow.person).where(HandRow.draft_id == row.id)))
    return hands | {one for one in (row.created_by, row.proposed_by, row.approved_by) if one}


def approvers(desk: Desk, row: DraftRow) -> set[str]:
    """Return who may approve a draft: designers and the head of the office, with no hand in it."""
    hands = set(desk.session.scalars(select(HandRow.person).where(HandRow.draft_id == row.id)))
    return _deciding(desk) - hands


def latest(session: Session, person: str, limit: int = 20) -> list[DraftNews]:
    """Return what a person was told of drafts last, the newest first."""
    rows = session.scalars(
        select(DraftNewsRow)
        .where(DraftNewsRow.person == person)
        .order_by(DraftNewsRow.at.desc(), DraftNewsRow.id.desc())
        .limit(limit)
    )
    return [_told(row) for row in rows]


def page(
    session: Session,
    person: str,
    size: int,
    *,
    behind: Place | None,
    unread_only: bool,
) -> tuple[list[DraftNews], int, Place | None]:
    """Return what a person was told behind a place, the newest first, and how much in all.

    The last is where the page ends, None where nothing follows.
    """
    mine = [DraftNewsRow.person == person]
    if unread_only:
        mine.append(DraftNewsRow.read_at.is_(None))
    total = session.scalar(select(func.count()).where(*mine)) or 0
    if behind is not None:
        at, last = behind
        same = and_(DraftNewsRow.at == at, DraftNewsRow.id < last)
        mine.append(or_(DraftNewsRow.at < at, same))
    order = (DraftNewsRow.at.desc(), DraftNewsRow.id.desc())
    rows = session.scalars(select(DraftNewsRow).where(*mine).order_by(*order).limit(size + 1)).all()
    last_row = rows[size - 1] if len(rows) > size else None
    place = (last_row.at, last_row.id) if last_row is not None else None
    return [_told(row) for row in rows[:size]], total, place


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


def _told(row: DraftNewsRow) -> DraftNews:
    told = (row.draft_id, row.process, row.version, row.text_zh, row.text, row.at)
    return DraftNews(*told, unread=row.read_at is None)


def _deciding(desk: Desk) -> set[str]:
    wanted = [
        *_grants(desk.session, "designers", (DESIGNER,)),
        *_grants(desk.session, running.KIND, tuple(running.DECIDING)),
    ]
    return set(organisation.holders(desk.session, wanted, desk.now))


def _grants(session: Session, kind: str, roles: Iterable[str]) -> list[Grant]:
    bodies = organisation.bodies(session, kind)
    return [Grant(body.id, role) for body in bodies for role in roles]
