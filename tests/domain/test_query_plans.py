"""The ledger's first page and counts, and inboxes, read an index and not the whole history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from engine.ports import SYSTEM, Actor, Grant
from engine.store.database import Database
from engine.store.queries import inbox
from workflows.domain import ledger
from workflows.domain.ledger import LedgerFilter, Order
from workflows.migrations.run import upgrade

AT = datetime(2026, 3, 2, tzinfo=UTC)
HEAD = Actor("head", "主任", (Grant("office", "head"),))
READS: dict[str, Callable[[Session], Any]] = {
    "ix_hz_hazard_found": lambda s: ledger.page(s, SYSTEM, LedgerFilter(), AT),
    "ix_hz_hazard_level": lambda s: ledger.counts(s, SYSTEM),
    "ix_hz_hazard_state": lambda s: ledger.page(
        s, SYSTEM, LedgerFilter(state=("rectifying",)), AT, order=Order("number")
    ),
    "ix_bpm_task_inbox": lambda s: inbox(s, HEAD),
}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    upgrade(database.engine)
    yield database
    database.dispose()


def _plans(database: Database, read: Callable[[Session], Any]) -> str:
    """Return how the database would do what a read asks for."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    with database.read() as session:
        read(session)
    event.remove(database.engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            # An empty table is always scanned; what is asked is whether an index could serve.
            connection.exec_driver_sql("SET enable_seqscan = off")
        rows = [
            row
            for statement, values in asked
            for row in connection.exec_driver_sql(f"{explain} {statement}", values)
        ]
    return "\n".join(str(row) for row in rows)


@pytest.mark.parametrize("index", READS)
def test_an_index_serves(database: Database, index: str) -> None:
    assert index in _plans(database, READS[index])
