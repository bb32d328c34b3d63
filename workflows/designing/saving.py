"""Saving files of a draft: by revision, so that nothing of anybody is overwritten unseen.

Every saving is kept, packed, so that it can be undone after the page was loaded again: the last
200, and no more than 20 MB of them.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid, NotFound
from engine.ports import Actor
from engine.store.database import Database
from workflows.administration.desk import Desk
from workflows.designing import drafts, paths, retracing
from workflows.designing.people import name_of
from workflows.designing.permission import changing_desk, keep_hands
from workflows.designing.stepping import Steps, saving_ahead, steps
from workflows.designing.tables import DraftFileRow, DraftRow, SavingRow

MOST_SAVINGS: Final = 200
MOST_BYTES: Final = 20_000_000


@dataclass(frozen=True)
class Saved:
    """What a saving came to; `path` is the file that changed, of undoing or doing again too."""

    revision: int
    path: str
    files: Mapping[str, bytes]
    steps: Steps


def save(
    database: Database, actor: Actor, agency: str, draft_id: str, change: tuple[str, object, int]
) -> Saved:
    """Write one file of an open draft.

    Args:
        database: where.
        actor: a process designer.
        agency: whose draft it is.
        draft_id: which draft.
        change: path, content and the revision that the content began from.

    Raises:
        Invalid: path or content cannot be kept.
        Stale: somebody saved meanwhile.
    """
    path, content, revision = change

    def work(session: Session) -> Saved:
        desk = changing_desk(session, actor, agency)
        row = _open(desk, draft_id, revision)
        paths.check_path(row.process, path)
        data = paths.check_content(content)
        paths.check_whole({**_sizes(session, draft_id), path: len(data)})
        return _changed(desk, row, path, data)

    return database.run(work)


def remove(
    database: Database, actor: Actor, agency: str, draft_id: str, change: tuple[str, int]
) -> Saved:
    """Delete one file of an open draft; its diagram stays."""
    path, revision = change

    def work(session: Session) -> Saved:
        desk = changing_desk(session, actor, agency)
        row = _open(desk, draft_id, revision)
        if path == paths.diagram_of(row.process):
            raise Invalid.at(
                "path",
                "Expected a table, form or scenario, but a draft is nothing without its diagram",
                "流程图不能删除；不再需要这份草稿时请放弃草稿",
            )
        if session.get(DraftFileRow, (draft_id, path)) is None:
            raise NotFound("Expected a file of the draft, but there is none", "草稿中没有该文件")
        return _changed(desk, row, path, None)

    return database.run(work)


def undo(database: Database, actor: Actor, agency: str, draft_id: str, revision: int) -> Saved:
    """Take the last saving back, whoever made it; its file is as it was before."""
    return database.run(lambda s: _step(s, actor, agency, (draft_id, revision), back=True))


def redo(database: Database, actor: Actor, agency: str, draft_id: str, revision: int) -> Saved:
    """Do again what was taken back last."""
    return database.run(lambda s: _step(s, actor, agency, (draft_id, revision), back=False))


def write(session: Session, draft_id: str, path: str, data: bytes | None) -> bytes | None:
    """Write or delete a file of a draft; return what it held before."""
    row = session.get(DraftFileRow, (draft_id, path))
    before = bytes(row.content) if row is not None else None
    if data is None:
        session.execute(
            delete(DraftFileRow).where(DraftFileRow.draft_id == draft_id, DraftFileRow.path == path)
        )
    elif row is None:
        session.add(DraftFileRow(draft_id=draft_id, path=path, content=data))
    else:
        row.content = data
    session.flush()
    return before


def keep(desk: Desk, row: DraftRow, change: tuple[str, bytes | None, bytes | None]) -> None:
    """Keep a saving to be undone, and drop what was undone before it and what is too much."""
    path, before, after = change
    session = desk.session
    gone = (SavingRow.draft_id == row.id, SavingRow.undone.is_(True))
    session.execute(delete(SavingRow).where(*gone))
    last = session.scalar(select(func.max(SavingRow.seq)).where(SavingRow.draft_id == row.id))
    packed = [retracing.packed(data) for data in (before, after)]
    session.add(
        SavingRow(
            draft_id=row.id,
            seq=(last or 0) + 1,
            path=path,
            before=packed[0],
            after=packed[1],
            size=sum(len(one) for one in packed if one is not None),
            by=desk.actor.id,
            at=desk.now,
            undone=False,
        )
    )
    session.flush()
    _bound(session, row.id)


def touch(desk: Desk, row: DraftRow) -> None:
    """Count a change of a draft, and keep who had a hand in it."""
    row.revision += 1
    row.changed_by, row.changed_at = desk.actor.id, desk.now
    keep_hands(desk, row.id)


def _open(desk: Desk, draft_id: str, revision: int) -> DraftRow:
    row = drafts.locked(desk, draft_id)
    drafts.check_state(row, drafts.OPEN)
    drafts.check_revision(row, revision, name_of(desk.session, row.changed_by))
    return row


def _changed(desk: Desk, row: DraftRow, path: str, data: bytes | None) -> Saved:
    before = write(desk.session, row.id, path, data)
    if before != data:
        if not retracing.retraced(desk, row, path, data):
            keep(desk, row, (path, before, data))
        touch(desk, row)
    return _saved(desk.session, row, path, data)


def _saved(session: Session, row: DraftRow, path: str, data: bytes | None) -> Saved:
    held = {} if data is None else {path: data}
    return Saved(row.revision, path, held, steps(session, row.id))


def _step(session: Session, actor: Actor, agency: str, at: tuple[str, int], *, back: bool) -> Saved:
    desk = changing_desk(session, actor, agency)
    row = _open(desk, *at)
    saving = saving_ahead(session, row.id, back=back)
    if saving is None:
        raise Conflict(
            f"Expected a saving to {'undo' if back else 'do again'}, but there is none",
            f"没有可以{'撤销' if back else '重做'}的保存",
        )
    packed = saving.before if back else saving.after
    data = None if packed is None else zlib.decompress(packed)
    write(session, row.id, saving.path, data)
    saving.undone = back
    touch(desk, row)
    return _saved(session, row, saving.path, data)


def _sizes(session: Session, draft_id: str) -> dict[str, int]:
    rows = session.execute(
        select(DraftFileRow.path, func.length(DraftFileRow.content)).where(
            DraftFileRow.draft_id == draft_id
        )
    )
    return {row[0]: row[1] for row in rows}


def _bound(session: Session, draft_id: str) -> None:
    """Drop the oldest savings beyond what is kept; the last one stays however large."""
    rows = session.execute(
        select(SavingRow.seq, SavingRow.size)
        .where(SavingRow.draft_id == draft_id)
        .order_by(SavingRow.seq.desc())
    ).all()
    whole = 0
    for count, (seq, size) in enumerate(rows):
        whole += size
        if count and (count >= MOST_SAVINGS or whole > MOST_BYTES):
            old = (SavingRow.draft_id == draft_id, SavingRow.seq <= seq)
            session.execute(delete(SavingRow).where(*old))
            return
