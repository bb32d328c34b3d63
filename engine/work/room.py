"""Room for people beside work that nobody waits for: it rests after every little while."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic

from engine.store.database import Database

LONGEST = 0.06
"""Seconds of work after which others have their turn."""

ROOM, ROOM_SQLITE = 0.02, 0.025
"""Seconds of rest: whoever waits for SQLite's one lock looks again every 25 ms at first."""


def room_of(database: Database) -> float:
    """Return how many seconds others at a database are left."""
    return ROOM_SQLITE if database.is_sqlite else ROOM


class Room:
    """Rests once the work since the last rest took long enough; not within a transaction."""

    def __init__(self, database: Database, wait: Callable[[float], object] | None = None) -> None:
        """Take whose database it is, and what waits; an event that is set ends the rest."""
        self._seconds = room_of(database)
        self._wait = wait or Event().wait
        self._since = monotonic()

    def leave(self) -> None:
        """Rest if it is time."""
        if monotonic() - self._since >= LONGEST:
            self._wait(self._seconds)
            self._since = monotonic()
