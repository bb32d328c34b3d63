"""Whoever writes again what a file held before has undone: such a saving is no new one.

An editor undoes what was drawn since it was opened by itself, and saves what is there then. Kept
as a saving of its own, it would be the first that undoing takes back: backwards would lead
forwards.
"""

from __future__ import annotations

import zlib

from sqlalchemy import select, update

from workflows.administration.desk import Desk
from workflows.designing.tables import DraftRow, SavingRow


def packed(data: bytes | None) -> bytes | None:
    """Return what a saving keeps of a file; None where there is no file."""
    return None if data is None else zlib.compress(data)


def retraced(desk: Desk, row: DraftRow, path: str, data: bytes | None) -> bool:
    """Undo, or do again, the savings that lead to what is written now; return whether any do.

    Only savings of the same file by the same person count, without one of somebody else or of
    another file between them.
    """
    wanted = packed(data)
    for back in (True, False):
        found = _way(desk, row.id, (path, wanted), back=back)
        if found:
            led = (SavingRow.draft_id == row.id, SavingRow.seq.in_(found))
            desk.session.execute(update(SavingRow).where(*led).values(undone=back))
            return True
    return False


def _way(desk: Desk, draft_id: str, wanted: tuple[str, bytes | None], *, back: bool) -> list[int]:
    """Return the savings up to the first that leads to a content; none where none does.

    They are those that undoing, or doing again, would come to first, in that order. What they
    hold is compared where it lies: the savings of a draft may be twenty megabytes.
    """
    path, content = wanted
    held = SavingRow.before if back else SavingRow.after
    order = SavingRow.seq.desc() if back else SavingRow.seq
    query = (
        select(SavingRow.seq, SavingRow.path, SavingRow.by, held.is_not_distinct_from(content))
        .where(SavingRow.draft_id == draft_id, SavingRow.undone.is_(not back))
        .order_by(order)
    )
    found = list[int]()
    for seq, of, by, leads in desk.session.execute(query):
        if (of, by) != (path, desk.actor.id):
            break
        found.append(seq)
        if leads:
            return found
    return []
