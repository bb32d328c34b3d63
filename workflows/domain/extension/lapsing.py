"""The one place where a request lapses: by its cause, told once, and never as consent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from engine.ports import Context, JsonMap
from workflows.domain import enforcement_entries as enforcements
from workflows.domain import extension_requests as requests
from workflows.domain import instants
from workflows.domain.deadline import Deadline
from workflows.domain.extension import signing, telling
from workflows.domain.hazard_case import HazardCase


def lapse(case: HazardCase, token: Mapping[str, Any], context: Context) -> None:
    """End a returned request that was not sent again; one that lapsed before ends its tasks."""
    request = requests.named(case.data, token)
    if request["status"] in requests.OPEN:
        _lapse(case, request, requests.NOT_SENT, context)


def at_expiry(case: HazardCase, passed: Collection[Deadline], context: Context) -> None:
    """End a late request whose date has passed: only a timely one survives the expiry."""
    request = requests.undecided(case.data)
    if request is None or request["timeliness"] == requests.TIMELY:
        return
    if any(row.number == request["deadline"] for row in passed):
        _lapse(case, request, requests.EXPIRED, context)


def when_undone(case: HazardCase, context: Context) -> None:
    """End what was asked on the ground of an extension that an upheld objection undid."""
    request = requests.undecided(case.data)
    if request is not None:
        _lapse(case, request, requests.UNDONE, context)


def when_rectified(case: HazardCase, context: Context) -> None:
    """End what is asked for a hazard that was verified as fixed.

    What passed while the authority kept silent on a timely request, or the issuer on the date of
    its order, brings no penalty step.
    """
    enforcements.relieve(case, None, requests.answers_owed(case.data))
    _end_answers(case, context)
    request = requests.undecided(case.data)
    if request is None:
        return
    _lapse(case, request, requests.RECTIFIED, context)
    if request["timeliness"] == requests.TIMELY:
        enforcements.relieve(case, instants.stored(request["at"]))


def _end_answers(case: HazardCase, context: Context) -> None:
    """End what an issuer was asked for the date of its order; that date stays as it is."""
    waiting = requests.awaiting_issuer(case.data)
    lapsed = {"at": context.now.isoformat(), "cause": requests.RECTIFIED}
    for one in waiting:
        requests.write(case.data, {**one, "order": {**one["order"], "lapsed": lapsed}})
        told = {"number": one["number"], "cause": requests.RECTIFIED}
        context.journal.record("extension.answer_lapsed", told)
    if waiting:
        telling.answer_lapsed(case, context)


def _lapse(case: HazardCase, request: JsonMap, cause: str, context: Context) -> None:
    lapsed = {
        **request,
        "status": "lapsed",
        "lapse_cause": cause,
        "decided_at": context.now.isoformat(),
    }
    telling.lapsed(case, lapsed, context)
    signing.void_open_duties(case, context, telling.LAPSES[cause][0])
    requests.write(case.data, lapsed)
    context.journal.record("extension.lapsed", {"number": request["number"], "cause": cause})
