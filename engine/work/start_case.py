"""Beginning a case: checked registration data, the case's row, its root process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Incident, Invalid
from engine.execution.compiled import CompiledProcess
from engine.ports import Actor, Context
from engine.store.base import json_text, table
from engine.store.ids import new_id
from engine.store.tables import Case
from engine.store.unit_of_work import is_outage
from engine.work.case_details import CaseDetails
from engine.work.case_row import CaseRow
from engine.work.case_run import CaseRun
from engine.work.command import Refusal
from engine.work.finish import finish
from engine.work.forms import FormPlace, Submitted, clean_form
from engine.work.incidents import Trouble, insert_incident, told
from engine.work.journal import About, CommandJournal
from engine.work.once import Once, remember, remembered
from engine.work.parts import Parts
from engine.work.scope import CaseScope

FORM = "register"
ACT = "case.start"
"""The form and the act of a start event that names none by its properties `form` and `act`."""


_ADD = insert(table(Case))


@dataclass(frozen=True)
class StartCase:
    """Which process begins with what; the same key from the same person begins it once."""

    process: str
    submitted: Submitted
    agency: str
    case_id: str = field(default_factory=new_id)
    idempotency_key: str | None = None
    once: Once | None = None

    @property
    def under(self) -> Once | None:
        """The key with the digest of the request; by itself, of process and data."""
        if self.once is not None or self.idempotency_key is None:
            return self.once
        return Once(self.idempotency_key, _digest(self))


def start_case(parts: Parts, actor: Actor, order: StartCase) -> str:
    """Begin a case and return its id.

    Raises:
        NotFound: there is no such process.
        Invalid: the registration data, by field.
        Conflict: the key was used for something else.
        Incident: a fault was met; nothing was begun, the incident is kept.
    """
    try:
        return parts.database.run(lambda session: _once(parts, session, actor, order))
    except (Conflict, Invalid):
        # The same request may have been quicker elsewhere.
        twin = parts.database.run(lambda session: _known(session, actor, order))
        if twin is None:
            raise
        return twin
    except Exception as error:
        if is_outage(error) or isinstance(error, Refusal):
            raise
        raise _kept(parts, order, error) from error


def _once(parts: Parts, session: Session, actor: Actor, order: StartCase) -> str:
    known = _known(session, actor, order)
    if known is not None:
        return known
    with clock.use(clock.VirtualClock(clock.now())):
        return begin_case(parts, session, actor, order)


def _kept(parts: Parts, order: StartCase, error: Exception) -> Incident:
    """Keep the incident of a case that could not be begun; return what is told of it."""
    trouble = Trouble("command", f"start:{order.process}", error)

    def work(session: Session) -> str:
        now = clock.now()
        return insert_incident(session, order.agency, order.process, trouble, now, None)

    return told(trouble, parts.database.run(work))


def begin_case(parts: Parts, session: Session, actor: Actor, order: StartCase) -> str:
    """Begin a case within a unit of work of the caller's, at the instant of the clock in force."""
    catalogue = parts.catalogue.of(order.agency)
    journal = CommandJournal(order.case_id, order.agency, clock.now(), actor)
    context = Context(now=clock.now(), actor=actor, session=session, journal=journal)
    scope = CaseScope(parts.application, catalogue, context, journal, case=None)
    place, begin = _beginning(scope, order.process)
    row = _insert_case(session, actor, order)
    options = scope.options(place.form)
    clean = clean_form(catalogue, place, order.submitted, {}, options)
    _remember(session, actor, order)
    scope.case = parts.application.open(row.head(), clean, context)
    about = About(process=place.process)
    journal.write(begin.get("act", ACT), order.submitted.recorded(clean), about)
    run = CaseRun(row, scope, [], CaseDetails())
    run.start(order.process, {}, root=True)
    return finish(session, run, [], actor).case_id


def registration_form(scope: CaseScope, process: str) -> FormPlace:
    """Return where the form is that begins a case; NotFound if the process is not deployed."""
    return _beginning(scope, process)[0]


def _beginning(scope: CaseScope, process: str) -> tuple[FormPlace, Mapping[str, str]]:
    ref = scope.in_force.current(process)
    begin = _start_event(scope.catalogue.compiled(ref.process, ref.version))
    return FormPlace(ref.process, ref.version, begin.get("form", FORM)), begin


def _start_event(compiled: CompiledProcess) -> Mapping[str, str]:
    """Return the properties of the process's own start event."""
    for element in compiled.elements.values():
        if element.kind == "startEvent" and element.scope == compiled.process_id:
            return element.properties
    return {}


def _insert_case(session: Session, actor: Actor, order: StartCase) -> CaseRow:
    values: dict[str, Any] = {
        "id": order.case_id,
        "agency": order.agency,
        "process": order.process,
        "status": "open",
        "document": "{}",
        "document_version": 0,
        "lock_version": 0,
        "created_at": clock.now(),
        "created_by": actor.id,
    }
    session.connection().execute(_ADD, values)
    # Nobody else sees the row before the end of the transaction: it need not be locked.
    return CaseRow(
        id=order.case_id,
        agency=order.agency,
        process=order.process,
        status="open",
        document=values["document"],
        document_version=0,
        lock_version=0,
        next_due_at=None,
        history_seq=0,
        history_hash="",
        open_incidents=0,
    )


def _known(session: Session, actor: Actor, order: StartCase) -> str | None:
    """Return the case that the same person began under the same key."""
    if order.under is None:
        return None
    kept = remembered(session, order.agency, actor.id, order.under)
    return None if kept is None else str(kept["case_id"])


def _remember(session: Session, actor: Actor, order: StartCase) -> None:
    if order.under is not None:
        kept = ("start_case", {"case_id": order.case_id})
        remember(session, order.agency, actor.id, order.under, kept)


def _digest(order: StartCase) -> str:
    text = json_text([order.process, dict(order.submitted.data)])
    return hashlib.sha256(text.encode()).hexdigest()
