"""The inbox: the engine's open tasks of a person, each with the hazard that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engine.operations import OWN
from engine.ports import Actor
from engine.store import many_cases, queries
from engine.store.queries import InboxFilter, Page, TaskRow
from engine.store.tables import Task
from workflows.domain import extension_requests
from workflows.domain.ledger_tables import HazardRow

Scope = Literal["all", "mine", "claimable", "overdue"]
SCOPES: tuple[Scope, ...] = ("all", "mine", "claimable", "overdue")


@dataclass(frozen=True)
class Filters:
    """What a person narrows the inbox by; an empty text narrows nothing."""

    scope: Scope = "all"
    body: str = ""
    level: str = ""
    park: str = ""
    act: str = ""
    text: str = ""

    @property
    def narrow(self) -> bool:
        """Whether anything beyond the scope is chosen."""
        return any((self.body, self.level, self.park, self.act, self.text))

    def for_engine(self, now: datetime) -> InboxFilter:
        """Return the same for the engine, with the ledger joined in where it is asked."""
        return InboxFilter(
            act=self.act or None,
            body=self.body or None,
            assigned={"mine": True, "claimable": False}.get(self.scope),
            due_before=now if self.scope == "overdue" else None,
            narrow=self._by_hazard if self.level or self.park or self.text else None,
        )

    def _by_hazard(self, query: Select[Any]) -> Select[Any]:
        query = query.join(HazardRow, HazardRow.case_id == Task.case_id)
        if self.level:
            query = query.where(HazardRow.level == self.level)
        if self.park:
            query = query.where(HazardRow.park == self.park)
        if self.text:
            query = query.where(HazardRow.search_text.icontains(self.text, autoescape=True))
        return query


@dataclass(frozen=True)
class Hazard:
    """What a line of the inbox says of the hazard."""

    case_id: str
    number: str
    level: str | None
    state: str
    description: str
    enterprise_name_zh: str
    enterprise_name: str
    park: str | None
    industry_department: str


def inbox(
    session: Session, actor: Actor, filters: Filters, now: datetime, *, limit: int, page: int = 1
) -> Page[TaskRow]:
    """Return a page of what waits for a person: what expires first stands first."""
    chosen, start = filters.for_engine(now), (page - 1) * limit
    return queries.inbox(session, actor, filters=chosen, limit=limit, offset=start)


def counts(session: Session, actor: Actor, filters: Filters, now: datetime) -> dict[Scope, int]:
    """Return how many tasks each scope holds under the same filters."""
    return {
        scope: queries.count_inbox(session, actor, replace(filters, scope=scope).for_engine(now))
        for scope in SCOPES
    }


def hazards(session: Session, case_ids: Sequence[str]) -> Mapping[str, Hazard]:
    """Return the hazards of cases, by case."""
    rows = session.execute(
        select(
            HazardRow.case_id,
            HazardRow.number,
            HazardRow.level,
            HazardRow.state,
            HazardRow.description,
            HazardRow.enterprise_name_zh,
            HazardRow.enterprise_name,
            HazardRow.park,
            HazardRow.industry_department,
        ).where(HazardRow.case_id.in_(set(case_ids)))
    )
    return {row.case_id: Hazard(*row) for row in rows}


def requests_of(session: Session, tasks: Iterable[TaskRow]) -> Mapping[str, Mapping[str, Any]]:
    """Return the documents of the cases, by case, where a task is about a request of several."""
    cases = {task.case_id for task in tasks if task.process == extension_requests.PROCESS}
    return {case: known for case, (_, known) in many_cases.documents(session, cases).items()}


def own_acts(session: Session, acts: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return what own acts of designers are called at the tasks that ask for them now."""
    own = [act for act in acts if act.startswith(OWN)]
    if not own:
        return {}
    found = session.execute(
        select(Task.act, func.min(Task.title_zh), func.min(Task.title))
        .where(Task.act.in_(own), Task.status == "open")
        .group_by(Task.act)
    )
    return {act: (zh, en) for act, zh, en in found}


def acts(session: Session, actor: Actor) -> list[str]:
    """Return the acts that open tasks of a person's bodies ask for."""
    bodies = {grant.body for grant in actor.grants}
    return queries.acts_waiting(session, bodies)
