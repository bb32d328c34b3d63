"""A month without a worker: whatever fell due meanwhile fires once, in order, dated by the law.

Beside the cases that nobody looked after stand their twins, begun at the same instants and
looked after at every date. What the law dates must be the same of both.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import Actor
from engine.store.many_cases import open_tasks
from engine.store.tables import Case, History, IncidentRow, RungRow
from tests.chaos.zone import hazard, paper
from workflows.app import Bihuan
from workflows.domain import organisation
from workflows.domain.ledger_tables import DeadlineRow

DAYS = (40, 38, 37, 35, 33)
"""How many days ago cases began; a working week and a weekend apart."""

EACH = 25
"""Late cases of one enterprise."""

LARGER = {"level": "larger", "criterion": None, "reason": None}

ONCE = ("deadline.expired", "interview.opened", "enforcement.opened", "interview.late")
"""What each case meets in a month of silence, in the order of the law's dates.

Who was there at every date was reminded besides; nobody is reminded of what is over.
"""

_DATED = (
    DeadlineRow.kind,
    DeadlineRow.state,
    DeadlineRow.started_at,
    DeadlineRow.due_at,
    DeadlineRow.expired_at,
)


def month_without_workers(bihuan: Bihuan, count: int) -> dict[str, str]:
    """Begin cases a month ago and leave them alone; return each with its twin."""
    now = clock.now()
    begun = [now - timedelta(days=days) for days in DAYS]
    names = bihuan.database.run(lambda session: _enterprises(session, len(DAYS) + count // EACH))
    twins = [_begin(bihuan, at, names.pop(), "双胞") for at in begun]
    _look_after(bihuan, min(begun), now)
    late = {}
    for number in range(count):
        place = number % len(begun)
        name = names[number % len(names)]
        late[_begin(bihuan, begun[place], name, f"停机{number}")] = twins[place]
    return late


def judge_dates(session: Session, late: dict[str, str]) -> dict[str, int]:
    """Check that everything fired once, in order, and as dated by the law; return counts."""
    now = clock.now()
    open_incidents = session.scalars(select(IncidentRow.message)).all()
    assert not open_incidents, open_incidents
    acts = _acts(session)
    dates, rungs = _dates(session), _rungs(session)
    for case, twin in late.items():
        assert acts[case] == acts[twin] == list(ONCE), (acts[case], acts[twin])
        assert dates[case] == dates[twin], (dates[case], dates[twin])
        assert all(fired is not None for at, fired in rungs.get(case, ()) if at <= now)
    due = session.scalars(select(Case.id).where(Case.status == "open", Case.next_due_at <= now))
    assert not due.all()
    return {"cases": len(late), "dates": sum(len(dates[case]) for case in late)}


def _enterprises(session: Session, count: int) -> list[str]:
    """Add enterprises, so that each has some late cases and none has thousands."""
    like = organisation.enterprise(session, "enterprise01")
    names = [f"quiet{number:04d}" for number in range(count + 1)]
    for name in names:
        new = replace(like, id=name, name_zh=f"示例{name}", name=f"Sample {name}")
        organisation.add_enterprise(session, new)
    return names


def _begin(bihuan: Bihuan, at: datetime, enterprise: str, mark: str) -> str:
    with clock.use(clock.VirtualClock(at)):
        with bihuan.database.read() as session:
            actor = organisation.actor_of(session, "inspector1", at)
        data = hazard(mark) | {"enterprise": enterprise}
        case = bihuan.runtime.start_case(actor, "hazard_rectification", data, agency="default")
        _complete(bihuan, actor, case, LARGER)
        _complete(bihuan, actor, case, {**paper(), "interim_measures": "派人看守"})
    return case


def _complete(bihuan: Bihuan, actor: Actor, case: str, data: dict[str, Any]) -> None:
    with bihuan.database.read() as session:
        (task,) = open_tasks(session, [case])[case]
    bihuan.runtime.complete_task(actor, task.id, data)


def _look_after(bihuan: Bihuan, since: datetime, now: datetime) -> None:
    """Let everything fall due at its own instant."""
    moving = clock.VirtualClock(since)
    with clock.use(moving):
        while (due := bihuan.runtime.next_due()) is not None and due <= now:
            moving.set(max(due, moving.now()))
            bihuan.runtime.fire_due()


def _acts(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for case, act in session.execute(
        select(History.case_id, History.act)
        .where(History.act.in_(ONCE))
        .order_by(History.case_id, History.seq)
    ):
        found.setdefault(case, []).append(act)
    return found


def _dates(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for case, *dated in session.execute(
        select(DeadlineRow.case_id, *_DATED).order_by(DeadlineRow.case_id, DeadlineRow.number)
    ):
        found.setdefault(case, []).append(tuple(dated))
    return found


def _rungs(session: Session) -> dict[str, list[tuple[datetime, datetime | None]]]:
    found: dict[str, list[tuple[datetime, datetime | None]]] = {}
    for case, at, fired in session.execute(
        select(RungRow.case_id, RungRow.fire_at, RungRow.fired_at)
    ):
        found.setdefault(case, []).append((at, fired))
    return found
