"""Which versions of a process running cases are under."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine.store.cases import Instance


def versions_in_use(session: Session, process: str, *, agency: str) -> Mapping[int, int]:
    """Return, by version, how many cases run an instance of a process under it."""
    rows = session.execute(
        select(Instance.version, func.count(Instance.case_id.distinct()).label("cases"))
        .where(Instance.agency == agency, Instance.process == process, Instance.status == "live")
        .group_by(Instance.version)
        .order_by(Instance.version)
    )
    return {row.version: row.cases for row in rows}


def cases_behind(
    session: Session,
    process: str,
    version: int,
    *,
    agency: str,
    among: Collection[str] | None = None,
) -> list[str]:
    """Return the cases that run a process under a version before another, the oldest first."""
    query = behind(process, version, agency=agency)
    if among is not None:
        query = query.where(Instance.case_id.in_(among))
    return sorted(session.execute(query).scalars())


def behind(process: str, version: int, *, agency: str) -> Select[str]:
    """Return the question for the cases that run a process under a version before another."""
    return (
        select(Instance.case_id)
        .where(
            Instance.agency == agency,
            Instance.process == process,
            Instance.status == "live",
            Instance.version < version,
        )
        .distinct()
    )
