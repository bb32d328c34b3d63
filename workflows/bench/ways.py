"""The ways that are measured side by side; each does the same sign-offs in its own manner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import event, select

from engine.store.base import table
from engine.store.database import Database
from engine.store.tables import Task
from engine.work.database_catalogue import DatabaseCatalogue
from engine.work.runtime import Runtime
from workflows.bench import naive, signoff, thin
from workflows.bench.measuring import Stopwatch
from workflows.bench.places import Place
from workflows.bench.statements import Recording, replay

IN_FLIGHT = 25
"""Cases that a client has open at a time, so that none is finished while it is still warm."""


@dataclass(frozen=True)
class Job:
    """What one client is to do: where, how many cases, and where statements are kept."""

    way: str
    place: Place
    url: str
    cases: int
    tape: Path


class Way(Protocol):
    """Does a job, measured by a stopwatch; `ready` waits for the other clients."""

    def __call__(self, job: Job, watch: Stopwatch, ready: Callable[[], object]) -> None:
        """Do it."""
        ...


def ours(job: Job, watch: Stopwatch, ready: Callable[[], object]) -> None:
    """Sign off through the product's own commands."""
    database = job.place.open(job.url)
    desk = _Desk(database)
    desk.batch(1, Stopwatch())
    ready()
    for size in batches(job.cases):
        desk.batch(size, watch)
    database.dispose()


def recorded(job: Job, watch: Stopwatch, ready: Callable[[], object]) -> None:
    """Do the same while every statement is written down; its own time means nothing."""
    database = job.place.open(job.url)
    desk = _Desk(database)
    desk.batch(1, Stopwatch())
    recording = Recording()
    event.listen(database.engine, "before_cursor_execute", recording.statement)
    ready()
    for size in batches(job.cases):
        desk.batch(size, watch, recording)
    recording.save(job.tape)
    database.dispose()


def same_writes(job: Job, watch: Stopwatch, ready: Callable[[], object]) -> None:
    """Send exactly the statements that were written down, without the engine."""
    replay(Recording.load(job.tape), job.url, job.place.synchronous, watch, ready)


def thin_floor(job: Job, watch: Stopwatch, ready: Callable[[], object]) -> None:
    """Send as many transactions with one update and one row of history each."""
    thin.run(job.url, job.place.synchronous, job.cases, watch, ready)


def naive_way(job: Job, watch: Stopwatch, ready: Callable[[], object]) -> None:
    """Keep the whole workflow as JSON at each step, and write rows of the same kinds."""
    database = job.place.open(job.url)
    desk = naive.Desk(database)
    desk.batch(1, Stopwatch())
    ready()
    for size in batches(job.cases):
        desk.batch(size, watch)
    database.dispose()


WAYS: Mapping[str, Way] = {
    "ours": ours,
    "recorded": recorded,
    "same_writes": same_writes,
    "thin": thin_floor,
    "naive": naive_way,
}


def batches(cases: int) -> Sequence[int]:
    """Return how many cases are in flight together, one batch after the other."""
    whole, rest = divmod(cases, IN_FLIGHT)
    return [IN_FLIGHT] * whole + ([rest] if rest else [])


class _Desk:
    """Somebody who signs everything, through the runtime."""

    def __init__(self, database: Database) -> None:
        self._database = database
        catalogue = DatabaseCatalogue(database, signoff.AGENCY)
        self._runtime = Runtime(database, signoff.SignoffApplication(), catalogue)

    def batch(self, size: int, watch: Stopwatch, recording: Recording | None = None) -> None:
        """Begin cases and complete their tasks, step by step over all of them."""
        listening = recording or Recording()
        cases = [self._start(watch, listening) for _ in range(size)]
        for step in signoff.STEPS:
            for case in cases:
                self._complete(case, step, watch, listening)

    def _start(self, watch: Stopwatch, recording: Recording) -> str:
        with recording.on(completion=False), watch.transaction(completion=False):
            return self._runtime.start_case(
                signoff.EVERYBODY, signoff.PROCESS, {}, agency=signoff.AGENCY
            )

    def _complete(self, case: str, step: str, watch: Stopwatch, recording: Recording) -> None:
        task = self._open_task(case, step)
        data: dict[str, Any] = signoff.answer(step)
        with recording.on(completion=True), watch.transaction(completion=True):
            self._runtime.complete_task(signoff.EVERYBODY, task, data)

    def _open_task(self, case: str, step: str) -> str:
        task = table(Task).c
        wanted = (task.case_id == case, task.element == step, task.status == "open")
        with self._database.read() as session:
            return str(session.scalars(select(task.id).where(*wanted)).one())
