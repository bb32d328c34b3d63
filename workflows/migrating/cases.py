"""The cases of a run: which come next, and what is written of them.

What became of a case is written whoever holds the run by then: it has happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from engine.store.base import table
from engine.store.tables import Idempotency
from workflows.migrating import found as kept
from workflows.migrating import states
from workflows.migrating.found import Found
from workflows.migrating.tables import MigrationCaseRow, MigrationRunRow

_CASE: Final = table(MigrationCaseRow)
_IN_HAND: Final = 20
"""Cases in their order among which those lie that a worker may have had in hand."""


@dataclass
class CaseInHand:
    """A case of a run: what was found of it, and what becomes of it."""

    id: str
    before: str
    """Its state when it was read."""

    state: str
    found: Found
    number: str = ""


def following(session: Session, run_id: str, state: str, limit: int) -> Sequence[CaseInHand]:
    """Return the next cases of a run in a state, by their ids."""
    query = (
        select(MigrationCaseRow)
        .where(MigrationCaseRow.run_id == run_id, MigrationCaseRow.state == state)
        .order_by(MigrationCaseRow.case_id)
        .limit(limit)
    )
    return [
        CaseInHand(row.case_id, row.state, row.state, kept.read(row.found), row.number)
        for row in session.scalars(query)
    ]


def write(session: Session, run_id: str, cases: Sequence[CaseInHand]) -> None:
    """Write down what was found or done of cases, and count it; each case once."""
    written = [one for one in cases if _write(session, run_id, one)]
    if written:
        change = update(MigrationRunRow).where(MigrationRunRow.id == run_id)
        session.execute(change.values(**_counts(written), attempts=0))


def key(run_id: str, case_id: str) -> str:
    """Return the key under which a case is taken over once."""
    return f"migration:{run_id}:{case_id}"


def is_moved(session: Session, run_id: str, case_id: str) -> bool:
    """Return whether a case was taken over by a run, though nobody may have written it down."""
    return bool(session.scalar(select(exists().where(Idempotency.key == key(run_id, case_id)))))


def settle(session: Session, run_id: str) -> None:
    """Write down what a worker that is gone has done and not written."""
    open_ones = following(session, run_id, states.POSSIBLE, _IN_HAND)
    cases = {key(run_id, one.id): one for one in open_ones}
    done = session.scalars(select(Idempotency.key).where(Idempotency.key.in_(cases)))
    moved = [cases[one] for one in done]
    for one in moved:
        one.state = states.MOVED
    write(session, run_id, moved)


def _write(session: Session, run_id: str, one: CaseInHand) -> bool:
    change = update(_CASE).where(
        _CASE.c.run_id == run_id, _CASE.c.case_id == one.id, _CASE.c.state == one.before
    )
    values = {"state": one.state, "number": one.number, "found": kept.written(one.found)}
    return bool(session.execute(change.values(**values).returning(_CASE.c.case_id)).all())


def _counts(cases: Sequence[CaseInHand]) -> dict[str, Any]:
    found = [one.state for one in cases]
    changed = sum(one.found.changes for one in cases if one.state == states.POSSIBLE)
    looked = found.count(states.POSSIBLE) + found.count(states.REFUSED)
    return {
        "looked": MigrationRunRow.looked + looked,
        "possible": MigrationRunRow.possible + found.count(states.POSSIBLE),
        "changed": MigrationRunRow.changed + changed,
        "done": MigrationRunRow.done + found.count(states.MOVED),
        "stayed": MigrationRunRow.stayed + found.count(states.STAYED),
    }
