"""Extensions in a simulation: asked for, signed, in force, lapsed."""

from __future__ import annotations

from collections.abc import Mapping

from engine.simulation.calendars import HOUR
from engine.simulation.world import Stage
from workflows.simulation.dates import day_of, end_of
from workflows.simulation.fate import Fate
from workflows.simulation.state import Facts, Limit, Request
from workflows.simulation.zone import Zone

ASK = "extension.request"
_ROOM = 2
"""Days that an enterprise asks for beyond what it thinks to need."""


def asks_at(zone: Zone, limit: Limit, fate: Fate) -> int:
    """Return when the enterprise asks for more time."""
    name = "days_before_late" if fate.late_request else "days_before"
    days = int(zone.behaviour.figure("extension", name))
    return end_of(limit.day - days - 1) + int(zone.behaviour.figure("extension", "hour")) * HOUR


def ask(zone: Zone, facts: Facts, fate: Fate, stage: Stage) -> None:
    """Let the enterprise ask, if it may."""
    limit = facts.awaited()
    count = facts.in_force
    most = zone.rules.whole("extension.max_count")
    runs = facts.phase in ("planning", "rectifying")
    if limit is None or not runs or facts.undecided or count >= min(most, fate.asks):
        return
    today = day_of(stage.now)
    days = zone.rules.wholes("extension.max_days")
    longest = limit.day + days[min(count, len(days) - 1)]
    needed = max(day_of(facts.fixed_at) + _ROOM, limit.day + 1)
    request = Request(
        number=len(facts.requests) + 1,
        at=stage.now,
        limit=limit,
        original_day=limit.day,
        new_day=min(longest, needed),
        timely=today <= limit.day - zone.rules.whole("extension.timely_days_before"),
        second=count > 0,
    )
    facts.requests.append(request)
    stage.send(ASK, {"request": request.number})


def of(facts: Facts, flags: Mapping[str, object]) -> Request:
    """Return the request that a token bears, else the last one."""
    number = flags.get("request")
    found = [one for one in facts.requests if one.number == number]
    return found[0] if found else facts.requests[-1]


def decide(zone: Zone, facts: Facts, flags: Mapping[str, object], stage: Stage) -> str:
    """Say what the signatures amount to."""
    request = of(facts, flags)
    decisions = set(request.decisions)
    request.decided_at = stage.now
    if "refuse" in decisions:
        request.status = "refused"
    elif "return" in decisions:
        days = zone.rules.whole("extension.resubmit_workdays")
        request.status = "returned"
        request.resubmit_due = end_of(zone.days.workday_after(day_of(stage.now), days))
    else:
        _take(facts, request, stage)
    request.decisions = []
    return request.status


def _take(facts: Facts, request: Request, stage: Stage) -> None:
    """Put it in force: the date moves, and what its passing brought about is relieved."""
    limit = request.limit
    request.status = "effective"
    limit.day, limit.due = request.new_day, end_of(request.new_day)
    if limit.state == "expired":
        limit.state, limit.expired_at = "live", None
        for other in facts.limits:
            if other.kind == "final" and other.state in ("live", "held", "expired"):
                other.state, other.expired_at = "voided", None
        if facts.phase in ("rechecking", "striking_off"):
            limit.state = "held"
    for interview in facts.interviews:
        in_time = interview.due is None or stage.now < interview.due
        if interview.limit is limit and interview.held_at is None and in_time:
            interview.relieved_at = end_of(interview.day)


def lapse(facts: Facts, flags: Mapping[str, object], stage: Stage) -> None:
    """End a request on which nothing was decided."""
    request = of(facts, flags)
    if request.open:
        request.status, request.decided_at = "lapsed", stage.now


def groundless(facts: Facts, now: int) -> None:
    """End the request because its ground is gone: too late, or the hazard is fixed."""
    request = facts.undecided
    if request is not None:
        request.status, request.lapsed_at, request.decided_at = "lapsed", now, now


def undo(facts: Facts, flags: Mapping[str, object], now: int) -> None:
    """Let the date fall back because an objection was upheld."""
    request = of(facts, flags)
    request.status = "ended"
    limit = request.limit
    limit.day, limit.due = request.original_day, end_of(request.original_day)
    listing = facts.listing
    if facts.in_force or not listing.grade:
        return
    if facts.level != "major":
        listing.grade, listing.to_publish, listing.progress_due = 0, False, None
        listing.ended_at = now
    elif listing.to_publish and facts.expired is None:
        listing.grade, listing.to_publish = 1, not listing.published
        listing.ended_at = now


def view(facts: Facts) -> dict[str, object]:
    """Return what expressions read as `case.extension`."""
    last = facts.requests[-1] if facts.requests else None
    return {
        "number": last.number if last else 0,
        "status": last.status if last else "none",
        "second": bool(last and last.second),
        "again": facts.in_force > 0,
        "order_date": False,
        "issuer_signed": False,
        "issuer": "none",
    }
