"""Reading and writing the requests for extension that a case document holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine import clock
from engine.errors import Incident
from engine.ports import JsonMap
from workflows.domain import instants
from workflows.domain.levels import EXITS

PROCESS = "extension_request"
"""The process that carries one request each from asking to filing."""

OPEN = ("pending", "returned")
"""Statuses of a request on which nothing has been decided."""

TIMELY = "timely"
"""Filed in good time: such a request survives the expiry of the date."""

NOT_SENT, EXPIRED, RECTIFIED, UNDONE = "not_sent_again", "expired", "rectified", "undone"
"""Why a request lapses: returned and kept; late and overtaken; fixed; what it rests on is gone."""

UNDECIDED = ("withdrawn", "lapsed", "ended")
"""Statuses of a request that ended without a decision."""


def latest(data: Mapping[str, Any]) -> JsonMap | None:
    """Return the last request of a case."""
    found: list[JsonMap] = data["extension_requests"]
    return found[-1] if found else None


def undecided(data: Mapping[str, Any]) -> JsonMap | None:
    """Return the request that waits for a decision; there is never more than one."""
    found = latest(data)
    return found if found is not None and found["status"] in OPEN else None


def timely_pending(data: Mapping[str, Any]) -> bool:
    """Return whether a request filed in good time waits: no penalty step while it does."""
    found = undecided(data)
    return found is not None and found["timeliness"] == TIMELY


def answers_owed(data: Mapping[str, Any]) -> list[int]:
    """Return the orders' dates, by number, that an issuer who was asked in time has not answered.

    Asked in time is a timely request that was filed before the date of the order passed.
    """
    return [
        int(one["order"]["deadline"]) for one in awaiting_issuer(data) if _is_asked_in_time(one)
    ]


def awaiting_issuer(data: Mapping[str, Any]) -> list[JsonMap]:
    """Return the extensions in force that wait for the word of the body that issued the order."""
    if data["phase"] in EXITS:
        return []
    return [
        one
        for one in in_force(data)
        if one["order"] and not one["order"]["decision"] and not one["order"].get("lapsed")
    ]


def _is_asked_in_time(request: Mapping[str, Any]) -> bool:
    last = date.fromisoformat(request["order"]["original_due"])
    return request["timeliness"] == TIMELY and (
        instants.stored(request["at"]) < clock.end_of_day(last)
    )


def named(data: Mapping[str, Any], token: Mapping[str, Any]) -> JsonMap:
    """Return the request that a process instance is about; raise Incident if there is none."""
    number = token.get("request")
    for request in data["extension_requests"]:
        if request["number"] == number:
            found: JsonMap = request
            return found
    raise Incident(
        f"Expected a request for extension number {number}, but there is none",
        f"没有第 {number} 号延期申请",
    )


def in_force(data: Mapping[str, Any]) -> list[JsonMap]:
    """Return the extensions of the paper in force, the first first."""
    return [
        one
        for one in data["extension_requests"]
        if one["status"] == "effective" and one["round"] == data["round"]
    ]


def write(data: JsonMap, request: JsonMap) -> None:
    """Put a request in its place and count again what hangs on it."""
    kept = [one for one in data["extension_requests"] if one["number"] != request["number"]]
    data["extension_requests"] = sorted([*kept, request], key=lambda one: int(one["number"]))
    data["extensions"] = len(in_force(data))
    data["extension_pending"] = undecided(data) is not None


def end_open(data: JsonMap, now: datetime) -> None:
    """End what is undecided because the paper that it asks about is gone."""
    request = undecided(data)
    if request is not None:
        write(data, {**request, "status": "ended", "decided_at": now.isoformat()})


def forget_force(data: JsonMap, now: datetime) -> None:
    """End what is undecided and count no extension: a new paper brings a date of its own."""
    end_open(data, now)
    data["extensions"] = 0


def unfiled(data: Mapping[str, Any]) -> bool:
    """Return whether an extension is in force and not registered, and its case has not ended."""
    return data["phase"] not in EXITS and any(is_unfiled(one) for one in in_force(data))


def is_unfiled(request: Mapping[str, Any]) -> bool:
    """Return whether a request is in force that the emergency bureau has not registered."""
    filing = request["filing"] or {}
    return request["status"] == "effective" and not filing.get("register_number")


def is_objected(data: Mapping[str, Any]) -> bool:
    """Return whether an objection to an extension in force waits for its decision."""
    found = ((one["filing"] or {}).get("objection") for one in in_force(data))
    return any(one is not None and one["decided_at"] is None for one in found)


def is_second(data: Mapping[str, Any]) -> bool:
    """Return whether a second extension is in force, or asked for, under the paper in force."""
    return any(
        one["second"] and one["round"] == data["round"]
        for one in data["extension_requests"]
        if one["status"] in ("effective", *OPEN)
    )


def resubmit_due(data: Mapping[str, Any], token: Mapping[str, Any]) -> datetime | None:
    """Return until when a returned request may come back; None while none is returned."""
    request = named(data, token)
    if request["status"] != "returned":
        return None
    return instants.optional(request["resubmit_due"])


def lapsed_at(data: Mapping[str, Any], token: Mapping[str, Any]) -> datetime | None:
    """Return when a request lost its ground; None while it has it."""
    request = named(data, token)
    groundless = request.get("lapse_cause") in (EXPIRED, RECTIFIED, UNDONE)
    return instants.optional(request["decided_at"]) if groundless else None


def answer_lapsed_at(data: Mapping[str, Any], token: Mapping[str, Any]) -> datetime | None:
    """Return since when no issuer need answer for the date of its order; None while it does."""
    lapsed = (named(data, token)["order"] or {}).get("lapsed")
    return instants.stored(lapsed["at"]) if lapsed else None


def signatures(request: Mapping[str, Any]) -> list[JsonMap]:
    """Return what was signed on the present wording of a request."""
    return [one for one in request["signatures"] if one["revision"] == request["revision"]]


def who_agreed(data: Mapping[str, Any]) -> set[str]:
    """Return who agreed to any extension of the hazard, whatever became of it."""
    return {
        str(one["by"])
        for request in data.get("extension_requests") or ()
        for one in request.get("signatures") or ()
        if one.get("decision") == "agree"
    }


def who_signed(data: Mapping[str, Any]) -> list[str]:
    """Return the persons who signed the undecided request, and those they stood in for."""
    request = undecided(data)
    if request is None:
        return []
    standing = [one for one in signatures(request) if one["standing"]]
    found = [one[name] for one in standing for name in ("by", "acting_for")]
    return [str(person) for person in found if person]


def view(data: Mapping[str, Any]) -> JsonMap:
    """Return what expressions read as `case.extension`: the last request."""
    request = latest(data) or {}
    order = request.get("order")
    return {
        "number": request.get("number", 0),
        "status": request.get("status", "none"),
        "second": bool(request.get("second")),
        "again": bool(in_force(data)),
        "order_date": order is not None,
        "issuer_signed": bool((order or {}).get("by_signature")),
        "issuer": request.get("issuer", "none"),
    }


VIEW_TYPES = {
    "number": "number",
    "status": "string",
    "second": "boolean",
    "again": "boolean",
    "order_date": "boolean",
    "issuer_signed": "boolean",
    "issuer": "string",
}
"""FEEL types of the view."""
