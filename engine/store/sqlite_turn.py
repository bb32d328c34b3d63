"""Who may write next to a SQLite database.

SQLite lets whoever asks at the right moment have the write lock: with four processes that write
without a break, measured, one of them got it all the time and another waited for more than
three seconds. So there is a queue of one place before the lock: only who holds that place asks
for the lock, and the writer who has just finished must come by the queue again.

The place is an advisory lock of the operating system on the folder of the database; it goes with
the process that holds it, leaves no file behind and needs no rights but to read the folder.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Error as SqliteError
from typing import Any

from sqlalchemy import Connection

_NEXT_SECONDS = 0.0003
"""How often the next in turn asks: a unit of work takes some milliseconds."""

_QUEUE_SECONDS = 0.001

_BEGIN = "BEGIN IMMEDIATE"


class WriteTurn:
    """The turn to write to one database file; safe for threads and processes."""

    def __init__(self, folder: Path | None, patience_seconds: float) -> None:
        """Stand for a folder; None where the database is in memory and nobody else writes."""
        self._folder = folder
        self._patience_seconds = patience_seconds

    def begin(self, connection: Connection) -> None:
        """Begin a transaction that holds the write lock, when it is this writer's turn.

        Raises:
            OperationalError: of SQLAlchemy; the lock was not to be had within the patience.
        """
        driver: Any = connection.connection.dbapi_connection
        until = time.monotonic() + self._patience_seconds
        with self._place(until), _asking_once(driver, self._patience_seconds):
            while _is_busy(driver):
                if time.monotonic() > until:
                    break
                time.sleep(_NEXT_SECONDS)
            if not driver.in_transaction:
                # Once more through SQLAlchemy, which makes an error of its own of the driver's.
                connection.exec_driver_sql(_BEGIN)

    @contextmanager
    def _place(self, until: float) -> Iterator[None]:
        """Hold the place before the lock; after the patience, or where there is none, go on."""
        if self._folder is None:
            yield
            return
        try:
            folder = os.open(self._folder, os.O_RDONLY)
        except OSError:
            # The lock itself decides: the place only keeps order.
            yield
            return
        try:
            while not _may_ask(folder) and time.monotonic() < until:
                time.sleep(random.uniform(0.5, 1.5) * _QUEUE_SECONDS)  # noqa: S311 no secret
            yield
        finally:
            os.close(folder)


@contextmanager
def _asking_once(driver: Any, patience_seconds: float) -> Iterator[None]:  # noqa: ANN401
    # SQLite's own waiting sleeps longer and longer, past the end of most units of work.
    driver.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience_seconds * 1000:.0f}")


def _is_busy(driver: Any) -> bool:  # noqa: ANN401
    """Begin; tell whether another holds the lock, so that it is worth asking again."""
    try:
        driver.execute(_BEGIN)
    except SqliteError as error:
        return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return False


def _may_ask(folder: int) -> bool:
    """Return whether the place is this writer's, or is not to be had on this file system."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # Some file systems of a network lock no folder that is open for reading only.
        return True
    return True
