"""Dates that an interview waits for: its own date relieved, a decision of the silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engine import clock
from workflows.domain import extension_requests as requests
from workflows.domain import interview_entries as entries
from workflows.domain.deadline import Deadline
from workflows.domain.levels import EXITS

OPEN, FIX, DONE = "open", "fix", "done"
"""A final date may yet be owed; it is owed now; it never will be (again)."""
NOT_OWED, CERTAIN = (OPEN, DONE), (FIX, DONE)

UNDER_WAY = ("planning", "rectifying", "rechecking")
"""Phases of a hazard that is not found to be fixed: a final date makes sense."""


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
    """Return by when the next silent signatory decides; None if none must by a date."""
    held = entries.find(data, token)["held"]
    if held is None:
        return None
    awaited = [row.due_at for row in decisions(held, deadlines).values() if row.running]
    return min(awaited, default=None)


def decisions(held: Mapping[str, Any], deadlines: Sequence[Deadline]) -> dict[str, Deadline]:
    """Return the date of each signatory that the minutes name."""
    numbers: Mapping[str, int] = held.get("decision_duties") or {}
    known = {row.number: row for row in deadlines}
    return {part: known[number] for part, number in numbers.items() if number in known}


def final_state(
    data: Mapping[str, Any], policy: Sequence[Deadline], entry: Mapping[str, Any]
) -> str:
    """Return whether an interview held beside an undecided request owes a final date.

    It does once nobody decides any more and no date runs, about the very lateness it was held for.
    `policy` holds the dates of the paper in force that make a case overdue.
    """
    held = entry.get("held") or {}
    if held.get("final_date") or not held.get("decision_dates") or _over(data, entry):
        return DONE
    expired = [row for row in policy if row.state == "expired"]
    undated = (
        data["phase"] in UNDER_WAY
        and requests.undecided(data) is None
        and not any(row.running for row in policy)
        and bool(expired)
        and _is_about(entry, expired[-1])
    )
    return FIX if undated else OPEN


def final_said(held: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return by whom and when a final date was fixed: by the minutes, or after them."""
    said: Mapping[str, Any] = held.get("fixed") or held
    return said


def _over(data: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    """Whether the case has ended, a new paper is in force or another expiry came since."""
    latest = data["interviews"][-1]["number"] == entry["number"]
    return data["phase"] in EXITS or entry["round"] != data["round"] or not latest


def _is_about(entry: Mapping[str, Any], expired: Deadline) -> bool:
    same = (expired.number, expired.due_date.isoformat())
    return (entry["deadline"], entry.get("due_date")) == same
