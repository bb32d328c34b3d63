"""Room for people beside work that nobody waits for: it rests after every little while."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic

LONGEST = 0.06
"""Seconds of work after which others have their turn."""

LEAST = 0.02
"""Seconds of rest at least: as long as some requests of people take."""

MOST = 0.25
"""Seconds of rest at most: what takes long on a busy machine is followed by a longer rest."""


def rest_after(worked: float, share: float = 1) -> float:
    """Return for how many seconds others are left alone: a share of the work."""
    return min(max(LEAST, worked * share), MOST)


class Room:
    """Rests once the work since the last rest took long enough; not within a transaction."""

    def __init__(self, wait: Callable[[float], object] | None = None) -> None:
        """Take what waits; an event that is set ends the rest."""
        self._wait = wait or Event().wait
        self._since = monotonic()

    def leave(self) -> None:
        """Rest if it is time."""
        worked = monotonic() - self._since
        if worked >= LONGEST:
            self._wait(rest_after(worked))
            self._since = monotonic()
