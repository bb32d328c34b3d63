"""What a draft is examined beside: the processes in force, and what they do with messages."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment, ProcessContract
from engine.store import definitions


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
