"""The frame of every command on a case: lock, catch up, do, finish, or keep an incident.

What fell due before now happened before the act: it is settled first, in a transaction of its
own, so that a refused act does not undo it. A refusal rolls everything back. So does a fault of
the engine or of an operation, and an incident is kept in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Incident, Invalid, NotAllowed, NotFound, Unavailable
from engine.ports import SYSTEM, Actor
from engine.store.unit_of_work import is_outage
from engine.work.case_row import CaseRow, lock_case, lock_next_due
from engine.work.finish import CommandResult, finish
from engine.work.incidents import TIMERS, Trouble, hold_back, record_incident, resolve, told
from engine.work.journal import About
from engine.work.once import ANSWER, Once, remember, remembered
from engine.work.open_case import OpenCase, open_case
from engine.work.parts import Parts

CATCH_UPS = 5
"""How often a command lets something that fell due go first."""

Refusal = (NotFound, NotAllowed, Conflict, Invalid)
"""What says no to a person; from a timer, which nobody asked, it is a fault like any other."""


@dataclass(frozen=True)
class Command:
    """One command on a case: who, what locks the case, what it is about, and what it does."""

    actor: Actor
    lock: Callable[[Session], CaseRow]
    subject: str
    work: Callable[[OpenCase], None]
    once: Once | None = None


@dataclass(frozen=True)
class _Done:
    result: CommandResult


@dataclass(frozen=True)
class _Behind:
    case_id: str


class _FaultError(Exception):
    """Carries a fault out of the transaction, which is rolled back by it."""

    def __init__(self, row: CaseRow, trouble: Trouble) -> None:
        """Hold the case as it was when it was locked, and what went wrong."""
        super().__init__(trouble.subject)
        self.row = row
        self.trouble = trouble


def perform(parts: Parts, command: Command) -> CommandResult:
    """Do a command in one transaction, after whatever fell due before it.

    Raises:
        NotFound, NotAllowed, Conflict, Invalid: it was refused; nothing was changed.
        Incident: a fault was met; nothing was changed but the incident that tells of it.
        Unavailable: the database is locked or gone.
    """
    for _ in range(CATCH_UPS):
        try:
            outcome = parts.database.run(lambda session: _attempt(parts, session, command))
        except _FaultError as fault:
            raise _kept(parts, fault) from fault
        if isinstance(outcome, _Done):
            return outcome.result
        fire_case(parts, outcome.case_id)
    raise Unavailable(
        "Expected the case to come to rest before the act, but dates keep falling due",
        "案件正在处理到期事项，请稍后再试",
    )


def fire_case(
    parts: Parts,
    case_id: str,
    actor: Actor = SYSTEM,
    *,
    retried: Mapping[str, Any] | None = None,
) -> None:
    """Settle what fell due in a case, in a transaction of its own.

    With `retried`, what a person says of trying again, it is settled whatever its next date is.

    Raises:
        Incident: it failed; the incident is kept.
    """

    def work(session: Session) -> None:
        row = lock_case(session, case_id)
        if row.open and (retried is not None or _is_behind(row)):
            _guarded(parts, session, row, _falling_due(row, actor, retried))

    try:
        parts.database.run(work)
    except _FaultError as fault:
        raise _kept(parts, fault) from fault


def fire_next(parts: Parts, until: datetime) -> bool:
    """Claim and settle the case whose date came first; return whether there was one."""

    def work(session: Session) -> bool:
        row = lock_next_due(session, until)
        if row is not None:
            _guarded(parts, session, row, _falling_due(row, SYSTEM))
        return row is not None

    try:
        return parts.database.run(work)
    except _FaultError as fault:
        _kept(parts, fault)
        return True


def _falling_due(row: CaseRow, actor: Actor, retried: Mapping[str, Any] | None = None) -> Command:
    def work(case: OpenCase) -> None:
        if retried is not None:
            about = About(process=row.process)
            case.scope.journal.write("incident.retried", retried, about)
            case.scope.act_as(SYSTEM)  # trying again is a person's act, what fell due is nobody's

    return Command(actor, lambda _: row, TIMERS, work)


def _attempt(parts: Parts, session: Session, command: Command) -> _Done | _Behind:
    row = command.lock(session)
    before = _done_before(session, row, command)
    if before is not None:
        return before
    if _is_behind(row):
        return _Behind(row.id)
    done = _guarded(parts, session, row, command)
    if command.once is not None:
        kept = (command.subject, asdict(done.result))
        remember(session, row.agency, command.actor.id, command.once, kept)
    return done


def _done_before(session: Session, row: CaseRow, command: Command) -> _Done | None:
    """Return what the same request of the same person came to, now that the lock is held."""
    if command.once is None:
        return None
    kept = remembered(session, row.agency, command.actor.id, command.once)
    if kept is None:
        return None
    return _Done(CommandResult(**{key: kept[key] for key in kept if key != ANSWER}))


def _is_behind(row: CaseRow) -> bool:
    return row.open and row.next_due_at is not None and row.next_due_at <= clock.now()


def _guarded(parts: Parts, session: Session, row: CaseRow, command: Command) -> _Done:
    """Do the work; a fault leaves as `_FaultError`, a refusal as it is."""
    now = clock.now()
    kind = "timer" if command.subject == TIMERS else "command"
    try:
        # One instant for the whole command, whoever asks for the time within it.
        with clock.use(clock.VirtualClock(now)):
            case = open_case(parts, session, row, command.actor)
            command.work(case)
            result = finish(session, case.run, case.tasks, command.actor)
            resolve(session, row, command.subject, command.actor, now)
        return _Done(result)
    except Exception as error:
        if is_outage(error) or (kind == "command" and isinstance(error, Refusal)):
            raise
        raise _FaultError(row, Trouble(kind, command.subject, error)) from error


def _kept(parts: Parts, fault: _FaultError) -> Incident:
    """Keep the incident of a fault whose transaction is gone; return what is told of it."""

    def work(session: Session) -> str:
        row = lock_case(session, fault.row.id)
        incident_id, attempts = record_incident(session, row, fault.trouble, clock.now())
        # A case that went on meanwhile has another date by now.
        if fault.trouble.kind == "timer" and row.lock_version == fault.row.lock_version:
            hold_back(session, row, incident_id, attempts, clock.now())
        return incident_id

    return told(fault.trouble, parts.database.run(work))
