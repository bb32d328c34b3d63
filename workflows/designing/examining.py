"""Examining a draft beside the processes in force; what was found a moment ago is remembered.

An examination takes a second. It is made before a unit of work begins, and remembered within it:
nobody waits for the lock of the database while a diagram is verified.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.deployment.deploy import contracts_in_force
from engine.deployment.environment import GateEnvironment
from workflows.verifying import PATIENCE, Examination, examine

_KEPT: Final = 32
_UNDECIDED_FOR: Final = 60.0
"""Seconds for which "not decided" is remembered: with more time the next one may be decided."""


@dataclass(frozen=True)
class _Remembered:
    bundle: Bundle
    around: GateEnvironment
    found: Examination
    at: float

    def answers(self, bundle: Bundle, around: GateEnvironment) -> bool:
        same = self.bundle.process == bundle.process and self.bundle.digest == bundle.digest
        fresh = self.found.decided or monotonic() - self.at < _UNDECIDED_FOR
        return same and fresh and self.around == around


_LOCK: Final = threading.Lock()
_REMEMBERED: Final[deque[_Remembered]] = deque(maxlen=_KEPT)


def examined(bundle: Bundle, around: GateEnvironment) -> Examination:
    """Return what is known of a bundle in its surroundings."""
    with _LOCK:
        known = list(_REMEMBERED)
    for one in reversed(known):
        if one.answers(bundle, around):
            return one.found
    found = examine([bundle], around, seconds=PATIENCE)
    with _LOCK:
        _REMEMBERED.append(_Remembered(bundle, around, found, monotonic()))
    return found


def surroundings(session: Session, agency: str, environment: GateEnvironment) -> GateEnvironment:
    """Return what the application gives, with what the processes in force do with messages."""
    in_force = contracts_in_force(session, agency)
    return replace(environment, processes={**in_force, **environment.processes})
