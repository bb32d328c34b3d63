"""Until when a signature is owed: by its service limit, or by the day that an interview set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from workflows.domain.deadline import Deadline

SIGNS = "extension.sign."
"""The acts that sign a request, each followed by whose part it is."""

INTERVIEWED = "interviewed"
"""What starts the clock of a decision that the minutes ask for."""


def given_way(deadlines: Sequence[Deadline]) -> dict[int, Deadline]:
    """Return the running limits, by number, in whose place an interview has set a day."""
    return {
        one.number: later
        for one in deadlines
        for later in deadlines
        if one.kind == "sign" and one.running and later.number > one.number
        if _is_set(later, one.body)
    }


def day_set(data: Mapping[str, Any], act: str, opened_at: datetime) -> Deadline | None:
    """Return the day that an interview set for a signature owed since an instant, if one did."""
    if not act.startswith(SIGNS):
        return None
    part = act.removeprefix(SIGNS)
    body = data["bodies"].get("leaders" if part == "leader" else part)
    rows = [Deadline.from_json(one) for one in data["deadlines"]]
    found = [row for row in rows if _is_set(row, body) and row.set_at >= opened_at]
    return found[-1] if found else None


def _is_set(row: Deadline, body: str | None) -> bool:
    return (row.kind, row.body, row.start_event) == ("sign", body, INTERVIEWED)
