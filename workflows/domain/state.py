"""The one state of a case, by precedence: a value computed, never entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.domain import extension_requests as requests
from workflows.domain.levels import EXITS


def state_of(data: Mapping[str, Any], overdue: bool) -> str:  # noqa: FBT001 a plain fact
    """Return the first that holds: exit, striking off, rechecking, overdue, and so on down."""
    phase = str(data["phase"])
    if phase in (*EXITS, "striking_off", "rechecking"):
        return phase
    if overdue:
        return _late(data)
    return phase


def _late(data: Mapping[str, Any]) -> str:
    """A held interview comes before overdue; an undecided timely request softens it."""
    if data["interviewed"]:
        return "interviewed"
    return "overdue_pending" if requests.timely_pending(data) else "overdue"
