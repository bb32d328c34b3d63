"""Tasks taken by somebody who may no longer do them go back to those who may.

Candidates are posts, so whoever takes over a post finds its tasks at once. Only what a person
has taken for himself stays with him; when his post ended it is given back here, in a transaction
of each case's own, with its reason in the history. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from engine import clock
from engine.errors import Conflict, Incident, NotFound
from engine.ports import SYSTEM, Grant
from engine.store.tasks import Task, TaskBar, TaskCandidate
from engine.work.runtime import Runtime
from workflows.domain import organisation, substitutes
from workflows.domain.org_tables import GrantRow, SubstituteRow

REASON = "签收人已不再任该岗位 · whoever took it no longer holds the post"
EVERY = timedelta(minutes=15)


@dataclass(frozen=True)
class Waiting:
    """An open task that nobody in office may do, with the posts that could."""

    id: str
    title_zh: str
    title: str
    posts: tuple[Grant, ...]


def release_all(runtime: Runtime) -> int:
    """Give back every task whose assignee may no longer do it; return how many."""
    now = clock.now()
    with runtime.database.read() as session:
        stuck = [task for task, person in _taken(session) if not _may(session, task, person, now)]
    return sum(_release(runtime, task) for task in stuck)


def waiting_for_nobody(session: Session, now: datetime, limit: int) -> Sequence[Waiting]:
    """Return open tasks that nobody in office could take: no post is held, or all are barred."""
    query = (
        select(Task.id, Task.title_zh, Task.title)
        .where(Task.status == "open", Task.assignee.is_(None))
        .where(exists().where(TaskCandidate.task_id == Task.id))
        .where(Task.id.not_in(_served_by_holders(now)), Task.id.not_in(_served_by_substitutes(now)))
        .order_by(Task.due_at, Task.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    posts = _candidates(session, [row.id for row in rows])
    return [Waiting(row.id, row.title_zh, row.title, posts[row.id]) for row in rows]


def _served_by_holders(now: datetime) -> Select[str]:
    post = (GrantRow.body_id == TaskCandidate.body) & (GrantRow.role == TaskCandidate.role)
    query = select(TaskCandidate.task_id).join(GrantRow, post)
    return query.where(organisation.in_force(now), ~_barred(GrantRow.person_id, now))


def _served_by_substitutes(now: datetime) -> Select[str]:
    row, today = SubstituteRow, clock.beijing_date(now)
    post = (row.body_id == TaskCandidate.body) & (row.role == TaskCandidate.role)
    query = select(TaskCandidate.task_id).join(row, post)
    within = (row.valid_from <= today) & (row.valid_to >= today)
    return query.where(within, ~_barred(row.substitute_id, now))


def _barred(person: InstrumentedAttribute[str], now: datetime) -> ColumnElement[bool]:
    own = aliased(GrantRow)
    held = (own.person_id == person) & organisation.in_force(now, own)
    bodies = select(own.body_id).where(held).correlate_except(own)
    against = (TaskBar.person == person) | TaskBar.body.in_(bodies)
    return exists().where(TaskBar.task_id == TaskCandidate.task_id, against)


def _candidates(session: Session, tasks: Sequence[str]) -> Mapping[str, tuple[Grant, ...]]:
    rows = session.execute(
        select(TaskCandidate.task_id, TaskCandidate.body, TaskCandidate.role)
        .where(TaskCandidate.task_id.in_(tasks))
        .order_by(TaskCandidate.task_id, TaskCandidate.body, TaskCandidate.role.desc())
    )
    found: dict[str, tuple[Grant, ...]] = {}
    for row in rows:
        found[row.task_id] = (*found.get(row.task_id, ()), Grant(row.body, row.role))
    return found


class Sweeping:
    """Releases now and then, for posts that end by their last day."""

    def __init__(self, runtime: Runtime) -> None:
        """Take whose tasks are looked after."""
        self._runtime = runtime
        self._last: datetime | None = None

    def step(self) -> int:
        """Release if it is time; never a reason to sweep again at once."""
        if self._last is None or clock.now() - self._last >= EVERY:
            self._last = clock.now()
            release_all(self._runtime)
        return 0


def _taken(session: Session) -> Iterator[tuple[str, str]]:
    rows = session.execute(
        select(Task.id, Task.assignee).where(Task.status == "open", Task.assignee.is_not(None))
    )
    yield from ((row.id, row.assignee) for row in rows)


def _may(session: Session, task: str, person: str, now: datetime) -> bool:
    rows = session.execute(
        select(TaskCandidate.body, TaskCandidate.role).where(TaskCandidate.task_id == task)
    )
    candidates = {Grant(row.body, row.role) for row in rows}
    # A task for one named person alone has no candidates and cannot be given back to anybody.
    return not candidates or bool(candidates & set(_powers(session, person, now)))


def _powers(session: Session, person: str, now: datetime) -> Iterable[Grant]:
    yield from organisation.grants_of(session, person, now)
    yield from (one.role for one in substitutes.standing_in(session, person, now))


def _release(runtime: Runtime, task: str) -> bool:
    try:
        runtime.free_task(SYSTEM, task, REASON)
    except (Conflict, Incident, NotFound):
        # Done meanwhile, or a fault that its incident tells of; the others must not wait for it.
        return False
    return True
