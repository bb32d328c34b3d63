"""Reading and ending the proposals to raise a hazard to major that a case document holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.errors import Incident
from engine.ports import JsonMap
from workflows.domain.proposers import makers

PROPOSED = "proposed"
SECONDED = "seconded"
_WAITING = (PROPOSED, SECONDED)
"""Statuses of a proposal that waits: for the second officer, and for the head of the bureau.

A proposal from before the confirmation was a task has no status: it waits for nobody.
"""


def waiting(data: Mapping[str, Any]) -> JsonMap | None:
    """Return the proposal that waits; there is never more than one, and it is the last."""
    found: JsonMap | None = data["raise_proposals"][-1] if data["raise_proposals"] else None
    return found if found is not None and found.get("status") in _WAITING else None


def expected(data: Mapping[str, Any]) -> JsonMap:
    """Return the proposal that waits; raise Incident if there is none."""
    found = waiting(data)
    if found is None:
        raise Incident(
            "Expected a proposal to raise to major that waits, but there is none",
            "没有待办理的升级提请",
        )
    return found


def persons(proposal: Mapping[str, Any]) -> list[str]:
    """Return both officers of a proposal, with whom they stood in for."""
    return [*makers(proposal), *makers(proposal.get("second") or {})]


def who_proposed(data: Mapping[str, Any]) -> list[str]:
    """Return the officers of the proposal that waits; nobody where none waits."""
    return persons(waiting(data) or {})


def change(data: JsonMap, **changes: Any) -> JsonMap:  # noqa: ANN401 any JSON
    """Change the proposal that waits; return it as it is now."""
    changed = {**expected(data), **changes}
    data["raise_proposals"] = [*data["raise_proposals"][:-1], changed]
    return changed


def end_open(data: JsonMap, now: datetime) -> JsonMap | None:
    """End what waits, as its paper ceased or its case left; return what was ended."""
    if waiting(data) is None:
        return None
    return change(data, status="ended", closed_at=now.isoformat())
