"""What a case waits for beside people: events in its diagrams, and rungs that will be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

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


def waiting(session: Session, case_id: str) -> list[WaitingRecord]:
    """Return what the live instances of a case wait for, without loading them."""
    rows = session.execute(
        select(Instance.id, Instance.process, Instance.version, Instance.waits, Instance.timers)
        .where(Instance.case_id == case_id, Instance.status == "live")
        .order_by(Instance.id)
    )
    found = []
    for row in rows:
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
    rows = session.execute(
        select(RungRow.name, RungRow.task_id, RungRow.fire_at)
        .where(RungRow.case_id == case_id, RungRow.fired_at.is_(None))
        .order_by(RungRow.fire_at, RungRow.id)
    )
    return [RungRecord(*row) for row in rows]


def _instant(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
