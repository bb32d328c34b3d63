"""What a worker does of migrations: looks at every case, then takes over those that can.

Each case is its own transaction under a key of its run, so that whoever goes on after a worker
was killed repeats nothing: a case is taken over once, with one entry in its history. A fault at
one case is told of that case; the others are done all the same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import partial
from time import monotonic
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import BihuanError, NotAllowed, Unavailable
from engine.ports import Actor
from engine.work.migrate import MigrateCase, NotBehind
from engine.work.once import Once
from engine.work.outlook import Outlook, Reason
from workflows import leasing
from workflows.app import Bihuan
from workflows.domain import organisation, substitutes
from workflows.importing.adding import leave_room
from workflows.migrating import cases as known
from workflows.migrating import found as kept
from workflows.migrating import states, taking
from workflows.migrating.cases import CaseInHand
from workflows.migrating.found import Found
from workflows.migrating.tables import MigrationRunRow
from workflows.migrating.taking import Taken
from workflows.running.incidents import numbers_of
from workflows.running.permission import check_may_decide, check_may_look

_AT_ONCE: Final = 20
"""Cases that are read, and whose looks are written, together."""

log = logging.getLogger(__name__)


class Migrating:
    """Goes through the runs that wait, one at a time."""

    def __init__(self, bihuan: Bihuan, *, seconds: float = leasing.SLICE) -> None:
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
        except BihuanError as error:
            note = {"note": error.message[:500], "note_zh": error.message_zh[:500]}
            self._bihuan.database.run(partial(self._end, states.STOPPED, note))

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
                cases = known.following(session, self._taken.id, states.WAITING, _AT_ONCE)
                numbers = numbers_of(session, [one.id for one in cases])
            if not cases:
                break
            for case in cases:
                case.number = numbers.get(case.id, "")
                self._look_at(actor, case)
                yield
            self._write(cases)
        self._bihuan.database.run(partial(self._end, states.LOOKED, {}))

    def _look_at(self, actor: Actor, case: CaseInHand) -> None:
        try:
            look = self._looked(actor, case.id)
        except Unavailable:
            raise
        except BihuanError as error:
            case.found, case.state = _refusal(error.message, error.message_zh), states.REFUSED
            return
        except Exception:
            log.exception("a case cannot be looked at")
            case.found, case.state = _refusal(*leasing.FAULT), states.REFUSED
            return
        case.found = kept.of_outlook(look)
        case.state = states.POSSIBLE if look.possible else states.REFUSED

    def _looked(self, actor: Actor, case_id: str) -> Outlook:
        taken = self._taken
        return self._bihuan.runtime.look_ahead(actor, case_id, taken.process, taken.version)

    def _take_over(self, actor: Actor) -> Iterator[None]:
        while True:
            with self._bihuan.database.read() as session:
                cases = known.following(session, self._taken.id, states.POSSIBLE, _AT_ONCE)
            if not cases:
                break
            for case in cases:
                began = monotonic()
                self._write([])
                self._migrate(actor, case)
                self._write([case])
                leave_room(began)
                yield
        self._bihuan.database.run(partial(self._end, states.DONE, {"finished_at": clock.now()}))

    def _migrate(self, actor: Actor, case: CaseInHand) -> None:
        try:
            done = self._moved(actor, case.id)
        except (NotAllowed, Unavailable):
            raise
        except NotBehind as error:
            # Taken over before the worker was killed or stopped, maybe in another's name.
            self._stay(case, error.message, error.message_zh)
        except BihuanError as error:
            # Found before, it may be in the way now: it is told as it is now.
            case.state = states.STAYED
            case.found = _refusal(error.message, error.message_zh, case.found.before)
        except Exception:
            log.exception("a case cannot be taken over")
            self._stay(case, *leasing.FAULT)
        else:
            case.state = states.MOVED
            # One that was done before the worker was killed says nothing of itself any more.
            case.found = kept.of_outlook(done) if done.before else case.found

    def _moved(self, actor: Actor, case_id: str) -> Outlook:
        taken = self._taken
        once = Once(known.key(taken.id, case_id), taken.id)
        order = MigrateCase(case_id, taken.process, taken.version, taken.reason, once)
        return self._bihuan.runtime.migrate_case(actor, order)

    def _stay(self, case: CaseInHand, message: str, message_zh: str) -> None:
        """Say that a case stays, and why, unless this run has taken it over before."""
        with self._bihuan.database.read() as session:
            moved = known.is_moved(session, self._taken.id, case.id)
        case.state = states.MOVED if moved else states.STAYED
        if not moved:
            case.found = _refusal(message, message_zh, case.found.before)

    def _write(self, cases: Sequence[CaseInHand]) -> None:
        """Write down what was found or done; _Lost if it was stopped, or another has it."""

        def written(session: Session) -> bool:
            known.write(session, self._taken.id, cases)
            return self._held(session, {"held_until": leasing.until()})

        if not self._bihuan.database.run(written):
            raise _Lost

    def _end(self, state: str, values: dict[str, Any], session: Session) -> None:
        self._held(session, {**leasing.FREE, "state": state, **values})

    def _held(self, session: Session, values: dict[str, Any]) -> bool:
        mine = leasing.mine(MigrationRunRow, self._taken.id, self._taken.holder)
        working = MigrationRunRow.state.in_(states.AT_WORK)
        change = update(MigrationRunRow).where(*mine, working).values(values)
        return bool(session.execute(change.returning(MigrationRunRow.id)).all())


def _refusal(message: str, message_zh: str, before: tuple[int, ...] = ()) -> Found:
    return Found(before, (Reason(message, message_zh),))
