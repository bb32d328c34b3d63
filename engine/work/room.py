"""Room for people beside work that nobody waits for: it rests after every little while."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic

from engine.store.database import Database

LONGEST = 0.06
"""Seconds of work after which others have their turn."""

ROOM, ROOM_SQLITE = 0.02, 0.025
"""Seconds of rest at least: whoever waits for SQLite's one lock looks every 25 ms at first."""

MOST = 0.25
"""Seconds of rest at most. What takes long on a busy machine, or holds SQLite's lock for long, is
followed by a longer rest, for who has waited long looks every 100 ms."""


def rest_after(database: Database, worked: float, share: float = 1) -> float:
    """Return for how many seconds others at a database are left alone: a share of the work."""
    least = ROOM_SQLITE if database.is_sqlite else ROOM
    return min(max(least, worked * share), MOST)


class Room:
    """Rests once the work since the last rest took long enough; not within a transaction."""

    def __init__(self, database: Database, wait: Callable[[float], object] | None = None) -> None:
        """Take whose database it is, and what waits; an event that is set ends the rest."""
        self._database = database
        self._wait = wait or Event().wait
        self._since = monotonic()

    def leave(self) -> None:
        """Rest if it is time."""
        worked = monotonic() - self._since
        if worked >= LONGEST:
            self._wait(rest_after(self._database, worked))
            self._since = monotonic()
