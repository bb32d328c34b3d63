"""Examining a draft beside the processes in force; what was found a moment ago is remembered.

An examination takes a second. It is made before a unit of work begins, and remembered within it:
nobody waits for the lock of the database while a diagram is verified.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from engine.deployment.environment import GateEnvironment
from workflows.surroundings import in_force
from workflows.verifying import PATIENCE, Examination, examine


def examined(bundle: Bundle, around: GateEnvironment) -> Examination:
    """Return what is known of a bundle in its surroundings."""
    return examine([bundle], around, seconds=PATIENCE)


def surroundings(session: Session, agency: str, environment: GateEnvironment) -> GateEnvironment:
    """Return what the application gives, with the processes, rules and days in force."""
    return in_force(session, agency, environment)
