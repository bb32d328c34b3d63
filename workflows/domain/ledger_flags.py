"""What marks a hazard beside its state: extension pending, second, not filed; interview late."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from workflows.domain.ledger_tables import DeadlineRow, HazardRow
from workflows.domain.levels import EXITS

EXTENSION_PENDING = "extension_pending"
UNFILED = "unfiled"
SECOND_EXTENSION = "second_extension"
INTERVIEW_LATE = "interview_late"
LISTED = "listed"
OVERDUE, OVERDUE_PENDING = "overdue", "overdue_pending"


def conditions() -> dict[str, ColumnElement[bool]]:
    """Return each flag as a condition on ledger rows."""
    pending = HazardRow.extension_pending.is_(True)
    is_open = HazardRow.state.not_in(EXITS)
    return {
        EXTENSION_PENDING: pending,
        UNFILED: is_open & _unfiled(),
        SECOND_EXTENSION: or_(HazardRow.extensions > 1, and_(pending, HazardRow.extensions > 0)),
        INTERVIEW_LATE: HazardRow.interview_late.is_(True),
        LISTED: is_open & (HazardRow.listing_grade > 0),
    }


def is_listed(document: Mapping[str, Any]) -> bool:
    """Return whether a hazard stands on the list: not taken off it, its case not ended."""
    listing = document["listing"]
    return (
        listing["grade"] > 0
        and listing.get("removed_at") is None
        and document["phase"] not in EXITS
    )


def hides_lateness(state: str, overdue_since: datetime | None) -> bool:
    """Return whether a case is late although its state, by precedence, does not say so."""
    return overdue_since is not None and state not in (*EXITS, OVERDUE, OVERDUE_PENDING)


def awaits_consent(state: str, overdue_since: datetime | None, *, pending: bool) -> bool:
    """Return whether a late case has a request undecided, whatever state precedes it."""
    return overdue_since is not None and pending and state not in EXITS


def flags_of(session: Session, case_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the flags of some cases, by one query."""
    known = conditions()
    rows = session.execute(
        select(HazardRow.case_id, *known.values()).where(HazardRow.case_id.in_(set(case_ids)))
    )
    return {
        case_id: [name for name, holds in zip(known, held, strict=True) if holds]
        for case_id, *held in rows
    }


def _unfiled() -> ColumnElement[bool]:
    return exists().where(
        DeadlineRow.case_id == HazardRow.case_id,
        DeadlineRow.kind == "filing",
        DeadlineRow.state.in_(("live", "held")),
    )
