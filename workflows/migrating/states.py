"""The states of a run, and of a case of it."""

from __future__ import annotations

from typing import Final

LOOKING: Final = "looking"
LOOKED: Final = "looked"
RUNNING: Final = "running"
STOPPED: Final = "stopped"
DONE: Final = "done"
GIVEN_UP: Final = "given_up"
AT_WORK: Final = (LOOKING, RUNNING)
"""States in which a worker has something to do."""

OPEN: Final = (LOOKING, LOOKED, RUNNING, STOPPED)

WAITING: Final = "waiting"
POSSIBLE: Final = "possible"
REFUSED: Final = "refused"
MOVED: Final = "moved"
STAYED: Final = "stayed"
"""States of a case: not looked at, what was found, what became of it."""
