"""What workers hold: which piece of work one takes next, for how long, how often in vain.

A worker that is killed leaves what it held; another takes it up when the lease is over. What ends
every worker that takes it is not taken for ever: whoever it belongs to ends it, see `worn`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, String, exists, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine import clock
from engine.store.ids import new_id

LEASE: Final = timedelta(minutes=2)
"""How long a piece of work is held after its last progress."""

SLICE: Final = 1.0
"""Seconds that a piece of work may take from the other things a worker does."""

MOST: Final = 3
"""Times that it is begun without getting on."""

WORN: Final = (
    f"It was begun {MOST} times and ended each time with a fault of the system; ask the operator",
    f"连续 {MOST} 次都因系统故障中断，不再重试；请联系运维人员",
)
"""What is told of work that ended every worker, in English and in Chinese."""

FAULT: Final = (
    "A fault of the system; the operator finds it in the log",
    "系统故障，运维人员可在日志中查到",
)
"""What is told of work that failed in a way that nobody foresaw, in English and in Chinese."""

FREE: Final[dict[str, object]] = {"holder": None, "held_until": None, "attempts": 0}
"""Written where work is let go, or waits for a worker again."""


class Leased:
    """The columns of a table whose rows are work for a worker."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    agency: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(12))
    holder: Mapped[str | None] = mapped_column(String(36))
    """Which worker is at it; another takes over when `held_until` has passed."""

    held_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often it was taken since it last got on."""

    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


Row = TypeVar("Row", bound=Leased)


def waits(session: Session, rows: type[Leased], states: Collection[str]) -> bool:
    """Return whether there is work to take."""
    return bool(session.scalar(select(exists().where(*_free(rows, states)))))


def take(session: Session, rows: type[Row], states: Collection[str]) -> Row | None:
    """Hold the work that has waited longest and that no living worker holds."""
    waiting = (
        select(rows)
        .where(*_free(rows, states))
        .order_by(rows.created_at, rows.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalars(waiting).one_or_none()
    if row is not None:
        row.holder, row.held_until = new_id(), clock.now() + LEASE
        row.attempts += 1
    return row


def worn(row: Leased) -> bool:
    """Return whether work was begun too often without getting on."""
    return row.attempts > MOST


def release(row: Leased, state: str) -> None:
    """Let work go in another state."""
    row.state, row.holder, row.held_until, row.attempts = state, None, None, 0


def unheld(held_until: datetime | None) -> bool:
    """Return whether nobody is at a piece of work now."""
    return held_until is None or held_until <= clock.now()


def mine(rows: type[Leased], key: str, holder: str) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a worker still holds what it took."""
    return (rows.id == key, rows.holder == holder)


def until() -> datetime:
    """Return until when work is held that gets on now."""
    return clock.now() + LEASE


def _free(rows: type[Leased], states: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    unheld = or_(rows.held_until.is_(None), rows.held_until <= clock.now())
    return (rows.state.in_(states), unheld)
