"""Reading and ending the proposal to void a wrong entry that a case document holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.errors import Incident
from engine.ports import JsonMap
from workflows.domain.proposers import makers

OPEN = "open"
"""Status of a proposal that waits for its decision.

A proposal from before the decision was a task has no status: it waits for nobody.
"""


def waiting(data: Mapping[str, Any]) -> JsonMap | None:
    """Return the proposal that waits for its decision; there is never more than one."""
    found: JsonMap | None = data["void_proposal"]
    return found if found is not None and found.get("status") == OPEN else None


def expected(data: Mapping[str, Any]) -> JsonMap:
    """Return the proposal that waits; raise Incident if there is none."""
    found = waiting(data)
    if found is None:
        raise Incident(
            "Expected a proposal to void that waits for its decision, but there is none",
            "没有待决定的误报更正提请",
        )
    return found


def who_proposed(data: Mapping[str, Any]) -> list[str]:
    """Return who made the proposal that waits; nobody where none waits."""
    return makers(waiting(data) or {})


def end_open(data: JsonMap, now: datetime) -> None:
    """End what waits because its case has left by another exit."""
    if (proposal := waiting(data)) is not None:
        data["void_proposal"] = {**proposal, "status": "ended", "closed_at": now.isoformat()}
