"""One lateness, one interview: an extension undone lets the same date pass a second time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine import clock
from engine.ports import Context, JsonMap
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import HazardCase
from workflows.domain.interview import afterwards


def of_the_same(case: HazardCase, expired: Deadline) -> list[JsonMap]:
    """Return the interviews that this very date brought about when it passed before."""
    same = (expired.number, expired.due_date.isoformat())
    return [
        one for one in case.data["interviews"] if (one.get("deadline"), one.get("due_date")) == same
    ]


def stands(found: Sequence[JsonMap]) -> bool:
    """Return whether the last of them did not lapse: it was held, or is under way."""
    return bool(found) and found[-1]["lapsed"] is None


def taken_up(case: HazardCase, entry: JsonMap, expired: Deadline, context: Context) -> None:
    """Let an interview count again that was held before the extension came and went."""
    held = entry["held"]
    context.journal.record(
        "interview.not_again",
        {"interview": entry["number"], "due_date": expired.due_date.isoformat()},
    )
    if held is None:
        return
    case.data["interviewed"] = True
    final = held["final_date"]
    if final and clock.end_of_day(date.fromisoformat(final)) > context.now:
        afterwards.start_final(case, held, context)
