"""The worker's part of a simulation: a little at a time, so that no date waits for it.

A worker that is killed leaves a simulation that another one begins anew; with the same seed it
comes to the same report.
"""

from __future__ import annotations

import logging
from time import monotonic

from engine.errors import BihuanError, Unavailable
from workflows import leasing
from workflows.app import Bihuan
from workflows.simulating import kept
from workflows.simulating.asking import study_of
from workflows.simulating.kept import Taken
from workflows.simulation import studies
from workflows.simulation.studies import Steps

log = logging.getLogger(__name__)


class Simulating:
    """Plays the simulations that wait, one after the other."""

    def __init__(self, bihuan: Bihuan, *, seconds: float = leasing.SLICE) -> None:
        """Take the product, and how long a step may be."""
        self._bihuan, self._seconds = bihuan, seconds
        self._at_hand: tuple[Taken, Steps] | None = None

    def step(self) -> int:
        """Play on for a moment; return whether there was anything to play."""
        if self._at_hand is None and not self._take():
            return 0
        taken, steps = self._at_hand or (None, None)
        if taken is None or steps is None:
            return 1
        self._at_hand = None
        try:
            self._play(taken, steps)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 it is played again to the same end
            self._refuse(taken, error)
        return 1

    def _refuse(self, taken: Taken, error: Exception) -> None:
        why = leasing.FAULT
        if isinstance(error, BihuanError):
            why = (error.message, error.message_zh)
        else:
            log.error("a simulation fails", exc_info=error)
        self._bihuan.database.run(lambda session: kept.refuse(session, taken, why))

    def _take(self) -> bool:
        database = self._bihuan.database
        with database.read() as session:
            if not kept.waits(session):
                return False
        taken = database.run(kept.take)
        if taken is None:
            return False
        try:
            with database.read() as session:
                study = study_of(session, taken.agency, taken.asked)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 it is asked for again with the same answer
            self._refuse(taken, error)
            return True
        self._at_hand = (taken, studies.conducting(study))
        return True

    def _play(self, taken: Taken, steps: Steps) -> None:
        until, done = monotonic() + self._seconds, 0
        try:
            while monotonic() < until:
                done = next(steps)
        except StopIteration as ended:
            report = ended.value
            self._bihuan.database.run(lambda session: kept.finish(session, taken, report))
            return
        if self._bihuan.database.run(lambda session: kept.progress(session, taken, done)):
            self._at_hand = (taken, steps)
