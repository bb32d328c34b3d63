"""What the signatures amount to, and the other ways in which a request ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import clock
from engine.ports import Context, JsonMap
from workflows.domain import extension_requests as requests
from workflows.domain.extension import effect, signing, telling
from workflows.domain.hazard_case import HazardCase


def decide(case: HazardCase, token: Mapping[str, Any], context: Context) -> str:
    """Return what became of the request: `effective`, `refused` or `returned`.

    Raises:
        Incident: nobody refused or returned it, yet the signatures are not all there or differ.
    """
    request = requests.named(case.data, token)
    decisions = {one["decision"] for one in requests.signatures(request)}
    if "refuse" in decisions:
        _end(case, request, "refused", context)
        return "refused"
    if "return" in decisions:
        _return(case, request, context)
        return "returned"
    signing.check_complete(case, request)
    effect.take(case, request, context)
    return "effective"


def withdrawn(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """End a request that the enterprise withdrew."""
    _end(case, requests.named(case.data, token), "withdrawn", context)


def _end(case: HazardCase, request: JsonMap, status: str, context: Context) -> None:
    signing.void_open_duties(case, context, f"延期申请 {status}")
    ended = {**request, "status": status, "decided_at": context.now.isoformat()}
    requests.write(case.data, ended)
    context.journal.record(f"extension.{status}", {"number": request["number"]})
    if status != "withdrawn":
        telling.enterprise(case, status, ended, context)


def _return(case: HazardCase, request: JsonMap, context: Context) -> None:
    """Void what was signed and date the resubmission; the filing time stays."""
    signing.void_open_duties(case, context, "延期申请退回")
    days = case.basis.rules.whole("extension.resubmit_workdays")
    last = case.basis.calendar.add_workdays(clock.beijing_date(context.now), days)
    voided = [{**one, "standing": False} for one in request["signatures"]]
    returned = {
        **request,
        "status": "returned",
        "signatures": voided,
        "resubmit_day": last.isoformat(),
        "resubmit_due": clock.end_of_day(last).isoformat(),
    }
    requests.write(case.data, returned)
    data = {"number": request["number"], "resubmit_by": last.isoformat()}
    context.journal.record("extension.returned", data)
    telling.enterprise(case, "returned", returned, context)
