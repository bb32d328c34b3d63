"""The one state of a case, by precedence: a value computed, never entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.domain import extension_requests as requests
from workflows.domain.levels import EXITS


def state_of(
    data: Mapping[str, Any],
    overdue: bool,  # noqa: FBT001 a plain fact
    *,
    undated: bool = False,
) -> str:
    """Return the first that holds: exit, striking off, rechecking, overdue, and so on down.

    `undated` is a lateness whose interview still owes the final date: it is not settled by it.
    """
    phase = str(data["phase"])
    if phase in (*EXITS, "striking_off", "rechecking"):
        return phase
    if overdue:
        return _late(data, undated=undated)
    return phase


def _late(data: Mapping[str, Any], *, undated: bool) -> str:
    """A held interview comes before overdue; an undecided timely request softens it."""
    if data["interviewed"] and not undated:
        return "interviewed"
    return "overdue_pending" if requests.timely_pending(data) else "overdue"
