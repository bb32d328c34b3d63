"""Tasks taken by somebody who may no longer do them go back to those who may.

Candidates are posts, so whoever takes over a post finds its tasks at once. Only what a person
has taken for himself stays with him; when his post ended it is given back here, in a transaction
of each case's own, with its reason in the history. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import Conflict, Incident, NotFound
from engine.ports import SYSTEM, Grant
from engine.store.tasks import Task, TaskCandidate
from engine.work.runtime import Runtime
from workflows.domain import organisation, substitutes

REASON = "签收人已不再任该岗位 · whoever took it no longer holds the post"
EVERY = timedelta(minutes=15)


@dataclass(frozen=True)
class Waiting:
    """An open task for which nobody holds a post."""

    id: str
    title_zh: str
    title: str


def release_all(runtime: Runtime) -> int:
    """Give back every task whose assignee may no longer do it; return how many."""
    now = clock.now()
    with runtime.database.read() as session:
        stuck = [task for task, person in _taken(session) if not _may(session, task, person, now)]
    return sum(_release(runtime, task) for task in stuck)


def waiting_for_nobody(session: Session, now: datetime, limit: int) -> Sequence[Waiting]:
    """Return open tasks that nobody who holds a post today could take."""
    held = set(organisation.held_now(session, now))
    rows = session.execute(
        select(Task.id, Task.title_zh, Task.title, TaskCandidate.body, TaskCandidate.role)
        .join(TaskCandidate, TaskCandidate.task_id == Task.id)
        .where(Task.status == "open", Task.assignee.is_(None))
        .order_by(Task.due_at, Task.id)
    )
    found: dict[str, Waiting] = {}
    served: set[str] = set()
    for row in rows:
        found[row.id] = Waiting(row.id, row.title_zh, row.title)
        if Grant(row.body, row.role) in held:
            served.add(row.id)
    return [task for name, task in found.items() if name not in served][:limit]


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
