"""Dates that an interview waits for: its own date relieved, a decision of the silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engine import clock
from workflows.domain import instants
from workflows.domain import interview_entries as entries
from workflows.domain.deadline import Deadline


def relieved(
    data: Mapping[str, Any], deadlines: Sequence[Deadline], token: Mapping[str, Any]
) -> datetime | None:
    """Return since when an interview is not owed any more; None while its own date has passed.

    Only the date that brought it about counts: that of a former paper no extension can relieve.
    What came after day 3 relieves nothing: an interview that is late by then stays owed.
    """
    entry = entries.find(data, token)
    expired = entries.row(deadlines, entry, "deadline")
    if expired is None or _came_late(expired, entries.row(deadlines, entry)):
        return None
    since = date.fromisoformat(entry.get("due_date") or expired.due_date.isoformat())
    moved_on = expired.due_date > since or (expired.running and expired.due_date != since)
    return clock.end_of_day(since) if moved_on or expired.state == "voided" else None


def _came_late(expired: Deadline, duty: Deadline | None) -> bool:
    """Whether the date was last moved or taken away when the interview was late already."""
    return duty is not None and bool(expired.changes) and expired.changes[-1].at >= duty.due_at


def decision_due(
    data: Mapping[str, Any], deadlines: Sequence[Deadline], token: Mapping[str, Any]
) -> datetime | None:
    """Return by when the next silent signatory decides; the interview's own time if none must."""
    held = entries.find(data, token)["held"]
    if held is None:
        return None
    awaited = [row.due_at for row in decisions(held, deadlines).values() if row.running]
    return min(awaited, default=instants.stored(held["recorded_at"]))


def decisions(held: Mapping[str, Any], deadlines: Sequence[Deadline]) -> dict[str, Deadline]:
    """Return the date of each signatory that the minutes name."""
    numbers: Mapping[str, int] = held.get("decision_duties") or {}
    known = {row.number: row for row in deadlines}
    return {part: known[number] for part, number in numbers.items() if number in known}
