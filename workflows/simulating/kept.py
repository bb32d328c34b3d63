"""Simulations that are kept: asked for, waiting, played, read again later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer

from engine import clock
from engine.errors import Conflict, NotAllowed, NotFound
from engine.ports import Actor
from engine.store.ids import new_id
from workflows import leasing
from workflows.designing import permission
from workflows.running import permission as running
from workflows.simulating.asking import Asked, study_of
from workflows.simulating.tables import SimulationRow

WAITING, PLAYING, DONE, REFUSED = "waiting", "playing", "done", "refused"
CANCELLED: Final = "cancelled"
RUNNING: Final = (WAITING, PLAYING)
MOST_KEPT: Final = 100
"""Simulations of a process that are kept; each has a report of its own."""

_LONGEST: Final = 500


@dataclass(frozen=True)
class Kept:
    """One simulation."""

    id: str
    process: str
    person: str
    state: str
    asked: Asked
    report: Mapping[str, Any] | None
    done: int
    total: int
    fault_zh: str
    fault: str
    held_until: datetime | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def running(self) -> bool:
        """Whether a worker has something to do with it."""
        return self.state in RUNNING


@dataclass
class Taken:
    """A simulation in hand."""

    id: str
    agency: str
    holder: str
    asked: Asked


def submit(session: Session, actor: Actor, agency: str, asked: Asked) -> str:
    """Keep a simulation to be played, and return its id.

    Raises:
        NotAllowed: the actor may not see drafts and what they do.
        Invalid: a number is out of bounds.
        NotFound: a version, draft or example is not there.
        Conflict: another simulation of the same person is at work.
    """
    _check_reader(session, actor)
    study_of(session, agency, asked)
    busy = select(func.count()).where(
        SimulationRow.agency == agency,
        SimulationRow.person == actor.id,
        SimulationRow.state.in_(RUNNING),
    )
    if session.scalar(busy):
        raise _busy()
    row = SimulationRow(
        id=new_id(),
        agency=agency,
        process=asked.process,
        person=actor.id,
        state=WAITING,
        asked=json.dumps(asked.as_json(), ensure_ascii=False),
        total=asked.total,
        created_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise _busy() from error
    _forget(session, agency, asked.process)
    return row.id


def _forget(session: Session, agency: str, process: str) -> None:
    """Remove what has ended and is older than the last simulations of a process."""
    mine = (SimulationRow.agency == agency, SimulationRow.process == process)
    newest = (
        select(SimulationRow.id)
        .where(*mine)
        .order_by(SimulationRow.created_at.desc(), SimulationRow.id.desc())
        .limit(MOST_KEPT)
    )
    over = (*mine, SimulationRow.state.not_in(RUNNING))
    session.execute(delete(SimulationRow).where(*over, SimulationRow.id.not_in(newest)))


def _busy() -> Conflict:
    return Conflict(
        "Expected no other simulation at work, but one of yours is; wait for its end",
        "您还有一次仿真正在进行，请等它结束",
    )


def one(session: Session, actor: Actor, agency: str, process: str, simulation_id: str) -> Kept:
    """Return a simulation of a process; NotFound if there is none."""
    _check_reader(session, actor)
    row = session.get(SimulationRow, simulation_id)
    if row is None or row.agency != agency or row.process != process:
        raise NotFound("Expected a simulation, but there is none of this id", "没有这次仿真")
    return _kept(row)


def may_cancel(session: Session, actor: Actor, one: Kept) -> bool:
    """Return whether a person may end a simulation: whoever asked for it, or who decides here."""
    mine = one.person in (actor.id, actor.acting_for)
    return one.running and (mine or running.may_decide(session, actor))


def cancel(session: Session, actor: Actor, agency: str, process: str, simulation_id: str) -> bool:
    """End a simulation that waits or is played; return whether it had not ended before.

    Raises:
        NotFound: there is none.
        NotAllowed: it is another's.
    """
    found = one(session, actor, agency, process, simulation_id)
    if not found.running:
        return False
    if not may_cancel(session, actor, found):
        raise NotAllowed(
            "Expected whoever asked for the simulation, or the head or deputy of the safety "
            "office, but you are neither",
            "只有发起人和安委办主任、副主任可以取消仿真",
        )
    # Whoever plays it holds it no more, and finds that out with its next progress.
    ended = update(SimulationRow).where(
        SimulationRow.id == simulation_id, SimulationRow.state.in_(RUNNING)
    )
    values = {"state": CANCELLED, "finished_at": clock.now(), **leasing.FREE}
    written = session.execute(ended.values(**values).returning(SimulationRow.id)).all()
    return bool(written)


def recent(
    session: Session, actor: Actor, agency: str, process: str, limit: int = 20
) -> Sequence[Kept]:
    """Return the last simulations of a process without their reports, the newest first."""
    _check_reader(session, actor)
    query = (
        select(SimulationRow)
        .where(SimulationRow.agency == agency, SimulationRow.process == process)
        .order_by(SimulationRow.created_at.desc(), SimulationRow.id.desc())
        .limit(limit)
        .options(defer(SimulationRow.report))
    )
    return [_kept(row, whole=False) for row in session.scalars(query)]


def waits(session: Session) -> bool:
    """Return whether there is a simulation to take."""
    return leasing.waits(session, SimulationRow, RUNNING)


def take(session: Session) -> Taken | None:
    """Hold the simulation that has waited longest; refuse one that ended every worker."""
    row = leasing.take(session, SimulationRow, RUNNING)
    if row is None:
        return None
    if leasing.worn(row):
        leasing.release(row, REFUSED)
        row.finished_at, (row.fault, row.fault_zh) = clock.now(), leasing.WORN
        return None
    # It is played from its beginning, with the same seed to the same end.
    row.state, row.done = PLAYING, 0
    return Taken(row.id, row.agency, row.holder or "", Asked(**json.loads(row.asked)))


def progress(session: Session, taken: Taken, done: int) -> bool:
    """Write down how far it is; return whether it is still held by the same worker."""
    return _write(session, taken, done=done, held_until=leasing.until())


def finish(session: Session, taken: Taken, report: Mapping[str, Any]) -> bool:
    """Write down what came of it."""
    text = json.dumps(report, ensure_ascii=False)
    return _write(session, taken, state=DONE, report=text, done=taken.asked.total)


def refuse(session: Session, taken: Taken, why: tuple[str, str]) -> bool:
    """Write down why it cannot be played, in English and in Chinese."""
    words = {"fault": why[0][:_LONGEST], "fault_zh": why[1][:_LONGEST]}
    return _write(session, taken, state=REFUSED, **words)


def _write(session: Session, taken: Taken, **values: Any) -> bool:
    if "state" in values:
        values |= {"finished_at": clock.now(), **leasing.FREE}
    written = session.execute(
        update(SimulationRow)
        .where(*leasing.mine(SimulationRow, taken.id, taken.holder))
        .values(**values)
        .returning(SimulationRow.id)
    ).all()
    return bool(written)


def _check_reader(session: Session, actor: Actor) -> None:
    if not permission.may_read(session, actor):
        raise NotAllowed(
            "Expected a process designer or the head or deputy of the safety office, "
            "but you are neither",
            "仿真由流程设计人员和安委办主任、副主任进行",
        )


def _kept(row: SimulationRow, *, whole: bool = True) -> Kept:
    return Kept(
        id=row.id,
        process=row.process,
        person=row.person,
        state=row.state,
        asked=Asked(**json.loads(row.asked)),
        report=json.loads(row.report) if whole and row.report else None,
        done=row.done,
        total=row.total,
        fault_zh=row.fault_zh,
        fault=row.fault,
        held_until=row.held_until,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
