"""Reports of progress on a listed hazard: by the enterprise, noted by who supervises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import Incident
from engine.ports import Completion, Context, JsonMap, TaskFacts
from workflows.domain import evidence, listing_publication
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
    due = listing_publication.next_progress(case, context)
    case.data["listing"] = {**case.data["listing"], "progress_due": due}
    reports = _reports(case)
    return str(reports[-1].get("written_by", ENTERPRISE)) if reports else ENTERPRISE


def noted(
    case: HazardCase, _task: TaskFacts, data: Mapping[str, Any], context: Context
) -> Completion:
    """Let the supervising body take note of the last report, with a word of its own."""
    reports = _reports(case)
    if not reports:
        raise Incident("Expected a report of progress, but there is none", "没有进展报告")
    note = {
        "by": context.actor.id,
        "at": context.now.isoformat(),
        "opinion": data.get("opinion"),
    }
    _keep(case, [*reports[:-1], {**reports[-1], "noted": note}])
    return Completion({}, None)


def _reports(case: HazardCase) -> list[JsonMap]:
    found: list[JsonMap] = case.data["listing"]["reports"]
    return found


def _keep(case: HazardCase, reports: list[JsonMap]) -> None:
    case.data["listing"] = {**case.data["listing"], "reports": reports}
