"""The frame of every command on a case: lock, catch up, do, finish, or keep an incident.

What fell due before now happened before the act: it is settled first, in a transaction of its
own, so that a refused act does not undo it. A refusal rolls everything back. A fault of the
engine or of an operation rolls back to a savepoint, and an incident is committed instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Incident, Invalid, NotAllowed, NotFound, Unavailable
from engine.ports import SYSTEM, Actor
from engine.store.unit_of_work import is_outage
from engine.work.case_row import CaseRow, lock_case, lock_next_due
from engine.work.finish import CommandResult, finish
from engine.work.incidents import TIMERS, Trouble, hold_back, record_incident, resolve, told
from engine.work.once import ANSWER, Once, remember, remembered
from engine.work.open_case import OpenCase, open_case
from engine.work.parts import Parts

CATCH_UPS = 5
"""How often a command lets something that fell due go first."""

Refusal = (NotFound, NotAllowed, Conflict, Invalid)
"""What says no to a person; from a timer, which nobody asked, it is a fault like any other."""


@dataclass(frozen=True)
class Command:
    """One command on a case: who, which case, what it is about, and what it does."""

    actor: Actor
    find_case: Callable[[Session], str]
    subject: str
    work: Callable[[OpenCase], None]
    once: Once | None = None


@dataclass(frozen=True)
class _Done:
    result: CommandResult


@dataclass(frozen=True)
class _Behind:
    case_id: str


@dataclass(frozen=True)
class _Failed:
    error: Incident


def perform(parts: Parts, command: Command) -> CommandResult:
    """Do a command in one transaction, after whatever fell due before it.

    Raises:
        NotFound, NotAllowed, Conflict, Invalid: it was refused; nothing was changed.
        Incident: a fault was met; nothing was changed but the incident that tells of it.
        Unavailable: the database is locked or gone.
    """
    for _ in range(CATCH_UPS):
        outcome = parts.database.run(lambda session: _attempt(parts, session, command))
        if isinstance(outcome, _Done):
            return outcome.result
        if isinstance(outcome, _Failed):
            raise outcome.error
        fire_case(parts, outcome.case_id)
    raise Unavailable(
        "Expected the case to come to rest before the act, but dates keep falling due",
        "案件正在处理到期事项，请稍后再试",
    )


def fire_case(parts: Parts, case_id: str, actor: Actor = SYSTEM, *, force: bool = False) -> None:
    """Settle what fell due in a case, in a transaction of its own.

    Raises:
        Incident: it failed; the incident is kept.
    """

    def work(session: Session) -> _Done | _Failed | None:
        row = lock_case(session, case_id)
        if not row.open or not (force or _is_behind(row)):
            return None
        return _guarded(parts, session, row, _falling_due(row, actor))

    outcome = parts.database.run(work)
    if isinstance(outcome, _Failed):
        raise outcome.error


def fire_next(parts: Parts, until: datetime) -> bool:
    """Claim and settle the case whose date came first; return whether there was one."""

    def work(session: Session) -> bool:
        row = lock_next_due(session, until)
        if row is not None:
            _guarded(parts, session, row, _falling_due(row, SYSTEM))
        return row is not None

    return parts.database.run(work)


def _falling_due(row: CaseRow, actor: Actor) -> Command:
    return Command(actor, lambda _: row.id, TIMERS, lambda _: None)


def _attempt(parts: Parts, session: Session, command: Command) -> _Done | _Behind | _Failed:
    row = lock_case(session, command.find_case(session))
    before = _done_before(session, row, command)
    if before is not None:
        return before
    if _is_behind(row):
        return _Behind(row.id)
    outcome = _guarded(parts, session, row, command)
    if command.once is not None and isinstance(outcome, _Done):
        kept = (command.subject, asdict(outcome.result))
        remember(session, row.agency, command.actor.id, command.once, kept)
    return outcome


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


def _guarded(parts: Parts, session: Session, row: CaseRow, command: Command) -> _Done | _Failed:
    """Do the work under a savepoint; keep an incident where it fails."""
    now = clock.now()
    kind = "timer" if command.subject == TIMERS else "command"
    try:
        # One instant for the whole command, whoever asks for the time within it.
        with clock.use(clock.VirtualClock(now)), session.begin_nested():
            case = open_case(parts, session, row, command.actor)
            command.work(case)
            result = finish(session, case.run, case.tasks, command.actor)
            resolve(session, row, command.subject, command.actor, now)
        return _Done(result)
    except Exception as error:
        if is_outage(error) or (kind == "command" and isinstance(error, Refusal)):
            raise
        trouble = Trouble(kind, command.subject, error)
        incident_id, attempts = record_incident(session, row, trouble, now)
        if kind == "timer":
            hold_back(session, row, incident_id, attempts, now)
        return _Failed(told(trouble, incident_id))
