"""Listed supervision: opened on its grounds, published, reported on, taken down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine import clock
from engine.errors import Invalid
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import evidence, instants
from workflows.domain.hazard_case import HazardCase

GRADES = {"major": 1, "extension": 2, "overdue": 2}
"""Park grade when confirmed as major; zone grade on an extension or once overdue."""

_OF_ONE_LISTING = (
    "medium",
    "photos",
    "published_at",
    "published_on",
    "published_by",
    "removed_at",
    "removed_on",
    "removed_by",
    "removed_medium",
    "removed_photos",
    "ended",
)
"""What is kept apart when a hazard is listed again."""


def raised(case: HazardCase, context: Context) -> None:
    """Open the listing on a ground, or add a ground; the zone's own grade is listed by the office.

    A publication that has not been taken down still stands when the hazard is listed again.
    """
    listing = _listing(case)
    standing = grounds(listing)
    if not standing:
        listing = _renewed(listing, context)
    new = {"ground": _ground(case, standing), "at": context.now.isoformat()}
    found = [*standing, new]
    grade = max(GRADES[one["ground"]] for one in found)
    case.data["listing"] = {**listing, "grounds": found, "grade": grade, "to_publish": True}
    part = "office" if grade == max(GRADES.values()) else "park_command"
    case.data["bodies"] = {**case.data["bodies"], "listing_body": case.body(part)}


def grounds(listing: JsonMap) -> list[JsonMap]:
    """Return why a hazard is listed; before grounds were kept the level was the only one."""
    known: list[JsonMap] = listing.get("grounds") or []
    if known or not listing["grade"]:
        return known
    return [{"ground": "major", "at": listing["published_at"]}]


def downgraded(case: HazardCase, context: Context) -> None:
    """Take away the ground of the level; a listing without another ground ends."""
    listing = _listing(case)
    standing = grounds(listing)
    left = [one for one in standing if one["ground"] != "major"]
    if left == standing or case.level == "major":
        return
    listing = {**listing, "grounds": left}
    if not left:
        listing |= {
            "grade": 0,
            "to_publish": False,
            "progress_due": None,
            "ended": {
                "reason": "downgraded",
                "grade": listing["grade"],
                "by": context.actor.id,
                "at": context.now.isoformat(),
            },
        }
        context.journal.record("listing.ended", {"reason": "downgraded"})
    case.data["listing"] = listing


def published_by(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take where and on which day the listing was published, with its proof."""
    listing = _listing(case)
    opened_at = instants.optional(listing["opened_at"])
    earliest = clock.beijing_date(opened_at) if opened_at else None
    day = _day(data, "published_on", earliest, context)
    photos = evidence.attach(context.session, data.get("photos") or (), case.id, context)
    case.data["listing"] = {
        **listing,
        "medium": data.get("medium"),
        "published_on": day.isoformat(),
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
    listing = _listing(case)
    published_on = listing["published_on"]
    earliest = date.fromisoformat(published_on) if published_on else None
    day = _day(data, "removed_on", earliest, context)
    photos = evidence.attach(context.session, data.get("photos") or (), case.id, context)
    case.data["listing"] = {
        **listing,
        "removed_at": context.now.isoformat(),
        "removed_on": day.isoformat(),
        "removed_by": context.actor.id,
        "removed_medium": data.get("medium"),
        "removed_photos": photos,
        "progress_due": None,
    }
    return Completion({}, None)


def _day(data: Mapping[str, Any], field: str, earliest: date | None, context: Context) -> date:
    """Return the entered day; refuse one to come and one before there was anything to publish."""
    today = clock.beijing_date(context.now)
    day = instants.entered_day(data.get(field), field)
    if day > today:
        raise Invalid.at(
            field, f"Expected a day not after today {today}, but it is {day}", "日期不得晚于今天"
        )
    if earliest is not None and day < earliest:
        began_zh = "挂牌决定日" if field == "published_on" else "公布日期"
        raise Invalid.at(
            field,
            f"Expected a day from {earliest} on, but it is {day}",
            f"日期不得早于{began_zh} {earliest}",
        )
    return day


def _ground(case: HazardCase, standing: list[JsonMap]) -> str:
    """Return why the listing is opened or raised now: what the case shows and is not noted yet."""
    if case.level == "major" and all(one["ground"] != "major" for one in standing):
        return "major"
    return "extension" if case.data["extensions"] else "overdue"


def _renewed(listing: JsonMap, context: Context) -> JsonMap:
    """Return a listing that begins now; one that was published before is kept beside it."""
    begun = {**listing, "opened_at": context.now.isoformat(), "ended": None}
    if not listing["published"]:
        return begun
    former = {name: listing[name] for name in _OF_ONE_LISTING}
    begun["former"] = [*listing["former"], former]
    still_up = listing["removed_at"] is None
    return {
        **begun,
        "published": still_up,
        "removed_at": None,
        "removed_on": None,
        "removed_by": None,
        "removed_medium": None,
        "removed_photos": [],
    }


def _listing(case: HazardCase) -> JsonMap:
    found: JsonMap = case.data["listing"]
    return found


def _next_progress(case: HazardCase, context: Context) -> str:
    days = case.basis.rules.whole("listing.progress_report_days")
    day = clock.beijing_date(context.now) + timedelta(days=days)
    return clock.end_of_day(day).isoformat()
