"""Numbers of papers and cases from a counter row per agency, kind and year."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.store.cases import Counter


def next_number(session: Session, agency: str, kind: str, year: int) -> int:
    """Return the next number; the row stays locked until the command ends, so none is lost."""
    row = session.scalar(
        select(Counter)
        .where(Counter.agency == agency, Counter.kind == kind, Counter.year == year)
        .with_for_update()
    )
    if row is None:
        row = Counter(agency=agency, kind=kind, year=year, value=0)
        session.add(row)
    row.value += 1
    session.flush()
    return row.value


def case_number(prefix: str, year: int, value: int) -> str:
    """Return the number of a case, such as GY-2026-000123."""
    return f"{prefix}-{year}-{value:06d}"
