"""How a page follows what a worker does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from engine import clock

_AT_FIRST: Final = timedelta(minutes=1)
_SOON, _LATER = 2, 5


def pace_of(began: datetime) -> int:
    """Return in how many seconds a page looks again: soon at first, then less often."""
    return _SOON if clock.now() - began < _AT_FIRST else _LATER
