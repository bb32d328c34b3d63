"""A migration of many cases in words: how far it is, what was found, what may be done next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for
from sqlalchemy.orm import Session

from engine.ports import Actor
from engine.store import definitions
from webapp.i18n.language import both, current_language, t
from webapp.presentation.following import Following, following
from webapp.presentation.remaining import instant_words
from webapp.running.migration_page import actor_words, date_words, form_words
from workflows.domain import organisation
from workflows.domain.org_facts import Body
from workflows.migrating import report, runs, states
from workflows.migrating.report import Line
from workflows.migrating.runs import Run
from workflows.running import permission

SHOWN: Final = 50
"""Cases on one page; the file holds all."""

STATES: Final[Mapping[str, tuple[str, str]]] = {
    states.LOOKING: ("migrate.run.looking", "info"),
    states.LOOKED: ("migrate.run.looked", "warning"),
    states.RUNNING: ("migrate.run.running", "info"),
    states.STOPPED: ("migrate.run.stopped", "warning"),
    states.DONE: ("migrate.run.done", "done"),
    states.GIVEN_UP: ("migrate.run.given_up", "quiet"),
}
CASES: Final[Mapping[str, tuple[str, str]]] = {
    states.WAITING: ("migrate.run.waiting", "quiet"),
    states.POSSIBLE: ("migrate.yes", "done"),
    states.REFUSED: ("migrate.no", "danger"),
    states.MOVED: ("migrate.done", "done"),
    states.STAYED: ("migrate.run.stayed", "danger"),
}


@dataclass(frozen=True)
class CaseLine:
    """One case of the list."""

    number: str
    address: str
    before: str
    said: str
    tone: str
    why: Sequence[str]
    dates: Sequence[str]
    actors: Sequence[str]
    forms: Sequence[str]


@dataclass(frozen=True)
class Tab:
    """One state of cases, how many are in it, and the way to them."""

    said: str
    count: int
    address: str
    current: bool


@dataclass(frozen=True)
class RunPage:
    """What the page of a migration shows."""

    run: Run
    name: str
    said: str
    tone: str
    note: str
    past: int
    all: int
    facts: Sequence[tuple[str, int]]
    tabs: Sequence[Tab]
    lines: Sequence[CaseLine]
    onward: str | None
    deciding: bool
    following: Following
    may: frozenset[str]
    """Of begin, stop, resume and give_up, what may be done now by whoever looks."""
    reason: str = ""
    faults: Sequence[str] = ()


@dataclass(frozen=True)
class Asked:
    """Which cases are shown, and what was sent in vain."""

    state: str = ""
    behind: str = ""
    reason: str = ""
    faults: Sequence[str] = ()


def run_page(session: Session, actor: Actor, agency: str, run_id: str, asked: Asked) -> RunPage:
    """Return the page; NotAllowed outside the safety office."""
    run = runs.one(session, actor, agency, run_id)
    known = definitions.versions(session, run.process, agency=agency)
    name = next((both(one.name_zh, one.name) for one in known if one.version == run.version), "")
    counted = report.counted(session, run_id)
    state = _state(asked.state, counted)
    lines = report.page(session, run_id, [state], SHOWN + 1, behind=asked.behind) if state else []
    bodies = {one.id: one for one in organisation.bodies(session)}
    deciding = permission.may_decide(session, actor)
    over = lines[SHOWN - 1].case_id if len(lines) > SHOWN else None
    return RunPage(
        run=run,
        name=name or run.process,
        said=t(STATES[run.state][0]),
        tone=STATES[run.state][1],
        note=both(run.note_zh, run.note),
        past=run.done + run.stayed if run.decided else run.looked,
        all=run.possible if run.decided else run.cases,
        facts=_facts(run, counted),
        tabs=[_tab(run, one, counted[one], state) for one in CASES if counted.get(one)],
        lines=[_line(one, bodies) for one in lines[:SHOWN]],
        onward=_way(run, state, over) if over else None,
        deciding=deciding,
        following=following(run.created_at, run.held_until),
        may=_may(run) if deciding else frozenset(),
        reason=asked.reason,
        faults=asked.faults,
    )


def listed(session: Session, agency: str) -> list[tuple[str, str, str, str, str]]:
    """Return the last runs: address, process, when, state and tone."""
    names = {one.process: one for one in definitions.active(session, agency=agency)}
    found = []
    for run in runs.recent(session, agency):
        known = names.get(run.process)
        name = both(known.name_zh, known.name) if known else run.process
        said, tone = STATES[run.state]
        title = f"{name} · {t('studio.version_number', version=run.version)}"
        at = instant_words(run.created_at, current_language())
        found.append((_way(run, "", ""), title, at, t(said), tone))
    return found


def _may(run: Run) -> frozenset[str]:
    if run.at_work:
        return frozenset({"stop"})
    if run.state == states.LOOKED:
        return frozenset({"give_up"}) | ({"begin"} if run.possible else set())
    return frozenset({"resume", "give_up"} if run.state == states.STOPPED else ())


def _facts(run: Run, counted: Mapping[str, int]) -> list[tuple[str, int]]:
    found = [
        (t("migrate.run.cases"), run.cases),
        (t("migrate.run.can"), run.possible),
        (t("migrate.run.changing"), run.changed),
        (t("migrate.run.cannot"), counted.get(states.REFUSED, 0)),
    ]
    if run.decided:
        found += [(t("migrate.done"), run.done), (t("migrate.run.stayed"), run.stayed)]
    return found


def _state(asked: str, counted: Mapping[str, int]) -> str:
    """Return which cases are shown: what was asked for, else what is worth a look first."""
    order = (states.STAYED, states.REFUSED, states.POSSIBLE, states.MOVED, states.WAITING)
    known = [one for one in order if counted.get(one)]
    return asked if asked in known else next(iter(known), "")


def _tab(run: Run, state: str, count: int, current: str) -> Tab:
    return Tab(t(CASES[state][0]), count, _way(run, state, ""), state == current)


def _way(run: Run, state: str, behind: str) -> str:
    return url_for(
        "running.migration_run", run_id=run.id, state=state or None, behind=behind or None
    )


def _line(line: Line, bodies: Mapping[str, Body]) -> CaseLine:
    found, (said, tone) = line.found, CASES[line.state]
    return CaseLine(
        number=line.number,
        address=url_for("cases.show", case_id=line.case_id),
        before=t("form.comma").join(t("studio.version_number", version=v) for v in found.before),
        said=t(said),
        tone=tone,
        why=[both(one.message_zh, one.message) for one in found.reasons],
        dates=[date_words(one) for one in found.dates],
        actors=[actor_words(one, bodies) for one in found.actors],
        forms=[form_words(one) for one in found.forms],
    )
