"""What the list of tasks may be narrowed by: what there is not is refused by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.errors import FieldError
from engine.ports import Actor
from engine.store import definitions, queries
from engine.store.queries import InboxFilter
from engine.store.tables import Task
from webapp.api.access import agency
from webapp.context import bihuan
from workflows.domain import known_values
from workflows.domain.known_values import Asked
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.visibility import reach

_TASK = "userTask"
_OF_TASKS: Mapping[str, InstrumentedAttribute[str]] = {
    "act": Task.act,
    "element": Task.element,
    "process": Task.process,
}
_TITLES = {"act": "事项", "element": "环节", "process": "流程", "body": "承办单位", "park": "园区"}

Allowed = Callable[[Session, Actor], Collection[str]]


def check(session: Session, actor: Actor, wanted: Mapping[str, Any]) -> None:
    """Raise Invalid where something is asked for that there is not, or not for this person."""
    known_values.raise_any(_unknown(session, actor, wanted))


def _unknown(session: Session, actor: Actor, wanted: Mapping[str, Any]) -> Iterator[FieldError]:
    for name, column in _OF_TASKS.items():
        value = wanted.get(name)
        if value and session.scalar(select(column).where(column == value).limit(1)) is None:
            asked = Asked(name, _TITLES[name], [value])
            yield from known_values.unknown(asked, sorted(_drawn(session, name)))
    for name, allowed in (("body", _bodies), ("park", _parks)):
        if wanted.get(name):
            asked = Asked(name, _TITLES[name], [wanted[name]])
            yield from known_values.unknown(asked, allowed(session, actor))
    if wanted.get("case") and not _is_seen(session, actor, wanted["case"]):
        yield FieldError(
            "case",
            "Expected the id of a case that you may see, but there is none to see",
            "没有这个案件，或您无权查看",
        )


def _drawn(session: Session, name: str) -> set[str]:
    """Return what the tasks in the diagrams in force have under a name."""
    active = definitions.active(session, agency=agency())
    if name == "process":
        return {version.process for version in active}
    tasks = [
        element
        for version in active
        for element in bihuan()
        .catalogue.compiled(version.process, version.version)
        .elements.values()
        if element.kind == _TASK
    ]
    if name == "element":
        return {task.id for task in tasks}
    return {task.properties["act"] for task in tasks if "act" in task.properties}


def _bodies(session: Session, actor: Actor) -> Collection[str]:
    own = {grant.body for grant in actor.grants}
    return sorted(own | set(known_values.bodies(session)))


def _parks(session: Session, _actor: Actor) -> Collection[str]:
    return known_values.bodies(session, "park_command")


def _is_seen(session: Session, actor: Actor, case_id: str) -> bool:
    """Return whether a person sees a case, by their bodies or by a task that falls to them."""
    seen = select(HazardRow.case_id).where(
        HazardRow.case_id == case_id, reach(session, actor).clause()
    )
    if session.scalar(seen) is not None:
        return True
    of_case = InboxFilter(narrow=lambda query: query.where(Task.case_id == case_id))
    return queries.count_inbox(session, actor, of_case) > 0
