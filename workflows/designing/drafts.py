"""Drafts as they are read: one, the list, their files and the bundle they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.errors import Conflict, NotFound, Stale
from engine.store import definitions
from engine.store.plain import plain
from workflows.administration.desk import Desk
from workflows.designing import paths
from workflows.designing.tables import DraftFileRow, DraftRow

OPEN: Final = "open"
PROPOSED: Final = "proposed"
APPROVED: Final = "approved"
SCHEDULED: Final = "scheduled"
LIVE: Final = "live"
DISCARDED: Final = "discarded"
STATES: Final[dict[str, tuple[str, str]]] = {
    OPEN: ("修改中", "Being changed"),
    PROPOSED: ("待审核", "Awaiting approval"),
    APPROVED: ("已审核，待上线", "Approved, not yet live"),
    SCHEDULED: ("已定时上线", "Going live at a set time"),
    LIVE: ("已上线", "Live"),
    DISCARDED: ("已放弃", "Discarded"),
}
OVER: Final = frozenset({LIVE, DISCARDED})
"""States in which nothing more happens to a draft."""


@dataclass(frozen=True)
class Draft:
    """A draft without its files; `base` 0 is a process that is new."""

    id: str
    agency: str
    process: str
    base: int
    title: str
    title_en: str
    state: str
    revision: int
    created_by: str
    created_at: datetime
    changed_by: str
    changed_at: datetime
    proposed_by: str | None
    approved_by: str | None
    digest: str | None
    rule_set: str | None
    rule_version: int | None
    live_at: datetime | None
    version: int | None
    reason: str | None


def one(session: Session, agency: str, draft_id: str) -> Draft:
    """Return a draft; raise NotFound if the agency has none of the id."""
    return plain(Draft, _row(session, agency, draft_id, lock=False))


def locked(desk: Desk, draft_id: str) -> DraftRow:
    """Return the row of a draft, which nobody else changes until the unit of work ends."""
    return _row(desk.session, desk.agency, draft_id, lock=True)


def listed(session: Session, agency: str, *, process: str | None = None) -> list[Draft]:
    """Return the drafts that are not over, the last changed first, then the last that are."""
    query = select(DraftRow).where(DraftRow.agency == agency)
    if process is not None:
        query = query.where(DraftRow.process == process)
    order = query.order_by(DraftRow.changed_at.desc(), DraftRow.id)
    now = session.scalars(order.where(DraftRow.state.not_in(OVER)).limit(200))
    past = session.scalars(order.where(DraftRow.state.in_(OVER)).limit(50))
    return [plain(Draft, row) for row in (*now, *past)]


def titles(session: Session, agency: str) -> dict[str, tuple[str, str]]:
    """Return what every draft of an agency is called in Chinese and English, by its id."""
    query = select(DraftRow.id, DraftRow.title, DraftRow.title_en)
    rows = session.execute(query.where(DraftRow.agency == agency))
    return {row[0]: (row[1], row[2]) for row in rows}


def files(session: Session, draft_id: str) -> dict[str, bytes]:
    """Return the files of a draft by path."""
    rows = session.execute(
        select(DraftFileRow.path, DraftFileRow.content)
        .where(DraftFileRow.draft_id == draft_id)
        .order_by(DraftFileRow.path)
    )
    return {path: bytes(content) for path, content in rows}


def base_files(session: Session, draft: Draft | DraftRow) -> dict[str, bytes]:
    """Return the files of the version that a draft began from; none of a new process."""
    return definitions.files(session, draft.process, draft.base, agency=draft.agency)


def bundle_of(process: str, content: Mapping[str, bytes]) -> Bundle:
    """Return what would be deployed of some files: scenarios are not part of it."""
    return Bundle(process, {p: data for p, data in content.items() if paths.is_deployed(p)})


def check_state(row: DraftRow, *states: str) -> None:
    """Raise Conflict unless a draft is in one of the states."""
    if row.state in states:
        return
    zh, en = STATES[row.state]
    wanted_zh = "、".join(STATES[one][0] for one in states)
    wanted = ", ".join(STATES[one][1] for one in states)
    raise Conflict(
        f"Expected a draft in the state “{wanted}”, but it is in “{en}”",
        f"草稿须处于“{wanted_zh}”，现为“{zh}”",
    )


def check_revision(row: DraftRow, revision: int, by: tuple[str, str]) -> None:
    """Raise Stale, with who changed it and when, unless a draft is as it was seen.

    Args:
        row: the draft, locked.
        revision: what was seen.
        by: the Chinese and English name of who changed it last.
    """
    if row.revision == revision:
        return
    raise Stale(
        f"Expected revision {revision} of the draft, but {by[1]} saved meanwhile; "
        "nothing of yours was written, nothing of theirs is lost",
        f"{by[0]}已在此期间保存了草稿；您的修改没有写入，对方的修改没有丢失",
        revision=row.revision,
        changed_by=by,
        changed_at=row.changed_at,
    )


def _row(session: Session, agency: str, draft_id: str, *, lock: bool) -> DraftRow:
    query = select(DraftRow).where(DraftRow.id == draft_id, DraftRow.agency == agency)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.scalar(query)
    if row is None:
        raise NotFound("Expected a draft, but there is none of this id", "没有该草稿")
    return row
