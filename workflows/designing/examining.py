"""Examining a draft beside the processes in force; what was found a moment ago is remembered.

An examination takes a second. It is made before a unit of work begins, and remembered within it:
nobody waits for the lock of the database while a diagram is verified.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import replace
from functools import lru_cache
from typing import Final

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment, ProcessContract
from engine.store import definitions
from workflows.verifying import PATIENCE, Examination, examine

_KEPT: Final = 8
_LOCK: Final = threading.Lock()
_REMEMBERED: Final[deque[tuple[Bundle, GateEnvironment, Examination]]] = deque(maxlen=_KEPT)


def examined(bundle: Bundle, around: GateEnvironment) -> Examination:
    """Return what is known of a bundle in its surroundings."""
    with _LOCK:
        known = list(_REMEMBERED)
    for other, where, found in known:
        same = other.process == bundle.process and other.digest == bundle.digest
        if same and where == around:
            return found
    found = examine([bundle], around, seconds=PATIENCE)
    if found.decided:  # else there may be more time the next time
        with _LOCK:
            _REMEMBERED.append((bundle, around, found))
    return found


def surroundings(session: Session, agency: str, environment: GateEnvironment) -> GateEnvironment:
    """Return what the application gives, with what the processes in force do with messages."""
    in_force = {
        one.process: _contract(session, agency, one.process, one.version)
        for one in definitions.active(session, agency=agency)
    }
    return replace(environment, processes={**in_force, **environment.processes})


def _contract(session: Session, agency: str, process: str, version: int) -> ProcessContract:
    """Return what a version does with messages; it never changes, so it is read once."""
    held = definitions.files(session, process, version, agency=agency)
    return _read(process, held.get(f"{process}.bpmn", b""))


@lru_cache(maxsize=64)
def _read(process: str, diagram: bytes) -> ProcessContract:
    return Bundle(process, {f"{process}.bpmn": diagram}).contract
