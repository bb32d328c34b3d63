"""Runs as people ask for them: a preview, the decision on it, stopped, gone on with, given up.

`looking` leads to `looked`; the head or deputy of the safety office then begins it (`running`,
`done`) or gives it up. It may be stopped and gone on with at any case. The work itself is a
worker's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, NotFound
from engine.ports import Actor
from engine.store import definitions, running
from engine.store.base import table
from engine.store.ids import new_id
from engine.store.plain import plain
from engine.work.reasons import read_reason
from workflows import leasing
from workflows.migrating import cases, states
from workflows.migrating.tables import MigrationCaseRow, MigrationRunRow
from workflows.running.permission import check_may_decide, check_may_look


@dataclass(frozen=True)
class Run:
    """How far a migration has come."""

    id: str
    agency: str
    process: str
    version: int
    state: str
    asked_by: str
    person: str | None
    reason: str | None
    cases: int
    looked: int
    possible: int
    changed: int
    done: int
    stayed: int
    note_zh: str
    note: str
    held_until: datetime | None
    created_at: datetime
    finished_at: datetime | None

    @property
    def at_work(self) -> bool:
        """Whether a worker has something to do with it."""
        return self.state in states.AT_WORK

    @property
    def decided(self) -> bool:
        """Whether cases are being taken over, or were."""
        return self.person is not None


def ask(session: Session, actor: Actor, agency: str, process: str, version: int) -> str:
    """Let every case that is behind a version be looked at; return the id of the run.

    Raises:
        NotAllowed: the person is not of the safety office.
        NotFound: there is no such version.
        Conflict: nothing is behind it, or a run for the process is open already.
    """
    check_may_look(session, actor)
    _check_version(session, agency, process, version)
    open_one = open_run(session, agency, process)
    if open_one is not None:
        raise _open(open_one.id)
    run = MigrationRunRow(
        id=new_id(),
        agency=agency,
        process=process,
        version=version,
        state=states.LOOKING,
        asked_by=actor.id,
        created_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(run)
    except IntegrityError as error:
        # Asked for by somebody else at the same moment.
        other = open_run(session, agency, process)
        raise _open(other.id if other else "") from error
    run.cases = _keep(session, run)
    if not run.cases:
        raise Conflict(
            "Expected cases under an earlier version, but there are none",
            "没有低于这一版的案件在办理",
        )
    return run.id


def _open(run_id: str) -> Conflict:
    return Conflict(
        "Expected no open migration of the process, but there is one; end it first",
        "该流程还有一次批量迁移没有结束，请先完成或放弃",
        run=run_id,
    )


def _keep(session: Session, run: MigrationRunRow) -> int:
    """Keep every case that is behind, in one statement however many there are; return how many."""
    found = running.behind(run.process, run.version, agency=run.agency).subquery()
    waiting = {"state": states.WAITING, "number": "", "found": "{}"}
    query = select(
        literal(run.id), found.c.case_id, *(literal(value) for value in waiting.values())
    )
    statement = insert(table(MigrationCaseRow)).from_select(["run_id", "case_id", *waiting], query)
    session.execute(statement)
    kept = select(func.count()).where(MigrationCaseRow.run_id == run.id)
    return session.scalar(kept) or 0


def one(session: Session, actor: Actor, agency: str, run_id: str) -> Run:
    """Return a run to somebody of the safety office; NotFound if the agency has none."""
    check_may_look(session, actor)
    return plain(Run, _row(session, agency, run_id))


def listed(session: Session, actor: Actor, agency: str, limit: int) -> Sequence[Run]:
    """Return the last runs to somebody of the safety office."""
    check_may_look(session, actor)
    return recent(session, agency, limit)


def recent(session: Session, agency: str, limit: int = 10) -> Sequence[Run]:
    """Return the last runs, the newest first."""
    query = (
        select(MigrationRunRow)
        .where(MigrationRunRow.agency == agency)
        .order_by(MigrationRunRow.created_at.desc(), MigrationRunRow.id.desc())
        .limit(limit)
    )
    return [plain(Run, row) for row in session.scalars(query)]


def open_run(session: Session, agency: str, process: str) -> Run | None:
    """Return the run of a process that is not over, if there is one."""
    query = select(MigrationRunRow).where(
        MigrationRunRow.agency == agency,
        MigrationRunRow.process == process,
        MigrationRunRow.state.in_(states.OPEN),
    )
    row = session.scalars(query.limit(1)).one_or_none()
    return plain(Run, row) if row is not None else None


def begin(session: Session, actor: Actor, agency: str, run_id: str, reason: str) -> None:
    """Let the cases that can be taken over in the name of whoever decides it.

    Raises:
        NotAllowed: the person is not the head or deputy of the safety office.
        Invalid: there is no reason that can be read.
        Conflict: it is not looked at, begun already, or none of its cases can.
    """
    check_may_decide(session, actor)
    why = read_reason(reason)
    row = _row(session, agency, run_id)
    if row.state == states.LOOKED and not row.possible:
        raise Conflict("Expected a case that can, but none can", "没有可以迁移的案件")
    kept = {"person": actor.id, "acting_for": actor.acting_for, "reason": why}
    _move(session, run_id, (states.LOOKED,), states.RUNNING, kept)


def stop(session: Session, actor: Actor, agency: str, run_id: str) -> None:
    """Stop after the case in hand; Conflict unless it is at work."""
    check_may_decide(session, actor)
    _row(session, agency, run_id)
    _move(session, run_id, states.AT_WORK, states.STOPPED, {})


def resume(session: Session, actor: Actor, agency: str, run_id: str) -> None:
    """Go on where it was stopped, in the name of whoever goes on with it."""
    check_may_decide(session, actor)
    row = _row(session, agency, run_id)
    if row.person is None:
        _move(session, run_id, (states.STOPPED,), states.LOOKING, {"note": "", "note_zh": ""})
        return
    kept = {"person": actor.id, "acting_for": actor.acting_for, "note": "", "note_zh": ""}
    _move(session, run_id, (states.STOPPED,), states.RUNNING, kept)


def give_up(session: Session, actor: Actor, agency: str, run_id: str) -> None:
    """End a run that is not at work; what was taken over stays so."""
    check_may_decide(session, actor)
    _row(session, agency, run_id)
    before = (states.LOOKED, states.STOPPED)
    _move(session, run_id, before, states.GIVEN_UP, {"finished_at": clock.now()})
    cases.settle(session, run_id)


def _row(session: Session, agency: str, run_id: str) -> MigrationRunRow:
    found = session.get(MigrationRunRow, run_id)
    if found is None or found.agency != agency:
        raise NotFound(f"Expected a migration {run_id[:40]}, but there is none", "没有这次批量迁移")
    return found


def _check_version(session: Session, agency: str, process: str, version: int) -> None:
    known = definitions.versions(session, process, agency=agency)
    if version not in {one.version for one in known}:
        raise NotFound(
            f"Expected version {version} of {process}, but there is none",
            f"没有流程 {process} 第 {version} 版",
        )


def _move(
    session: Session, run_id: str, before: Sequence[str], after: str, kept: Mapping[str, object]
) -> None:
    moved = session.execute(
        update(MigrationRunRow)
        .where(MigrationRunRow.id == run_id, MigrationRunRow.state.in_(before))
        .values(state=after, **{**leasing.FREE, **kept})
        .returning(MigrationRunRow.id)
    ).all()
    if not moved:
        raise Conflict(
            f"Expected a migration that is {' or '.join(before)}, but it is not any more",
            "这次批量迁移的状态已变化，请刷新后再看",
        )
