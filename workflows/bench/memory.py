"""Memory over many completions: a web process and a worker as they are served in production.

Both are the product's own processes. A client completes tasks through the pages while the
worker settles cases that were overdue; their memory is read at the beginning and at every tenth.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from engine import clock
from engine.store.tables import Case
from workflows.accounts import passwords
from workflows.app import Bihuan
from workflows.bench import crowd, http, timers
from workflows.bench.browser import Browser, over_http
from workflows.bench.http import Command
from workflows.bench.installed import Installed, installed
from workflows.bench.places import Place
from workflows.bench.processes import children, resident_mb

_SWEEP_SECONDS = "0.2"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """How many tasks are completed, and the command line of the server."""

    completions: int
    command: Command
    parts: int = 10
    """How often memory is read besides at the beginning."""


def run(place: Place, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Complete tasks and settle dates, and return how much memory the processes came to hold."""
    with installed(place) as there:
        bihuan = there.open()
        _overdue(bihuan, plan.completions)
        with http.serving(there, plan.command, workers=1) as (port, server), _worker(there) as pid:
            seen = list(_lived(there, plan, (port, server, pid), progress))
            settled = plan.completions - _left(bihuan)
        bihuan.database.dispose()
    half = len(seen) // 2
    web, worker = [one["web"] for one in seen], [one["worker"] for one in seen]
    return {
        "database": place.name,
        "clients": 1,
        "completions": plan.completions,
        "settled": settled,
        "web_mb": web,
        "worker_mb": worker,
        "web_mb_most": max(web),
        "worker_mb_most": max(worker),
        "web_mb_grown": round(web[-1] - web[half], 1),
        "worker_mb_grown": round(worker[-1] - worker[half], 1),
        "all_mb": max(one["all"] for one in seen),
    }


def _lived(
    there: Installed, plan: Plan, at: tuple[int, int, int], progress: Progress
) -> Iterator[dict[str, float]]:
    """Complete the tasks of some cases at a time, and tell the memory after each time."""
    port, server, worker = at
    cases = max(1, plan.completions // len(http.STEPS) // plan.parts)
    with ExitStack() as opened:
        people = {name: Browser(opened.enter_context(over_http(port))) for name in http.PEOPLE}
        for name, browser in people.items():
            browser.sign_in(name, passwords.DEMONSTRATION)
        yield _memory(server, worker)
        for part in range(plan.parts):
            (prepared,) = http.prepared(there, 1, cases)
            http.complete(there, people, prepared)
            progress(part + 1, plan.parts)
            yield _memory(server, worker)


def _memory(server: int, worker: int) -> dict[str, float]:
    web = [resident_mb(pid) for pid in children(server)]
    mine = resident_mb(worker)
    return {"web": max(web), "worker": mine, "all": round(resident_mb(server) + sum(web) + mine, 1)}


def _overdue(bihuan: Bihuan, count: int) -> None:
    """Leave as many cases overdue as tasks are completed, for the worker to settle meanwhile."""
    case = timers.served(bihuan)
    with bihuan.database.read() as session:
        original = crowd.pattern(session, case)
    copies = [crowd.copied(original, number) for number in range(count)]
    timers.spread(bihuan, copies)


def _left(bihuan: Bihuan) -> int:
    with bihuan.database.read() as session:
        due = select(func.count()).where(Case.status == "open", Case.next_due_at <= clock.now())
        return session.scalar(due) or 0


@contextmanager
def _worker(there: Installed) -> Iterator[int]:
    arguments = [sys.executable, "-m", "workflows.cli", "worker", "--interval", _SWEEP_SECONDS]
    environment = os.environ | http.environment(there)
    with tempfile.TemporaryFile() as log:
        worker = subprocess.Popen(arguments, env=environment, stdout=log, stderr=log)  # noqa: S603
        try:
            yield worker.pid
        finally:
            worker.terminate()
            worker.wait()
