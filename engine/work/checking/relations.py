"""Rows that name other rows: every foreign key of every table leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ForeignKeyConstraint, MetaData, Table, and_, func, select, text
from sqlalchemy.orm import Session

from engine.work.checking.findings import Finding

_NAMED = 3


def relation_findings(session: Session, metadata: MetaData) -> Iterator[Finding]:
    """Yield every foreign key under which rows hang in the air."""
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_key_constraints, key=lambda one: str(one.name)):
            yield from _hanging(session, table, key)


def file_findings(session: Session) -> Iterator[Finding]:
    """Yield what SQLite itself finds wrong with its file; other databases check theirs."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for (said,) in session.execute(text("PRAGMA integrity_check(20)")):
        if said != "ok":
            yield Finding(
                "database",
                f"Expected the database file to be sound, but: {said}",
                f"数据库文件损坏：{said}",
            )


def _hanging(session: Session, table: Table, key: ForeignKeyConstraint) -> Iterator[Finding]:
    target = key.referred_table.alias()
    pairs = [(one.parent, target.c[one.column.name]) for one in key.elements]
    joined = table.outerjoin(target, and_(*(child == parent for child, parent in pairs)))
    missing = and_(pairs[0][1].is_(None), *(child.is_not(None) for child, _ in pairs))
    count = session.execute(select(func.count()).select_from(joined).where(missing)).scalar_one()
    if not count:
        return
    names = session.execute(
        select(*(child for child, _ in pairs)).select_from(joined).where(missing).limit(_NAMED)
    )
    shown = ", ".join("/".join(map(str, row)) for row in names)
    yield Finding(
        "relations",
        f"Expected {table.name} to name rows of {key.referred_table.name} that exist, "
        f"but {count} do not: {shown}",
        f"表 {table.name} 有 {count} 行所指的 {key.referred_table.name} 不存在：{shown}",
    )
