"""What one person is told of one case that he sees: steps, records, drafts, the referral."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.ports import SYSTEM, Actor, Grant
from engine.store import queries
from engine.store.queries import TaskRow
from workflows.domain import told, visibility
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.told import Told

_JUDGED = ("refusal.second", "refusal.refer")
"""Steps that nobody can take without reading the check list."""


class Record(Protocol):
    """A row of history, whichever query read it."""

    @property
    def act(self) -> str:
        """What was done."""
        ...

    @property
    def actor(self) -> str:
        """Who did it."""
        ...

    @property
    def task_id(self) -> str | None:
        """At which task."""
        ...

    @property
    def process(self) -> str | None:
        """In which process."""
        ...

    @property
    def outcome(self) -> str | None:
        """What came of it."""
        ...


Row = TypeVar("Row", bound=Record)


@dataclass(frozen=True)
class Reader:
    """A person before a case.

    `authority` = acts for an authority; `opinions` = hears what authorities discuss; `drafts` =
    knows what is prepared against the enterprise; `team` = checks or decides a referral.
    """

    actor: Actor
    authority: bool
    opinions: bool
    drafts: bool
    team: bool
    own: bool

    def may(self, whose: Told) -> bool:
        """Return whether the person is among those who are told."""
        return {
            Told.ALL: True,
            Told.SERVED: self.own or self.opinions,
            Told.OPINIONS: self.opinions,
            Told.DRAFTS: self.drafts,
            Told.TEAM: self.team,
        }[whose]

    def awaits(self, task: TaskRow) -> bool:
        """Return whether the person is told of a task: it is his, or his to know."""
        waits = task.status == "open" and task.falls_to(self.actor)
        mine = waits or task.completed_by == self.actor.id
        return mine or self.may(told.class_in(task.act, task.process).step)

    def follows(self, process: str) -> bool:
        """Return whether the person is told where a process stands."""
        return self.may(told.PROCESSES.get(process, Told.ALL))

    def hears(self, row: Record) -> bool:
        """Return whether the person reads the words of a row, not only that it was done."""
        return self.opinions or self._did(row) or row.act in told.ADDRESSED

    def records(self, rows: Iterable[Row], acts: Mapping[str, str]) -> list[Row]:
        """Return the rows of history that are the person's to know; `acts` by id of the task."""
        return [row for row in rows if self._record(row, acts.get(row.task_id or "", row.act))]

    def _did(self, row: Record) -> bool:
        return row.actor == self.actor.id and row.act not in told.BY_OPERATIONS

    def _record(self, row: Record, act: str) -> bool:
        if self._did(row):
            return True
        of_task = act == row.act or self.may(told.class_in(act, row.process).step)
        return of_task and self.may(told.record_of(row.act, row.outcome, row.process))


class Readers:
    """A person before many cases, whose bodies are read once."""

    def __init__(self, session: Session, actor: Actor) -> None:
        """Read for whom the person acts."""
        self._actor = actor
        self._reach = visibility.reach(session, actor)

    def of(self, row: HazardRow, document: Mapping[str, Any], tasks: Iterable[TaskRow]) -> Reader:
        """Return what the person is told of a case; `tasks` are its open ones at least."""
        return Reader(
            actor=self._actor,
            authority=self._reach.authority,
            opinions=self.hears(row),
            drafts=self._reach.everything or row.industry_department in self._reach.bodies,
            team=_is_of_team(self._actor, document, tasks),
            own=row.enterprise in self._reach.enterprises,
        )

    def hears(self, row: HazardRow) -> bool:
        """Return whether the person hears opinions: a town, where it signs or found the hazard."""
        signs = row.town if row.park is None else None
        towns = self._reach.towns & {signs, row.finder_body}
        return self._reach.everything or bool(towns or self._reach.bodies - self._reach.towns)


def of_case(session: Session, actor: Actor, case_id: str) -> Reader:
    """Return what a person is told of a case that he sees."""
    row = session.get(HazardRow, case_id)
    if row is None:
        raise NotFound(f"Expected a case {case_id}, but there is none", "没有该隐患")
    document = queries.case(session, case_id).document
    tasks = queries.case_tasks(session, case_id, status="open")
    return Readers(session, actor).of(row, document, tasks)


def _is_of_team(actor: Actor, document: Mapping[str, Any], tasks: Iterable[TaskRow]) -> bool:
    """The two officers, the head, and whoever judges now; a list given back leaves its first."""
    head = Grant(document["bodies"]["emergency_bureau"], "head")
    if actor == SYSTEM or head in actor.grants:
        return True
    found = [one["referral"] for one in document.get("enforcements") or () if one["referral"]]
    named = {person for one in found for person in (*one["officers"], one["decided_by"])}
    return actor.id in named or any(
        task.status == "open" and task.act in _JUDGED and task.is_for(actor) for task in tasks
    )
