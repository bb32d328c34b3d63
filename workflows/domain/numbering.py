"""Numbers of papers and cases from a counter row per agency, kind and year."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.store.base import table
from engine.store.cases import Counter

_COUNTER = table(Counter)
_NEXT = {
    name: statement.on_conflict_do_update(
        index_elements=[_COUNTER.c.agency, _COUNTER.c.kind, _COUNTER.c.year],
        set_={"value": _COUNTER.c.value + 1},
    ).returning(_COUNTER.c.value)
    for name, statement in (
        ("sqlite", sqlite.insert(_COUNTER)),
        ("postgresql", postgresql.insert(_COUNTER)),
    )
}
"""One statement, so that two who want the first number of a year do not both begin the row."""


def next_number(session: Session, agency: str, kind: str, year: int) -> int:
    """Return the next number; the row stays locked until the command ends, so none is lost."""
    row = {"agency": agency, "kind": kind, "year": year, "value": 1}
    connection = session.connection()
    found = connection.execute(_NEXT[connection.dialect.name], row)
    return int(found.scalar_one())


def case_number(prefix: str, year: int, value: int) -> str:
    """Return the number of a case, such as GY-2026-000123."""
    return f"{prefix}-{year}-{value:06d}"
