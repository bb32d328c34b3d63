"""Publication of a listing: put up with its notice, dated, and taken down where it was put up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from engine import clock
from engine.errors import Invalid
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import evidence, instants, listing, zone
from workflows.domain.hazard_case import POLICY, HazardCase
from workflows.domain.language import spoken

_SAID = {
    listing.LEVEL: "确认为重大隐患",
    listing.EXTENSION: "整改期限延期生效",
    listing.OVERDUE: "重大隐患逾期未完成整改",
    listing.ORDER: "区领导指令挂牌督办",
}
"""How the form of the zone's notice begins to say its basis."""

_NOTICE = ("basis", "finish_by", "frequency", "supervising_body", "department")
"""What the notice of the zone's supervision says besides where it is published."""


def published_by(
    case: HazardCase, task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take where and on which day the listing was published, with its proof."""
    stored = case.data["listing"]
    opened_at = instants.optional(stored["opened_at"])
    earliest = clock.beijing_date(opened_at) if opened_at else None
    day = _day(data, "published_on", earliest, context)
    photos = evidence.attach(context.session, data.get("photos") or (), case.id, context)
    case.data["listing"] = {
        **stored,
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
        return {"medium": case.data["listing"]["medium"]}
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
        **case.data["listing"],
        "to_publish": False,
        "published": True,
        "published_at": context.now.isoformat(),
        "progress_due": next_progress(case, context),
    }


def removed(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take the listing down, in the medium that it was published in."""
    stored = case.data["listing"]
    medium = data.get("medium") or stored["medium"]
    if stored["medium"] and medium != stored["medium"]:
        raise Invalid.at(
            "medium",
            f"Expected the medium of the listing {stored['medium']}, but it is {medium}",
            f"摘牌须在挂牌的同一媒体“{stored['medium']}”公布",
        )
    published_on = stored["published_on"]
    earliest = date.fromisoformat(published_on) if published_on else None
    day = _day(data, "removed_on", earliest, context)
    photos = evidence.attach(context.session, data.get("photos") or (), case.id, context)
    case.data["listing"] = {
        **stored,
        "removed_at": context.now.isoformat(),
        "removed_on": day.isoformat(),
        "removed_by": context.actor.id,
        "removed_medium": medium,
        "removed_photos": photos,
        "progress_due": None,
    }
    return Completion({}, None)


def next_progress(case: HazardCase, context: Context) -> str:
    """Return until when the next report of progress is due."""
    days = case.basis.rules.whole("listing.progress_report_days")
    day = clock.beijing_date(context.now) + timedelta(days=days)
    return clock.end_of_day(day).isoformat()


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
    grounds = [one["ground"] for one in listing.grounds(case.data["listing"])]
    found = [_SAID[ground] for ground in grounds if ground in _SAID]
    return "；".join(dict.fromkeys([*filter(None, [case.data["criterion"]]), *found]))


def _finish_by(case: HazardCase) -> str | None:
    """Return the date that stands, running or passed."""
    standing = case.running(*POLICY) or case.expired
    return standing.due_date.isoformat() if standing else None


def _name(case: HazardCase, part: str, context: Context) -> str:
    return zone.body(context, case.body(part)).name_zh
