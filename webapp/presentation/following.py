"""How a page follows what a worker does: an import, a migration, a simulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from engine import clock
from workflows import leasing

_AT_FIRST: Final = timedelta(minutes=1)
_SOON, _LATER = 2, 5


@dataclass(frozen=True)
class Following:
    """When a page looks again, and whether anybody is at what it shows.

    Attributes:
        pace: seconds until it looks again: soon at first, then less often.
        unheld: whether it waits for a worker.
    """

    pace: int
    unheld: bool


def following(began: datetime, held_until: datetime | None) -> Following:
    """Return how a page follows work that began at an instant."""
    soon = clock.now() - began < _AT_FIRST
    return Following(_SOON if soon else _LATER, leasing.unheld(held_until))
