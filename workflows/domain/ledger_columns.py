"""Which columns of the ledger a person sees: what they chose, else what suits their part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from engine.ports import Actor
from workflows.domain.ledger_fields import FIELDS, LedgerField
from workflows.domain.ledger_tables import LedgerColumnsRow
from workflows.domain.visibility import reach

FIRST = ("number", "level", "state", "enterprise", "description")
"""What a row is known by stands first; the rest in the order of the official table."""

FOR_ALL = (
    *FIRST,
    *("park", "department", "found_at", "due"),
)
"""For whoever sees the whole zone."""
FOR_AN_AREA = (
    *FIRST,
    *("location", "supervising_body", "found_at", "due"),
)
"""For a town, a park or a department: where it is within their own area, and who supervises."""
FOR_AN_ENTERPRISE = (
    *("number", "level", "state", "description", "location"),
    *("found_at", "responsible", "due", "done"),
)


def default(session: Session, actor: Actor) -> Sequence[LedgerField]:
    """Return the columns that suit the bodies that an actor acts for."""
    reached = reach(session, actor)
    if reached.enterprises and not reached.authority:
        return known(FOR_AN_ENTERPRISE)
    return known(FOR_ALL if reached.everything or not reached.bodies else FOR_AN_AREA)


def of(session: Session, actor: Actor) -> Sequence[LedgerField]:
    """Return the columns that a person chose, else the default."""
    kept = session.get(LedgerColumnsRow, actor.id)
    return (known(kept.columns.split()) if kept else ()) or default(session, actor)


def keep(session: Session, actor: Actor, names: Iterable[str]) -> None:
    """Keep what a person chose; nothing chosen means the default again."""
    chosen = " ".join(one.key for one in known(names))
    kept = session.get(LedgerColumnsRow, actor.id)
    if not chosen:
        if kept is not None:
            session.delete(kept)
    elif kept is None:
        session.add(LedgerColumnsRow(person=actor.id, columns=chosen))
    else:
        kept.columns = chosen


def known(names: Iterable[str]) -> Sequence[LedgerField]:
    """Return the fields with some names, in the order in which they are shown."""
    wanted = set(names)
    return tuple(FIELDS[name] for name in dict.fromkeys((*FIRST, *FIELDS)) if name in wanted)
