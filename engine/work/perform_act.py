"""Acts that are not tasks: offered while lawful and expected, then written and delivered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from engine.errors import Conflict, NotAllowed, NotFound
from engine.ports import Act, Actor, Application
from engine.work.case_row import lock_case, read_case
from engine.work.case_run import CaseRun
from engine.work.command import Command, perform
from engine.work.finish import CommandResult
from engine.work.forms import FormPlace, Submitted, clean_form
from engine.work.journal import About
from engine.work.once import Once
from engine.work.open_case import OpenCase, open_case
from engine.work.parts import Parts


@dataclass(frozen=True)
class PerformAct:
    """A person's act on a case."""

    case_id: str
    act: str
    submitted: Submitted
    once: Once | None = None


def perform_act(parts: Parts, actor: Actor, order: PerformAct) -> CommandResult:
    """Perform an act and move its case on.

    Raises:
        NotFound: there is no such case or act.
        NotAllowed, Conflict: the application's guard refuses, or nothing waits for the act.
        Invalid: the form's data, by field.
    """
    act = known_act(parts.application, order.act)
    work = partial(_do, act, order.submitted)
    lock = partial(lock_case, case_id=order.case_id)
    command = Command(actor, lock, f"act:{act.name}", work, order.once)
    return perform(parts, command)


def settle_case(parts: Parts, actor: Actor, case_id: str) -> None:
    """Route the open tasks of a case again because something outside of it has changed.

    Raises:
        NotFound: there is no such case.
        Conflict: it is closed.
    """

    def work(case: OpenCase) -> None:
        if not case.run.row.open:
            raise Conflict("Expected an open case, but it is closed", "案件已经办结")
        case.scope.changed()

    perform(parts, Command(actor, partial(lock_case, case_id=case_id), "settle", work))


def offered_acts(parts: Parts, actor: Actor, case_id: str) -> list[Act]:
    """Return the acts that an actor may perform on a case now; nothing is changed."""
    with parts.database.read() as session:
        row = read_case(session, case_id)
        if not row.open:
            return []
        return offered(open_case(parts, session, row, actor))


def offered(case: OpenCase) -> list[Act]:
    """Return the acts that the actor who opened a case may perform on it now."""
    return [act for act in case.scope.application.acts.values() if _offered(case, act)]


def _offered(case: OpenCase, act: Act) -> bool:
    if not act.plain and not case.run.expects(act.name):
        return False
    try:
        case.scope.application.guard(case.scope.case, act.name, case.scope.context)
    except (NotAllowed, Conflict):
        return False
    return True


def known_act(application: Application, name: str) -> Act:
    """Return an act by its name; NotFound if there is none."""
    act = application.acts.get(name)
    if act is None:
        raise NotFound(f"Expected an act {name}, but there is none", f"没有名为 {name} 的办理事项")
    return act


def _do(act: Act, submitted: Submitted, case: OpenCase) -> None:
    scope = case.scope
    scope.application.guard(scope.case, act.name, scope.context)
    _check_expected(case, act)
    clean = _clean(act, submitted, case)
    done = scope.application.acted(scope.case, act.name, clean, scope.context)
    scope.changed()
    about = About(outcome=done.outcome, process=act_place(act, case).process)
    scope.journal.write(act.name, submitted.recorded(clean), about)
    if not act.plain:
        case.run.message(act.name, done.flags)


def _check_expected(case: OpenCase, act: Act) -> None:
    if case.run.row.open and (act.plain or case.run.expects(act.name)):
        return
    raise Conflict(
        f"Expected the case to wait for {act.name}, but it does not now",
        f"案件当前状态不能办理“{act.title_zh}”",
        act=act.name,
    )


def _clean(act: Act, submitted: Submitted, case: OpenCase) -> dict[str, object]:
    place = act_place(act, case)
    scope = case.scope
    names = {"case": scope.view()}
    return clean_form(scope.catalogue, place, submitted, names, scope.options(place.form))


def act_place(act: Act, case: OpenCase) -> FormPlace:
    """Return where the act's form is: with who waits for it, who starts, else with the root."""
    form = act.form or act.name
    if not act.plain:
        for instance in case.run.live:
            if act.name in instance.messages:
                return FormPlace(instance.process, instance.version, form)
        process = case.run.starts.get(act.name)
        if process is not None:
            return FormPlace(process, case.scope.in_force.current(process).version, form)
    return _with_root(case.run, form)


def _with_root(run: CaseRun, form: str) -> FormPlace:
    """Return the form of the root's version; of the one in force where that has none yet."""
    catalogue = run.scope.catalogue
    for instance in run.live:
        if instance.root and catalogue.form(instance.process, instance.version, form) is not None:
            return FormPlace(instance.process, instance.version, form)
    return FormPlace(run.row.process, run.scope.in_force.current(run.row.process).version, form)
