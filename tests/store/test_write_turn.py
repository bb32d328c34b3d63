"""Writers of one SQLite database take turns, and none of them waits until it is refused."""

from __future__ import annotations

import errno
import fcntl
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.errors import Unavailable
from engine.store import database as databases
from engine.store.database import Database

WRITERS = 3
WRITINGS = 60


@pytest.fixture
def address(tmp_path: Path) -> str:
    """The address of a database file with one table."""
    with sqlite3.connect(tmp_path / "turns.db") as connection:
        # As the product leaves it: going over to WAL needs the file for oneself.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE writings (writer INTEGER)")
    return f"sqlite:///{tmp_path}/turns.db"


def _write(address: str, writer: int, start: threading.Barrier) -> None:
    database = Database(address)
    start.wait()
    for _ in range(WRITINGS):
        with database.begin() as session:
            session.execute(text("INSERT INTO writings VALUES (:writer)"), {"writer": writer})
            # As long as a command takes; the next one begins at once.
            threading.Event().wait(0.002)
    database.dispose()


def test_writers_without_a_break_take_turns(address: str) -> None:
    """When the first of them is done, the others are not far behind."""
    start = threading.Barrier(WRITERS)
    writers = [
        threading.Thread(target=_write, args=(address, number, start)) for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    database = Database(address)
    with database.read() as session:
        order = list(session.scalars(text("SELECT writer FROM writings ORDER BY rowid")))
    database.dispose()
    ends = {writer: len(order) - 1 - order[::-1].index(writer) for writer in range(WRITERS)}
    until_first_end = order[: min(ends.values()) + 1]
    assert len(order) == WRITERS * WRITINGS
    assert min(until_first_end.count(writer) for writer in range(WRITERS)) > WRITINGS / 3


def test_patience_with_a_long_writer_ends(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who cannot write within the patience is told so, and can write once the other is done."""
    monkeypatch.setattr(databases, "BUSY_SECONDS", 0.05)
    first, second = Database(address), Database(address)
    with first.begin():
        with pytest.raises(Unavailable), second.begin():
            pass
        with second.read() as session:
            assert session.scalar(text("SELECT count(*) FROM writings")) == 0
    with second.begin() as session:
        session.execute(text("INSERT INTO writings VALUES (9)"))
    first.dispose()
    second.dispose()


def test_a_file_system_that_locks_no_folder_is_written_to(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(*_: object) -> None:
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr(fcntl, "flock", unable)
    database = Database(address)
    with database.begin() as session:
        session.execute(text("INSERT INTO writings VALUES (1)"))
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM writings")) == 1
    database.dispose()


def test_turns_are_kept_without_a_folder() -> None:
    """A database in memory has no folder and no other writer."""
    database = Database("sqlite://")
    with database.begin() as session:
        session.execute(text("CREATE TABLE writings (writer INTEGER)"))
    database.dispose()
