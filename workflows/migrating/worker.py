"""What a worker does of migrations: looks at every case, then takes over those that can.

Each case is its own transaction under a key of its run, so that whoever goes on after a worker
was killed repeats nothing: a case is taken over once, with one entry in its history.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import BihuanError, Conflict, Incident, NotAllowed, NotFound, Unavailable
from engine.ports import Actor
from engine.store.base import table
from engine.store.tables import Idempotency
from engine.work.migrate import MigrateCase, NotBehind
from engine.work.once import Once
from engine.work.outlook import Reason
from workflows.app import Bihuan
from workflows.domain import organisation, substitutes
from workflows.importing.adding import leave_room
from workflows.migrating import found as kept
from workflows.migrating import runs, taking
from workflows.migrating.found import Found
from workflows.migrating.tables import MigrationCaseRow, MigrationRunRow
from workflows.migrating.taking import Taken
from workflows.running.incidents import numbers_of
from workflows.running.permission import check_may_decide, check_may_look

SLICE = 1.0
"""Seconds that a migration may take from the other things a worker does."""

_LOOKED_AT_ONCE = 20
_CASE = table(MigrationCaseRow)

log = logging.getLogger(__name__)


class Migrating:
    """Goes through the runs that wait, one at a time."""

    def __init__(self, bihuan: Bihuan, *, seconds: float = SLICE) -> None:
        """Take the product, and how long a step may be."""
        self._bihuan = bihuan
        self._seconds = seconds
        self._steps: Iterator[None] | None = None

    def step(self) -> int:
        """Do a little; return whether there was anything to do."""
        if self._steps is None:
            taken = self._take()
            self._steps = _Work(self._bihuan, taken).steps() if taken else None
        if self._steps is None:
            return 0
        self._advance(self._steps, monotonic() + self._seconds)
        return 1

    def _take(self) -> Taken | None:
        database = self._bihuan.database
        with database.read() as session:
            if not taking.waits(session):
                return None
        return database.run(taking.take)

    def _advance(self, steps: Iterator[None], until: float) -> None:
        self._steps = None
        for _ in steps:
            if monotonic() >= until:
                self._steps = steps
                return


class _Lost(Exception):  # noqa: N818 no error: it was stopped, or another worker holds it now
    pass


@dataclass
class _Case:
    """A case of the run: what was found of it, and what becomes of it."""

    id: str
    state: str
    found: Found
    number: str = ""


class _Work:
    """One run in hand."""

    def __init__(self, bihuan: Bihuan, taken: Taken) -> None:
        self._bihuan, self._taken = bihuan, taken

    def steps(self) -> Iterator[None]:
        """Do the work; pause wherever something else may be done."""
        try:
            actor = self._bihuan.database.run(self._actor)
            yield from self._take_over(actor) if self._taken.person else self._look(actor)
        except (_Lost, Unavailable) as error:
            # It is taken up again when nobody holds it any more, from where it was.
            log.info("a migration is left where it is: %s", error)
        except NotAllowed as error:
            note = {"note": error.message[:500], "note_zh": error.message_zh[:500]}
            self._bihuan.database.run(partial(self._write, cases=(), state=runs.STOPPED, note=note))

    def _actor(self, session: Session) -> Actor:
        """Return in whose name it is done, if that person still may."""
        now, taken = clock.now(), self._taken
        actor = organisation.actor_of(session, taken.person or taken.asked_by, now)
        if taken.person is None:
            check_may_look(session, actor)
            return actor
        if taken.acting_for:
            actor = substitutes.acting_for(session, actor, taken.acting_for, now)
        check_may_decide(session, actor)
        return actor

    def _look(self, actor: Actor) -> Iterator[None]:
        while True:
            with self._bihuan.database.read() as session:
                cases = self._next(session, runs.WAITING, _LOOKED_AT_ONCE)
                numbers = numbers_of(session, [one.id for one in cases])
            if not cases:
                break
            for case in cases:
                case.number = numbers.get(case.id, "")
                self._look_at(actor, case)
            self._bihuan.database.run(partial(self._write, cases=cases))
            yield
        self._bihuan.database.run(partial(self._write, cases=(), state=runs.LOOKED))

    def _look_at(self, actor: Actor, case: _Case) -> None:
        taken = self._taken
        try:
            look = self._bihuan.runtime.look_ahead(actor, case.id, taken.process, taken.version)
        except Unavailable:
            raise
        except BihuanError as error:
            case.found, case.state = _refusal(error), runs.REFUSED
            return
        case.found = kept.of_outlook(look)
        case.state = runs.POSSIBLE if look.possible else runs.REFUSED

    def _take_over(self, actor: Actor) -> Iterator[None]:
        while True:
            with self._bihuan.database.read() as session:
                cases = self._next(session, runs.POSSIBLE, _LOOKED_AT_ONCE)
            if not cases:
                break
            for case in cases:
                began = monotonic()
                self._bihuan.database.run(self._hold)
                self._migrate(actor, case)
                self._bihuan.database.run(partial(self._write, cases=[case]))
                leave_room(began)
                yield
        self._bihuan.database.run(partial(self._write, cases=(), state=runs.DONE))

    def _migrate(self, actor: Actor, case: _Case) -> None:
        taken = self._taken
        once = Once(f"migration:{taken.id}:{case.id}", taken.id)
        order = MigrateCase(case.id, taken.process, taken.version, taken.reason, once)
        try:
            done = self._bihuan.runtime.migrate_case(actor, order)
        except NotBehind as error:
            # Taken over before the worker was killed or stopped, maybe in another's name.
            with self._bihuan.database.read() as session:
                mine = session.scalar(select(exists().where(Idempotency.key == once.key)))
            case.state = runs.MOVED if mine else runs.STAYED
            case.found = case.found if mine else _refusal(error, case.found.before)
            return
        except (Conflict, NotFound, Incident) as error:
            # Found before, it may be in the way now: it is told as it is now.
            case.state, case.found = runs.STAYED, _refusal(error, case.found.before)
            return
        case.state = runs.MOVED
        # One that was done before the worker was killed says nothing of itself any more.
        case.found = kept.of_outlook(done) if done.before else case.found

    def _next(self, session: Session, state: str, limit: int) -> Sequence[_Case]:
        query = (
            select(MigrationCaseRow)
            .where(MigrationCaseRow.run_id == self._taken.id, MigrationCaseRow.state == state)
            .order_by(MigrationCaseRow.case_id)
            .limit(limit)
        )
        rows = session.scalars(query)
        return [_Case(row.case_id, row.state, kept.read(row.found), row.number) for row in rows]

    def _hold(self, session: Session) -> None:
        """Say that it is still in hand; _Lost if it was stopped, or another has it."""
        self._hold_with(session, {})

    def _hold_with(self, session: Session, values: dict[str, Any]) -> None:
        mine = (
            MigrationRunRow.id == self._taken.id,
            MigrationRunRow.holder == self._taken.holder,
            MigrationRunRow.state.in_(runs.AT_WORK),
        )
        lease = {"held_until": clock.now() + taking.LEASE}
        change = update(MigrationRunRow).where(*mine).values({**lease, **values})
        if not session.execute(change.returning(MigrationRunRow.id)).all():
            raise _Lost

    def _write(
        self,
        session: Session,
        cases: Sequence[_Case],
        state: str | None = None,
        note: dict[str, str] | None = None,
    ) -> None:
        """Write down what was found or done, and how far it is; both or neither."""
        self._hold_with(session, {**_counts(cases), **(note or {}), **_ending(state)})
        for one in cases:
            change = update(_CASE).where(
                _CASE.c.run_id == self._taken.id, _CASE.c.case_id == one.id
            )
            values = {"state": one.state, "number": one.number, "found": kept.written(one.found)}
            session.execute(change.values(**values))


def _counts(cases: Sequence[_Case]) -> dict[str, Any]:
    states = [one.state for one in cases]
    changed = sum(one.found.changes for one in cases if one.state == runs.POSSIBLE)
    looked = states.count(runs.POSSIBLE) + states.count(runs.REFUSED)
    return {
        "looked": MigrationRunRow.looked + looked,
        "possible": MigrationRunRow.possible + states.count(runs.POSSIBLE),
        "changed": MigrationRunRow.changed + changed,
        "done": MigrationRunRow.done + states.count(runs.MOVED),
        "stayed": MigrationRunRow.stayed + states.count(runs.STAYED),
    }


def _ending(state: str | None) -> dict[str, Any]:
    """Return what is written when a worker lets a run go."""
    if state is None:
        return {}
    over = {"finished_at": clock.now()} if state == runs.DONE else {}
    return {"state": state, "holder": None, "held_until": None, **over}


def _refusal(error: BihuanError, before: tuple[int, ...] = ()) -> Found:
    return Found(before, (Reason(error.message, error.message_zh),))
