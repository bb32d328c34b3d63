"""Since when enforcement may be decided, from the plain document and its dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from workflows.domain.deadline import Deadline


def standing(entry: Mapping[str, Any], deadlines: Iterable[Deadline]) -> list[Deadline]:
    """Return the dates of an entry that passed when it was noted and were not relieved since.

    A date that fell back because its extension was undone passed all the earlier. A final date
    gives way to an extension, and is relieved with the date it followed.
    """
    passed = entry.get("passed", {})
    noted = {int(number): datetime.fromisoformat(at) for number, at in passed.items()}
    return [
        d
        for d in deadlines
        if d.expired_at
        and d.state != "voided"
        and d.number in noted
        and d.expired_at <= noted[d.number]
    ]


def instant(row: Deadline) -> str | None:
    """Return when a date passed, as an entry keeps it."""
    return row.expired_at.isoformat() if row.expired_at else None


def due(
    data: Mapping[str, Any], deadlines: Iterable[Deadline], token: Mapping[str, Any]
) -> datetime | None:
    """Return the first expiry of a token's entry; None while a timely request is undecided."""
    if data["extension_pending"]:
        return None
    number = token.get("enforcement")
    named = [one for one in data["enforcements"] if number in (None, one["number"])]
    rows = standing(named[-1], deadlines) if named else []
    return min((row.expired_at for row in rows if row.expired_at), default=None)
