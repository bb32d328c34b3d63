"""What is counted of an enterprise at the moment of an expiry; it decides who interviews."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from engine.ports import Context, JsonMap
from engine.store.tables import Case
from workflows.domain import fatality
from workflows.domain.deadline import Deadline
from workflows.domain.hazard_case import POLICY, HazardCase
from workflows.domain.ledger_tables import DeadlineRow, HazardRow

REFUSED_SERVICE = "refused_witnessed"
_TO_COUNT = ('"no_shows":[{', '"refused_to_sign":true')
"""What stands in a document where an absence or a refusal to sign is to be counted."""


def counted(case: HazardCase, expired: Deadline, context: Context) -> JsonMap:
    """Return the counters of an expiry; the present one is never counted."""
    since = expired.due_at - timedelta(days=case.basis.rules.whole("counters.overdue"))
    earlier = [*_own(case, since), *_of_other_cases(case, since, context)]
    return {
        "overdue_90": _other_overdue(case, since, expired.due_at, context),
        "same_hazard": _same_hazard(case, expired),
        "no_shows": sum(len(one.get("no_shows") or ()) for one in earlier),
        "refusals": _refused_service(case) + sum(map(_refused_to_sign, earlier)),
        "extension_expired": _is_extended(expired),
        "fatality": fatality.is_linked(case),
    }


def _same_hazard(case: HazardCase, expired: Deadline) -> int:
    """Earlier expiries of the same hazard, under whichever paper."""
    return sum(
        one.kind in POLICY
        and one.expired_at is not None
        and one.state != "voided"
        and one.number != expired.number
        for one in case.deadlines
    )


def _is_extended(expired: Deadline) -> bool:
    """Whether an extension still counted; an objection that was upheld has put the date back."""
    moved = [one for one in expired.changes if one.cause == "extension"]
    return (
        bool(moved)
        and expired.due_date == moved[-1].after
        and moved[-1].after > (moved[-1].before or moved[-1].after)
    )


def _refused_service(case: HazardCase) -> int:
    return int((case.data["order"] or {}).get("service_method") == REFUSED_SERVICE)


def _refused_to_sign(entry: JsonMap) -> int:
    return int(bool((entry.get("held") or {}).get("refused_to_sign")))


def _other_overdue(case: HazardCase, since: datetime, until: datetime, context: Context) -> int:
    """Other hazards of the enterprise that were overdue; what was voided never was a hazard."""
    query = (
        select(func.count(func.distinct(HazardRow.case_id)))
        .join(DeadlineRow, DeadlineRow.case_id == HazardRow.case_id)
        .where(
            _others(case),
            DeadlineRow.kind.in_(POLICY),
            DeadlineRow.state != "voided",
            DeadlineRow.expired_at >= since,
            DeadlineRow.expired_at <= until,
            or_(HazardRow.exit.is_(None), HazardRow.exit != "voided"),
        )
    )
    return context.session.scalar(query) or 0


def _of_other_cases(case: HazardCase, since: datetime, context: Context) -> Iterator[JsonMap]:
    """Return interviews of the enterprise's other cases, at least those with something to count."""
    query = (
        select(Case.document)
        .join(HazardRow, HazardRow.case_id == Case.id)
        .join(DeadlineRow, DeadlineRow.case_id == Case.id)
        .where(_others(case), DeadlineRow.kind == "interview", DeadlineRow.started_at >= since)
        # Told by the database, so that the documents of all the others need not come here.
        .where(or_(*(Case.document.contains(mark) for mark in _TO_COUNT)))
        .distinct()
    )
    for text in context.session.scalars(query):
        document: Any = json.loads(text)
        yield from _since(document["interviews"], since)


def _own(case: HazardCase, since: datetime) -> Iterator[JsonMap]:
    return _since(case.data["interviews"], since)


def _since(interviews: list[JsonMap], since: datetime) -> Iterator[JsonMap]:
    return (one for one in interviews if datetime.fromisoformat(one["opened_at"]) >= since)


def _others(case: HazardCase) -> ColumnElement[bool]:
    return and_(
        HazardRow.agency == case.agency,
        HazardRow.enterprise == case.body("enterprise"),
        HazardRow.case_id != case.id,
    )
