"""Dates that fell due while nobody was there: one worker and two, beside the same statements."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from engine import clock
from engine.store.many_cases import open_tasks
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.bench import crowd
from workflows.bench.clients import measure
from workflows.bench.crowd import LEVEL, Rows, hazard, paper
from workflows.bench.figures import Figures, figures
from workflows.bench.installed import Installed, actor, installed
from workflows.bench.measuring import Stopwatch
from workflows.bench.places import Place
from workflows.bench.statements import Recording, replay
from workflows.bench.ways import Job

AGO = timedelta(days=9)
_BATCH = 2_000
_MOST_RECORDED = 1_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """How many cases are overdue."""

    overdue: int


def run(place: Place, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Settle as many overdue cases by one worker and by two, and send the same statements."""
    few = min(plan.overdue, _MOST_RECORDED)
    with tempfile.TemporaryDirectory(prefix="bihuan-tape-") as folder:
        tape = Path(folder) / "timers.tape"
        copies = _copies(place, plan.overdue)
        progress(1, 5)
        _measured(place, copies[:few], 1, recorded, tape)
        progress(2, 5)
        same = _measured(place, copies[:few], 1, same_writes, tape)
        progress(3, 5)
        one = _measured(place, copies, 1, worker, tape)
        progress(4, 5)
        two = _measured(place, copies, 2, worker, tape)
        progress(5, 5)
    return {
        "database": place.name,
        "clients": 2,
        "overdue": plan.overdue,
        "per_second": round(one.per_second, 1),
        "two_per_second": round(two.per_second, 1),
        "same_writes_per_second": round(same.per_second, 1),
        "ratio_to_same_writes": round(one.per_second / same.per_second, 3),
        "ratio_of_two": round(two.per_second / one.per_second, 3),
        "p50_ms": round(one.p50_ms, 2),
        "p95_ms": round(one.p95_ms, 2),
        "cpu_ms": round(one.cpu_ms, 3),
        "cpu_ms_database": one.cpu_ms_database,
        "rss_mb": round(one.rss_mb, 1),
    }


def _copies(place: Place, count: int) -> list[Rows]:
    """Serve on one case by commands some days ago, and copy it as it waits for its date."""
    with installed(place) as there:
        bihuan = there.open()
        case = served(bihuan)
        with bihuan.database.read() as session:
            original = crowd.pattern(session, case)
        bihuan.database.dispose()
    return [crowd.copied(original, number) for number in range(count)]


def served(bihuan: Bihuan) -> str:
    """Serve a notice some days ago, whose date has passed since; return the case."""
    with clock.use(clock.VirtualClock(clock.now() - AGO)):
        inspector = actor(bihuan, "inspector1")
        case = bihuan.runtime.start_case(
            inspector, ROOT_PROCESS, hazard("逾期"), agency=bihuan.settings.agency
        )
        for data in (LEVEL, paper()):
            with bihuan.database.read() as session:
                (task,) = open_tasks(session, [case])[case]
            bihuan.runtime.complete_task(inspector, task.id, data)
    return case


def _measured(place: Place, copies: list[Rows], workers: int, how: Any, tape: Path) -> Figures:
    with installed(place) as there:
        bihuan = there.open()
        served(bihuan)  # the pools and counters that the copies rest on
        bihuan.runtime.fire_due(limit=10_000)
        spread(bihuan, copies)
        bihuan.database.dispose()
        job = Job("timers", place, there.url, len(copies), tape)
        samples, spent = measure([job] * workers, how)
    return figures([one for one in samples if one.completions], spent, 0.0)


def spread(bihuan: Bihuan, copies: list[Rows]) -> None:
    """Write copies of a case, each for the next of a thousand enterprises."""
    enterprises = crowd.neighbours(bihuan)
    for first in range(0, len(copies), _BATCH):
        with bihuan.database.begin() as session:
            written = copies[first : first + _BATCH]
            for number, one in enumerate(written, first):
                crowd.pooled(session, crowd.moved(one, enterprises[number % len(enterprises)]))
            crowd.write(session, written)


def worker(job: Job, watch: Stopwatch, ready: Callable[[], object]) -> None:
    """Settle one case after the other until nothing is due, as a worker does."""
    bihuan = _opened(job)
    bihuan.runtime.fire_due(limit=1)
    ready()
    busy = True
    while busy:
        one = Stopwatch()
        with one.transaction(completion=True):
            busy = bihuan.runtime.fire_due(limit=1) > 0
        if busy:
            _add(watch, one)
    bihuan.database.dispose()


def recorded(job: Job, watch: Stopwatch, ready: Callable[[], object]) -> None:
    """Do the same while every statement is written down; its own time means nothing."""
    bihuan, recording = _opened(job), Recording()
    event.listen(bihuan.database.engine, "before_cursor_execute", recording.statement)
    ready()
    busy = True
    while busy:
        with recording.on(completion=True), watch.transaction(completion=True):
            busy = bihuan.runtime.fire_due(limit=1) > 0
    recording.transactions.pop()
    recording.save(job.tape)
    bihuan.database.dispose()


def same_writes(job: Job, watch: Stopwatch, ready: Callable[[], object]) -> None:
    """Send exactly the statements that were written down, without the engine."""
    replay(Recording.load(job.tape), job.url, job.place.synchronous, watch, ready)


def _opened(job: Job) -> Bihuan:
    return Installed(job.place, job.url, job.tape.parent).open()


def _add(watch: Stopwatch, one: Stopwatch) -> None:
    watch.busy += one.busy
    watch.cpu += one.cpu
    watch.transactions += 1
    watch.completions += one.completions
