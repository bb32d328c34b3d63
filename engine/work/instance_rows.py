"""Process instances of a case: read with what they wait for, loaded only when touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine.execution.instance import ProcessInstance
from engine.execution.model import ArmedTimer
from engine.store.base import table
from engine.store.tables import Instance

_INSTANCE = table(Instance)
_LIVE = (
    select(
        _INSTANCE.c.id,
        _INSTANCE.c.process,
        _INSTANCE.c.version,
        _INSTANCE.c.root,
        _INSTANCE.c.started_at,
        _INSTANCE.c.blob,
        _INSTANCE.c.waits,
        _INSTANCE.c.timers,
        _INSTANCE.c.lock_version,
    )
    .where(_INSTANCE.c.case_id == bindparam("case_id"), _INSTANCE.c.status == "live")
    .order_by(_INSTANCE.c.id)
)
_ADD = insert(_INSTANCE)
_STATE = ("status", "reason", "blob", "waits", "timers", "lock_version", "ended_at")
_STORE = (
    update(_INSTANCE)
    .where(_INSTANCE.c.id == bindparam("instance"))
    .values({name: bindparam(name) for name in _STATE})
)


@dataclass
class RunningInstance:
    """One instance within a command; `loaded` is None until somebody touches it."""

    id: str
    process: str
    version: int
    root: bool
    started_at: datetime
    status: str = "live"
    reason: str | None = None
    blob: bytes = b""
    messages: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()
    timers: tuple[ArmedTimer, ...] = ()
    elements: tuple[str, ...] = ()
    lock_version: int = 1
    stored: bool = False
    loaded: ProcessInstance | None = field(default=None, repr=False)

    @property
    def live(self) -> bool:
        """Return whether the instance still runs."""
        return self.status == "live"

    def refresh(self) -> None:
        """Take over what the loaded instance waits for now."""
        if self.loaded is not None:
            waits = self.loaded.waits()
            self.messages, self.signals, self.timers = waits.messages, waits.signals, waits.timers
            self.elements = waits.elements


def load_instances(session: Session, case_id: str) -> list[RunningInstance]:
    """Return the live instances of a case; whoever locks the case may change them."""
    rows = session.connection().execute(_LIVE, {"case_id": case_id}).all()
    return [
        RunningInstance(
            id=row.id,
            process=row.process,
            version=row.version,
            root=row.root,
            started_at=row.started_at,
            blob=bytes(row.blob),
            messages=frozenset(row.waits["messages"]),
            signals=frozenset(row.waits["signals"]),
            timers=tuple(_timer(timer) for timer in row.timers),
            lock_version=row.lock_version,
            stored=True,
        )
        for row in rows
    ]


def store_instances(
    session: Session,
    agency: str,
    case_id: str,
    instances: Iterable[RunningInstance],
    now: datetime,
) -> None:
    """Write every instance that was touched."""
    new = []
    for instance in instances:
        if instance.loaded is None:
            continue
        values = _state(instance, now)
        if instance.stored:
            session.connection().execute(_STORE, {"instance": instance.id, **values})
            continue
        new.append(
            {
                "id": instance.id,
                "agency": agency,
                "case_id": case_id,
                "process": instance.process,
                "version": instance.version,
                "root": instance.root,
                "started_at": instance.started_at,
                **values,
            }
        )
        instance.stored = True
    if new:
        session.connection().execute(_ADD, new)


def _state(instance: RunningInstance, now: datetime) -> dict[str, Any]:
    blob = instance.loaded.dump() if instance.loaded is not None else instance.blob
    instance.refresh()
    return {
        "status": instance.status,
        "reason": instance.reason,
        "blob": blob,
        "waits": {
            "messages": sorted(instance.messages),
            "signals": sorted(instance.signals),
            "elements": list(instance.elements),
        },
        "timers": [_timer_json(timer) for timer in instance.timers],
        "lock_version": instance.lock_version + 1 if instance.stored else 1,
        "ended_at": None if instance.live else now,
    }


def _timer_json(timer: ArmedTimer) -> dict[str, Any]:
    return {
        "element": timer.element,
        "expression": timer.expression,
        "token": dict(timer.token),
        "value": timer.value.isoformat() if timer.value else None,
        "live": timer.live,
        **({"after": timer.after.isoformat()} if timer.after else {}),
    }


def _timer(stored: dict[str, Any]) -> ArmedTimer:
    value, after = stored["value"], stored.get("after")
    return ArmedTimer(
        element=stored["element"],
        expression=stored["expression"],
        token=stored["token"],
        value=datetime.fromisoformat(value) if value else None,
        live=stored["live"],
        after=datetime.fromisoformat(after) if after else None,
    )
