"""Whoever writes again what a file held before has undone: such a saving is no new one.

An editor undoes what was drawn since it was opened by itself, and saves what is there then. Kept
as a saving of its own, it would be the first that undoing takes back: backwards would lead
forwards.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from sqlalchemy import select

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
        found = _way(_own_run(desk, row, path, back=back), wanted, back=back)
        for saving in found:
            saving.undone = back
        if found:
            desk.session.flush()
            return True
    return False


def _own_run(desk: Desk, row: DraftRow, path: str, *, back: bool) -> list[SavingRow]:
    """Return the savings that undoing, or doing again, would come to first, in that order."""
    order = SavingRow.seq.desc() if back else SavingRow.seq
    query = select(SavingRow).where(SavingRow.draft_id == row.id, SavingRow.undone.is_(not back))
    run = []
    for saving in desk.session.scalars(query.order_by(order)):
        if (saving.path, saving.by) != (path, desk.actor.id):
            break
        run.append(saving)
    return run


def _way(run: Sequence[SavingRow], wanted: bytes | None, *, back: bool) -> Sequence[SavingRow]:
    """Return the savings up to the first that leads to a content; none where none does."""
    for count, saving in enumerate(run, start=1):
        if (saving.before if back else saving.after) == wanted:
            return run[:count]
    return ()
