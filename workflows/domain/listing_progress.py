"""Reports of progress on a listed hazard: by the enterprise, noted by who supervises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import clock
from engine.errors import Incident
from engine.ports import Completion, Context, Grant, JsonMap, TaskFacts
from workflows.domain import evidence, instants, listing_dates, notifications
from workflows.domain.candidates import INSPECTING
from workflows.domain.hazard_case import HazardCase

ENTERPRISE, AUTHORITY = "enterprise", "authority"


def reported(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Take a report of progress; one that the supervising body wrote is marked so."""
    own = context.actor.holds(case.body("enterprise"))
    report = {
        "progress": data.get("progress"),
        "percent": data.get("percent"),
        "photos": evidence.attach(context.session, data.get("photos") or (), case.id, context),
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "written_by": ENTERPRISE if own else AUTHORITY,
        "noted": None,
    }
    _keep(case, [*_reports(case), report])
    return Completion({}, None if own else "for_silent_enterprise")


def next_report(case: HazardCase, context: Context) -> str:
    """Date the next report of progress; return who wrote the last one."""
    listing = case.data["listing"]
    due = listing_dates.following(listing, case.basis.rules, context.now)
    case.data["listing"] = {**listing, "progress_due": due.isoformat()}
    reports = _reports(case)
    return str(reports[-1].get("written_by", ENTERPRISE)) if reports else ENTERPRISE


def missed(case: HazardCase, context: Context) -> None:
    """Keep that a report was not given, tell who supervises, and go on to the next, now due."""
    listing = case.data["listing"]
    due = listing_dates.missed(listing, case.basis.rules)
    if due is None:
        raise Incident("Expected a report of progress to be due, but none is", "没有应报的治理进展")
    last = clock.day_of_event(instants.stored(listing["progress_due"]))
    kept = {"due_date": last.isoformat(), "at": context.now.isoformat()}
    case.data["listing"] = {
        **listing,
        "missed": [*listing.get("missed", ()), kept],
        "progress_due": due.isoformat(),
    }
    context.journal.record("listing.missed", {"due_date": kept["due_date"]})
    number = case.data["number"]
    news = notifications.News(
        "listing.missed",
        f"{number} {last} 到期的治理进展未报告，下一期已到期",
        f"{number}: the report of progress due on {last} is missing, and the next one is due",
    )
    bodies = {case.body("listing_body"), case.body("office")}
    grants = [Grant(body, role) for body in sorted(bodies) for role in INSPECTING]
    notifications.tell(case, grants, news, context)


def noted(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Let the supervising body take note of what it has not noted, with a word of its own."""
    reports = _reports(case)
    if not reports:
        raise Incident("Expected a report of progress, but there is none", "没有进展报告")
    note = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "opinion": data.get("opinion"),
    }
    _keep(case, [one if _needs_no_note(one) else {**one, "noted": note} for one in reports])
    return Completion({}, None)


def _needs_no_note(report: JsonMap) -> bool:
    return bool(report["noted"]) or report.get("written_by") == AUTHORITY


def _reports(case: HazardCase) -> list[JsonMap]:
    found: list[JsonMap] = case.data["listing"]["reports"]
    return found


def _keep(case: HazardCase, reports: list[JsonMap]) -> None:
    case.data["listing"] = {**case.data["listing"], "reports": reports}
