"""What a case waits for beside people: events in its diagrams, and rungs that will be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.store.base import table
from engine.store.cases import Instance
from engine.store.tasks import RungRow


@dataclass(frozen=True)
class TimerRecord:
    """A date that an element of a live instance waits for.

    `at` is the date known when the instance last moved, None while there was none; where the
    date is read again at every check, `expression` over `token` tells what it is now.
    """

    element: str
    expression: str
    token: Mapping[str, Any]
    at: datetime | None


@dataclass(frozen=True)
class WaitingRecord:
    """Where tokens of a live instance wait at events, and its armed dates."""

    instance_id: str
    process: str
    version: int
    elements: tuple[str, ...]
    timers: tuple[TimerRecord, ...]


@dataclass(frozen=True)
class RungRecord:
    """A rung or reminder that was not told yet."""

    name: str
    task_id: str | None
    at: datetime


_INSTANCE, _RUNG = table(Instance).c, table(RungRow).c
_WAITING = (
    select(_INSTANCE.id, _INSTANCE.process, _INSTANCE.version, _INSTANCE.waits, _INSTANCE.timers)
    .where(_INSTANCE.case_id == bindparam("case_id"), _INSTANCE.status == "live")
    .order_by(_INSTANCE.id)
)
_STANDING = (
    select(_RUNG.name, _RUNG.task_id, _RUNG.fire_at)
    .where(_RUNG.case_id == bindparam("case_id"), _RUNG.fired_at.is_(None))
    .order_by(_RUNG.fire_at, _RUNG.id)
)


def waiting(session: Session, case_id: str) -> list[WaitingRecord]:
    """Return what the live instances of a case wait for, without loading them."""
    found = []
    for row in session.connection().execute(_WAITING, {"case_id": case_id}).all():
        timers = tuple(
            TimerRecord(one["element"], one["expression"], one["token"], _instant(one["value"]))
            for one in row.timers
        )
        # An instance that was last settled before events were noted still knows its timers.
        elements = row.waits.get("elements", [timer.element for timer in timers])
        found.append(WaitingRecord(row.id, row.process, row.version, tuple(elements), timers))
    return found


def standing_rungs(session: Session, case_id: str) -> list[RungRecord]:
    """Return the rungs of a case that were not told yet, the next first."""
    rows = session.connection().execute(_STANDING, {"case_id": case_id}).all()
    return [RungRecord(*row) for row in rows]


def _instant(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
