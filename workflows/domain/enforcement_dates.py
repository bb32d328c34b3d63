"""Since when enforcement may be decided, from the plain document and its dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from workflows.domain import extension_requests as requests
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


def countable(
    data: Mapping[str, Any], deadlines: Iterable[Deadline], entry: Mapping[str, Any]
) -> list[Deadline]:
    """Return the dates of an entry that stand and whose passing may be held against anybody.

    The date of an order may not while its issuer, asked in time, has not answered.
    """
    withheld = requests.answers_owed(data)
    rows = standing(entry, deadlines)
    return [row for row in rows if row.state != "expired" or row.number not in withheld]


def decided(
    data: Mapping[str, Any], deadlines: Iterable[Deadline], entry: Mapping[str, Any]
) -> set[datetime]:
    """Return the expiries on which an earlier entry has decided, under whichever paper."""
    rows = list(deadlines)
    earlier = [
        one
        for one in data["enforcements"]
        if one["number"] < entry["number"] and one["decision"] and not one["lapsed"]
    ]
    found = (row for one in earlier for row in standing(one, rows))
    return {row.expired_at for row in found if row.expired_at}


def owed(
    data: Mapping[str, Any], deadlines: Iterable[Deadline], entry: Mapping[str, Any]
) -> list[Deadline]:
    """Return the dates of an entry that stand and on whose passing nobody has decided yet."""
    rows = list(deadlines)
    before = decided(data, rows, entry)
    return [row for row in standing(entry, rows) if row.expired_at not in before]


def instant(row: Deadline) -> str | None:
    """Return when a date passed, as an entry keeps it."""
    return row.expired_at.isoformat() if row.expired_at else None


def due(
    data: Mapping[str, Any], deadlines: Iterable[Deadline], token: Mapping[str, Any]
) -> datetime | None:
    """Return the first expiry of a token's entry that counts.

    None while a timely request is undecided, or the issuer owes its answer for an order's date.
    """
    if requests.timely_pending(data):
        return None
    entry = _named(data, token)
    rows = countable(data, deadlines, entry) if entry else []
    return min((row.expired_at for row in rows if row.expired_at), default=None)


def settled(
    data: Mapping[str, Any], deadlines: Iterable[Deadline], token: Mapping[str, Any]
) -> datetime | None:
    """Return since when an undecided entry has nothing to decide on.

    An earlier one has decided on all it is about, or all of it was relieved.
    """
    entry, rows = _named(data, token), list(deadlines)
    if entry is None or entry["decision"] or owed(data, rows, entry):
        return None
    if entry.get("passed") == {}:
        return datetime.fromisoformat(entry["opened_at"])
    return min((row.expired_at for row in standing(entry, rows) if row.expired_at), default=None)


def _named(data: Mapping[str, Any], token: Mapping[str, Any]) -> Mapping[str, Any] | None:
    number = token.get("enforcement")
    named = [one for one in data["enforcements"] if number in (None, one["number"])]
    return named[-1] if named else None
