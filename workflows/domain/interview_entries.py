"""The entry of an interview in the case document: found by number, never edited in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from engine.errors import Incident
from engine.ports import JsonMap
from workflows.domain import instants
from workflows.domain.deadline import Deadline

ENTERPRISE = "enterprise"
AUTHORITY = "authority_silence"
"""First subject while a timely request is undecided: the silence of those who have to sign."""

CONFLICTS = ("signer_conflict", "silent_conflict")
"""What the minutes note of their host: he had signed, or his own body is among the silent."""

_COUNTED = ("overdue_90", "same_hazard", "no_shows", "refusals")
_FLAGS = ("extension_expired", "fatality")

VIEW_TYPES = {
    "kind": "string",
    "host": "string",
    **dict.fromkeys(_COUNTED, "number"),
    **dict.fromkeys(_FLAGS, "boolean"),
}
"""What expressions read as `case.interview`: the latest, with its counters."""


def find(data: Mapping[str, Any], token: Mapping[str, Any]) -> JsonMap:
    """Return the interview whose number a token bears."""
    number = token.get("interview")
    found = next((one for one in data["interviews"] if one["number"] == number), None)
    if found is None:
        raise Incident(
            f"Expected an interview {number!r} in the case, but there is none",
            f"案件中没有第 {number} 次约谈的记录",
        )
    kept: JsonMap = found
    return kept


def change(data: JsonMap, entry: Mapping[str, Any], **changes: Any) -> JsonMap:
    """Put a changed entry in the place of the one before, and return it."""
    changed = {**entry, **changes}
    data["interviews"] = [
        changed if one["number"] == entry["number"] else one for one in data["interviews"]
    ]
    return changed


def row(
    deadlines: Sequence[Deadline], entry: Mapping[str, Any], name: str = "duty"
) -> Deadline | None:
    """Return the deadline that an entry keeps by number: its duty, or its expired date."""
    return next((one for one in deadlines if one.number == entry.get(name)), None)


def duty_due(
    data: Mapping[str, Any], deadlines: Sequence[Deadline], token: Mapping[str, Any]
) -> datetime | None:
    """Return until when a token's interview is to be held; None once it is held, late or gone."""
    duty = row(deadlines, find(data, token))
    return duty.due_at if duty and duty.running else None


def host_due(data: Mapping[str, Any], token: Mapping[str, Any], days: int) -> datetime:
    """Return until when a host may be confirmed, counted from the minute of the opening."""
    opened = instants.stored(find(data, token)["opened_at"])
    return opened.replace(second=0, microsecond=0) + timedelta(days=days)


def view(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what expressions read of the latest interview."""
    last: Mapping[str, Any] = data["interviews"][-1] if data["interviews"] else {}
    counters = last.get("counters") or {}
    return {
        "kind": last.get("kind"),
        "host": last.get("host"),
        **{name: counters.get(name, 0) for name in _COUNTED},
        **{name: counters.get(name, False) for name in _FLAGS},
    }


def lapse_unheld(data: JsonMap, now: datetime, cause: str) -> list[int]:
    """End every interview and talk that was not held, because its case has ended; name them."""
    unheld = [
        one
        for one in data["interviews"]
        if not any(one.get(name) for name in ("held", "talk", "lapsed"))
    ]
    for one in unheld:
        change(data, one, lapsed={"at": now.isoformat(), "cause": cause})
    return [int(one["number"]) for one in unheld]


def is_late(data: Mapping[str, Any]) -> bool:
    """Return whether an interview is owed that was not held in time (约谈超期)."""
    return any(late_now(one) for one in data["interviews"])


def late_now(entry: Mapping[str, Any]) -> bool:
    """Return whether an interview was not held in time and is still owed."""
    return bool(entry.get("late")) and not entry.get("held") and not entry.get("lapsed")


def step_of(entry: Mapping[str, Any]) -> str:
    """Return what an interview waits for; `done` or `lapsed` where it waits for nothing."""
    if entry.get("lapsed"):
        return "lapsed"
    if entry.get("kind") != "interview":
        return "done" if entry.get("talk") else "talk"
    if entry["held"]:
        return "done" if entry["report"] else "report"
    if entry["notice"]:
        return "hold"
    if entry["confirmation"] or entry["no_shows"]:
        return "schedule"
    return "confirm" if entry["proposal"] else "propose"


def told_step(entry: Mapping[str, Any], *, hears: bool) -> str:
    """Return what an interview waits for; who hears no opinions is not told how a host is found."""
    step = step_of(entry)
    return "schedule" if step in ("propose", "confirm") and not hears else step


def told_host(entry: Mapping[str, Any], *, hears: bool) -> str | None:
    """Return the host; who hears no opinions is told once it is certain."""
    certain = any(entry[name] for name in ("confirmation", "no_shows", "notice", "held"))
    host: str | None = entry["host"] if hears or certain else None
    return host
