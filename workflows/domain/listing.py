"""Listed supervision: raised, published, reported on, taken down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine import clock
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import evidence
from workflows.domain.hazard_case import HazardCase

GRADES = (1, 2)
"""Park grade when confirmed as major, zone grade after that."""


def raised(case: HazardCase, _context: Context) -> None:
    """Open the listing, or raise its grade; the zone's own grade is listed by the office."""
    listing = _listing(case)
    grade = min(listing["grade"] + 1, GRADES[-1])
    case.data["listing"] = {**listing, "grade": grade, "to_publish": True, "removed_at": None}
    if grade == GRADES[-1]:
        case.data["bodies"] = {**case.data["bodies"], "listing_body": case.body("office")}


def published_by(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take where the listing was published, with its proof."""
    photos = evidence.attach(context.session, data.get("photos") or (), case.id, context)
    case.data["listing"] = {
        **_listing(case),
        "medium": data.get("medium"),
        "photos": photos,
        "published_by": context.actor.id,
    }
    return Completion({}, None)


def published(case: HazardCase, context: Context) -> None:
    """Count the listing as published; progress is due from here."""
    case.data["listing"] = {
        **_listing(case),
        "to_publish": False,
        "published": True,
        "published_at": context.now.isoformat(),
        "progress_due": _next_progress(case, context),
    }


def reported(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take a report of progress."""
    listing = _listing(case)
    report = {
        "progress": data.get("progress"),
        "percent": data.get("percent"),
        "photos": evidence.attach(context.session, data.get("photos") or (), case.id, context),
        "by": context.actor.id,
        "at": context.now.isoformat(),
    }
    case.data["listing"] = {**listing, "reports": [*listing["reports"], report]}
    return Completion({}, None)


def next_report(case: HazardCase, context: Context) -> None:
    """Date the next report of progress."""
    case.data["listing"] = {**_listing(case), "progress_due": _next_progress(case, context)}


def removed(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the listing down, in the same medium."""
    case.data["listing"] = {
        **_listing(case),
        "removed_at": context.now.isoformat(),
        "removed_by": context.actor.id,
        "removed_medium": data.get("medium"),
        "removed_photos": evidence.attach(
            context.session, data.get("photos") or (), case.id, context
        ),
        "progress_due": None,
    }
    return Completion({}, None)


def _listing(case: HazardCase) -> JsonMap:
    found: JsonMap = case.data["listing"]
    return found


def _next_progress(case: HazardCase, context: Context) -> str:
    days = case.basis.rules.whole("listing.progress_report_days")
    day = clock.beijing_date(context.now) + timedelta(days=days)
    return clock.end_of_day(day).isoformat()
