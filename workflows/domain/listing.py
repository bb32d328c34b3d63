"""Listed supervision: opened on its grounds, published, reported on, taken down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine import clock
from engine.errors import Incident, Invalid
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import evidence, instants, organisation
from workflows.domain.hazard_case import POLICY, HazardCase
from workflows.domain.language import spoken

LEVEL, EXTENSION, OVERDUE, ORDER = "major_confirmed", "on_extension", "on_overdue_major", "by_order"
GRADES = {LEVEL: 1, EXTENSION: 2, OVERDUE: 2, ORDER: 2}
"""Park grade when confirmed as major; zone grade on an extension, once overdue, by order."""

_SAID = {
    LEVEL: "确认为重大隐患",
    EXTENSION: "整改期限延期生效",
    OVERDUE: "重大隐患逾期未完成整改",
    ORDER: "区领导指令挂牌督办",
}
"""How the form of the zone's notice begins to say its basis."""

ZONE_GRADE = 2
_FORMER_NAMES = {"major": LEVEL, "extension": EXTENSION, "overdue": OVERDUE}
"""How grounds were named in documents written before a leader could order a listing."""

_NOTICE = ("basis", "finish_by", "frequency", "supervising_body", "department")
"""What the notice of the zone's supervision says besides where it is published."""

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
    "notice",
)
"""What is kept apart when a hazard is listed again."""


def raised(case: HazardCase, context: Context) -> None:
    """Open the listing on its grounds, or add one; the zone's own grade is listed by the office.

    A publication that has not been taken down still stands when the hazard is listed again.
    """
    listing = _listing(case)
    standing = grounds(listing)
    if not standing:
        listing = _renewed(listing, context)
    at = context.now.isoformat()
    found = [*standing, *({"ground": one, "at": at} for one in _new_grounds(case, standing))]
    if not found:
        raise Incident("Expected a ground to list a hazard, but there is none", "没有挂牌理由")
    grade = max(GRADES[one["ground"]] for one in found)
    changes = {"grounds": found, "grade": grade, "to_publish": True, "withdrawn_at": None}
    case.data["listing"] = {**listing, **changes}
    part = "office" if grade == ZONE_GRADE else "park_command"
    case.data["bodies"] = {**case.data["bodies"], "listing_body": case.body(part)}


def grounds(listing: JsonMap) -> list[JsonMap]:
    """Return why a hazard is listed; before grounds were kept the level was the only one."""
    known: list[JsonMap] = listing.get("grounds") or []
    if known or not listing["grade"]:
        return [{**one, "ground": _FORMER_NAMES.get(one["ground"], one["ground"])} for one in known]
    return [{"ground": LEVEL, "at": listing["published_at"]}]


def downgraded(case: HazardCase, context: Context) -> None:
    """Take away the ground of the level; a listing without another ground ends."""
    listing = _listing(case)
    standing = grounds(listing)
    left = [one for one in standing if one["ground"] != LEVEL]
    if left == standing or case.level == "major":
        return
    case.data["listing"] = {**listing, "grounds": left}
    if not left:
        end(case, "downgraded", context)


def end(case: HazardCase, reason: str, context: Context) -> None:
    """End a listing that has no ground left: taken off if published, else withdrawn."""
    listing = _listing(case)
    ended = {
        "reason": reason,
        "grade": listing["grade"],
        "by": context.actor.id,
        "at": context.now.isoformat(),
    }
    case.data["listing"] = {
        **listing,
        "grade": 0,
        "to_publish": False,
        "progress_due": None,
        "ended": ended,
    }
    context.journal.record("listing.ended", {"reason": reason})


def published_by(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
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
        "notice": _notice(case, data) if task.act == "listing.grade2" else None,
    }
    return Completion({}, None)


def noticed(case: HazardCase, task: TaskFacts, context: Context) -> JsonMap:
    """Return what the form of a listing starts with: its notice, or the medium it stands in."""
    if task.act == "listing.remove":
        return {"medium": _listing(case)["medium"]}
    every = case.basis.rules.whole("listing.progress_report_days")
    return {
        "basis": _basis(case),
        "finish_by": _finish_by(case),
        "frequency": spoken(context, f"每{every}天", f"every {every} days"),
        "supervising_body": _name(case, "listing_body", context),
        "department": _name(case, "industry_department", context),
    }


def published(case: HazardCase, context: Context) -> None:
    """Count the listing as published; progress is due from here."""
    case.data["listing"] = {
        **_listing(case),
        "to_publish": False,
        "published": True,
        "published_at": context.now.isoformat(),
        "progress_due": next_progress(case, context),
    }


def removed(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the listing down, in the medium that it was published in."""
    listing = _listing(case)
    medium = data.get("medium") or listing["medium"]
    if listing["medium"] and medium != listing["medium"]:
        raise Invalid.at(
            "medium",
            f"Expected the medium of the listing {listing['medium']}, but it is {medium}",
            f"摘牌须在挂牌的同一媒体“{listing['medium']}”公布",
        )
    published_on = listing["published_on"]
    earliest = date.fromisoformat(published_on) if published_on else None
    day = _day(data, "removed_on", earliest, context)
    photos = evidence.attach(context.session, data.get("photos") or (), case.id, context)
    case.data["listing"] = {
        **listing,
        "removed_at": context.now.isoformat(),
        "removed_on": day.isoformat(),
        "removed_by": context.actor.id,
        "removed_medium": medium,
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


def _new_grounds(case: HazardCase, standing: list[JsonMap]) -> list[str]:
    """Return the grounds that the case shows and that are not noted yet.

    Each extension is one more ground: it moves the date that the public was told.
    """
    noted = [one["ground"] for one in standing]
    shown = {
        LEVEL: case.level == "major",
        OVERDUE: case.level == "major" and case.expired is not None,
        ORDER: _listing(case)["ordered"] is not None,
    }
    found = [ground for ground, holds in shown.items() if holds and ground not in noted]
    if case.data["extensions"] > 0 and (not found or EXTENSION not in noted):
        found.append(EXTENSION)
    return found


def _notice(case: HazardCase, data: Mapping[str, Any]) -> JsonMap:
    """Keep what the notice says; the date in it is no other than the one that runs."""
    running = case.running(*POLICY)
    given = data.get("finish_by") or _finish_by(case)
    if given and running and instants.entered_day(given, "finish_by") > running.due_date:
        raise Invalid.at(
            "finish_by",
            f"Expected a finish by {running.due_date}, but it is {given}",
            f"治理完成日不得晚于现整改期限 {running.due_date}",
        )
    return {name: data.get(name) for name in _NOTICE} | {"finish_by": given}


def _basis(case: HazardCase) -> str:
    """Return why the zone supervises, with the criterion where the hazard was graded by one."""
    found = [_SAID[one["ground"]] for one in grounds(_listing(case)) if one["ground"] in _SAID]
    return "；".join(dict.fromkeys([*filter(None, [case.data["criterion"]]), *found]))


def _finish_by(case: HazardCase) -> str | None:
    """Return the date that stands, running or passed."""
    standing = case.running(*POLICY) or case.expired
    return standing.due_date.isoformat() if standing else None


def _name(case: HazardCase, part: str, context: Context) -> str:
    return organisation.body(context.session, case.body(part)).name_zh


def _renewed(listing: JsonMap, context: Context) -> JsonMap:
    """Return a listing that begins now; one that was published before is kept beside it."""
    begun = {**listing, "opened_at": context.now.isoformat(), "ended": None}
    if not listing["published"]:
        return begun
    former = {name: listing.get(name) for name in _OF_ONE_LISTING}
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


def next_progress(case: HazardCase, context: Context) -> str:
    """Return until when the next report of progress is due."""
    days = case.basis.rules.whole("listing.progress_report_days")
    day = clock.beijing_date(context.now) + timedelta(days=days)
    return clock.end_of_day(day).isoformat()
