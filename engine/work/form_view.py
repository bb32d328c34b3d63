"""What a page draws a form from: the form, its starting values, what it reads besides itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine import clock
from engine.forms.definition import FormDefinition
from engine.ports import Act, Actor, Context
from engine.store import queries
from engine.work.case_row import read_case
from engine.work.forms import FormPlace
from engine.work.journal import CommandJournal
from engine.work.open_case import OpenCase, look_at, open_case
from engine.work.parts import Parts
from engine.work.perform_act import act_place, known_act, offered
from engine.work.scope import CaseScope
from engine.work.start_case import registration_form

EMPTY = FormDefinition("empty", ())
"""Drawn where a version has no form: nothing to fill in, only something to confirm."""


@dataclass(frozen=True)
class FormView:
    """A form ready to be drawn for one person at one moment."""

    form: FormDefinition
    values: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def task_form(parts: Parts, actor: Actor, task_id: str) -> FormView:
    """Return the form of a task; of one that is done, without starting values.

    Raises:
        NotFound: there is no such task.
    """
    with parts.database.read() as session:
        row = queries.task(session, task_id)
        scope = look_at(parts, session, read_case(session, row.case_id), actor)
        values: Mapping[str, Any] = {}
        if row.status == "open":
            values = scope.application.defaults(scope.case, row.facts(), scope.context)
        names = {**row.token, "case": scope.view()}
        place = FormPlace(row.process, row.version, row.form)
        return FormView(_form(scope, place), values, names, scope.options(row.form))


def act_form(parts: Parts, actor: Actor, case_id: str, act: str) -> FormView:
    """Return the form of an act on a case.

    Raises:
        NotFound: there is no such case or act.
        NotAllowed, Conflict: the application's guard refuses it now.
    """
    with parts.database.read() as session:
        case = open_case(parts, session, read_case(session, case_id), actor)
        known = known_act(parts.application, act)
        case.scope.application.guard(case.scope.case, act, case.scope.context)
        return _of_act(case, act_place(known, case))


def offered_forms(parts: Parts, actor: Actor, case_id: str) -> list[tuple[Act, FormView]]:
    """Return the acts that an actor may perform on a case now, each with its form."""
    with parts.database.read() as session:
        row = read_case(session, case_id)
        if not row.open:
            return []
        case = open_case(parts, session, row, actor)
        return [(act, _of_act(case, act_place(act, case))) for act in offered(case)]


def refused_act_form(parts: Parts, actor: Actor, case_id: str, act: str) -> FormView:
    """Return the form of an act that may be refused now, to show what was typed into it.

    Raises:
        NotFound: there is no such case or act.
    """
    with parts.database.read() as session:
        case = open_case(parts, session, read_case(session, case_id), actor)
        return _of_act(case, act_place(known_act(parts.application, act), case))


def start_form(parts: Parts, actor: Actor, process: str, agency: str) -> FormView:
    """Return the form that begins a case of a process; NotFound if it is not deployed."""
    with parts.database.read() as session:
        now = clock.now()
        journal = CommandJournal("", agency, now, actor)
        context = Context(now=now, actor=actor, session=session, journal=journal)
        catalogue = parts.catalogue.of(agency)
        scope = CaseScope(parts.application, catalogue, context, journal, case=None)
        place = registration_form(scope, process)
        return FormView(_form(scope, place), options=scope.options(place.form))


def _of_act(case: OpenCase, place: FormPlace) -> FormView:
    names = {"case": case.scope.view()}
    return FormView(_form(case.scope, place), {}, names, case.scope.options(place.form))


def _form(scope: CaseScope, place: FormPlace) -> FormDefinition:
    return scope.catalogue.form(place.process, place.version, place.form) or EMPTY
