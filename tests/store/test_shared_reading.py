"""What one request reads together: one session, up to the next write, and none after an error."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from engine.errors import NotFound, Unavailable
from engine.store.base import table
from engine.store.database import Database
from engine.store.tables import Counter

ROW = {"agency": "default", "kind": "paper", "year": 2026, "value": 1}


def _count(database: Database) -> int:
    with database.read() as session:
        return len(session.execute(select(table(Counter).c.value)).all())


def _checked_out(database: Database) -> str:
    """Return how the pool of connections says how many are in use."""
    return database.engine.pool.status().rpartition("Checked out connections:")[2]


def _add(database: Database, year: int) -> None:
    with database.begin() as session:
        session.execute(insert(table(Counter)), ROW | {"year": year})


def test_reading_together_is_done_by_one_session(database: Database) -> None:
    with database.reading_together():
        with database.read() as first, database.read() as second:
            assert first is second
        with database.read() as third:
            assert third is first
    with database.read() as apart:
        assert apart is not first


def test_what_is_read_after_a_write_sees_it(database: Database) -> None:
    with database.reading_together():
        assert _count(database) == 0
        _add(database, 2026)
        assert _count(database) == 1
        database.run(lambda session: session.execute(insert(table(Counter)), ROW | {"year": 2027}))
        assert _count(database) == 2


def test_what_is_read_within_a_write_is_not_kept_for_later(database: Database) -> None:
    with database.reading_together():
        with database.begin() as session:
            session.execute(insert(table(Counter)), ROW)
            assert _count(database) == 0  # another session: it is not committed yet
        assert _count(database) == 1


def test_a_write_that_failed_leaves_reading_as_it_was(database: Database) -> None:
    with database.reading_together():
        _add(database, 2026)
        with pytest.raises(IntegrityError):
            _add(database, 2026)
        assert _count(database) == 1


def test_a_failed_statement_spoils_nothing_that_is_read_afterwards(database: Database) -> None:
    with database.reading_together():
        with pytest.raises(Exception, match="nowhere"), database.read() as session:
            session.execute(text("SELECT 1 FROM nowhere"))
        assert _count(database) == 0


def test_the_connection_is_given_back_at_the_end(database: Database) -> None:
    with database.reading_together():
        _count(database)
        assert " 1" in _checked_out(database)
    assert " 0" in _checked_out(database)


def test_reading_on_after_an_error_within_gives_the_connection_back(database: Database) -> None:
    with database.reading_together():
        with database.read() as outer:
            with pytest.raises(NotFound), database.read():
                raise NotFound("Expected a row, but there is none", "没有")
            assert outer.scalar(select(table(Counter).c.value)) is None
        assert " 0" in _checked_out(database)


def test_reading_on_after_a_write_within_sees_it_and_gives_the_connection_back(
    database: Database,
) -> None:
    with database.reading_together():
        with database.read() as outer:
            assert outer.scalar(select(table(Counter).c.value)) is None
            _add(database, 2026)
            assert outer.scalar(select(table(Counter).c.value)) == 1
            assert _count(database) == 1
        assert " 1" in _checked_out(database)  # that of the reading that began behind the write
    assert " 0" in _checked_out(database)


@pytest.mark.db
def test_a_connection_lost_after_the_last_reading_disturbs_nobody(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    database.create_all()
    with database.reading_together():
        _lose_connection(database)
        _add(database, 2026)
        assert _count(database) == 1
        _lose_connection(database)
    assert " 0" in _checked_out(database)
    assert _count(database) == 1
    database.dispose()


def _lose_connection(database: Database) -> None:
    """Let the server end the connection of what is read together, as a restart does."""
    with database.read() as session:
        mine = session.scalar(text("SELECT pg_backend_pid()"))
    with database.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:mine, 5000)"), {"mine": mine})


def test_an_outage_is_told_as_ever(database: Database) -> None:
    with database.reading_together():
        _count(database)
        with pytest.raises(Unavailable), database.read():
            raise Unavailable("Expected an answer, but there is none", "没有应答")
        assert _count(database) == 0
