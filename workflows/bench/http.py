"""Completions through the pages: session, CSRF token, form validation, a server with workers.

The case is the product's shortest: a general hazard, begun by a command, then graded, served on,
mended and rechecked by three signed-in persons, each task sent as the page sends its form.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import clock
from engine.store import queries
from engine.store.ids import new_id
from workflows.accounts import passwords
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.bench import thin
from workflows.bench.browser import Browser, UnexpectedAnswerError, over_http
from workflows.bench.clients import measure
from workflows.bench.crowd import hazard, paper
from workflows.bench.figures import figures, spans
from workflows.bench.installed import Installed, actor, installed
from workflows.bench.measuring import Sample, Stopwatch, sample
from workflows.bench.places import Place
from workflows.bench.processes import children, cpu_seconds, resident_mb
from workflows.bench.ways import Job
from workflows.demo import photos

WORKERS, THREADS = 2, 4
_WARMING = 2
"""Cases of each client that are not measured."""
_START_SECONDS = 180
PEOPLE = ("inspector1", "inspector2", "enterprise01")
STEPS: Mapping[str, str] = {
    "confirm_level": "inspector1",
    "serve_order": "inspector1",
    "rectify": "enterprise01",
    "recheck": "inspector2",
}
Progress = Callable[[int, int], None]
Command = Callable[[str, int, int, int], list[str]]
Cases = tuple[tuple[str, str], ...]
"""Cases, each with a photograph that waits to be attached."""


@dataclass(frozen=True)
class Plan:
    """How many clients at once, how many cases of each, how many rounds."""

    clients: int
    cases: int
    rounds: int
    command: Command
    """The command line of the server, for a host, a port, processes and threads."""


@dataclass(frozen=True)
class Part:
    """What one client does: its cases with a photograph for each, and where the server is."""

    there: Installed
    port: int
    cases: Cases


def run(place: Place, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Measure in turn the pages and the thin floor with as many clients; return the summary."""
    rounds: list[dict[str, Any]] = []
    for number in range(plan.rounds):
        rounds.append(_round(place, plan))
        progress(number + 1, plan.rounds)
    middle = sorted(rounds, key=lambda one: float(one["ratio_to_thin"]))[len(rounds) // 2]
    settings = {"database": place.name, "clients": plan.clients, "cases": plan.cases}
    return settings | {"workers": WORKERS, "rounds": plan.rounds} | middle


def _round(place: Place, plan: Plan) -> dict[str, Any]:
    with installed(place) as there:
        parts = prepared(there, plan.clients, plan.cases + _WARMING)
        with serving(there, plan.command) as (port, server):
            began: list[float] = []
            completed, read = _asked(
                [Part(there, port, cases) for cases in parts],
                lambda: began.append(_server_cpu(server)),
            )
            spent = _server_cpu(server) - began[0]
            memory = [resident_mb(pid) for pid in children(server)]
        floor = _floor(there, plan)
    ours = figures(completed, None, 0.0)
    requests = sum(one.transactions for one in (*completed, *read))
    return {
        "per_second": round(ours.per_second, 1),
        "thin_per_second": round(floor, 1),
        "ratio_to_thin": round(ours.per_second / floor, 4),
        **{name: round(getattr(ours, name), 2) for name in ("p50_ms", "p95_ms", "p99_ms")},
        "page": spans(_together(read)),
        "server_cpu_ms": round(spent / requests * 1000, 2),
        "rss_mb": memory,
    }


def _together(samples: Sequence[Sample]) -> Stopwatch:
    return Stopwatch(
        busy=sum(one.busy for one in samples),
        cpu=sum(one.cpu for one in samples),
        transactions=sum(one.transactions for one in samples),
        completions=[took for one in samples for took in one.completions],
    )


def prepared(there: Installed, clients: int, cases_each: int) -> list[Cases]:
    """Begin the cases of every client, and upload a photograph for each."""
    bihuan = there.open()
    inspector, enterprise = actor(bihuan, "inspector1"), actor(bihuan, "enterprise01")
    agency = bihuan.settings.agency
    content = photos.picture("after", 1)
    found = []
    for client in range(clients):
        cases = []
        for number in range(cases_each):
            data = hazard(f"{client}-{number}")
            case = bihuan.runtime.start_case(inspector, ROOT_PROCESS, data, agency=agency)
            cases.append((case, _photo(bihuan, enterprise, content)))
        found.append(tuple(cases))
    bihuan.database.dispose()
    return found


def _photo(bihuan: Bihuan, person: Any, content: bytes) -> str:  # noqa: ANN401 an actor
    with bihuan.database.begin() as session:
        return bihuan.evidence.add(session, person, "after.jpg", content, clock.now())


def environment(there: Installed) -> dict[str, str]:
    """Return the settings by which another process opens the same product."""
    return {
        "BIHUAN_DATABASE_URL": there.url,
        "BIHUAN_DATA_DIR": str(there.folder),
        "BIHUAN_DEMO": "1",
    }


@contextmanager
def serving(
    there: Installed, command: Command, workers: int = WORKERS
) -> Iterator[tuple[int, int]]:
    """Serve the product with the production server; give its port and process."""
    port = _free_port()
    arguments = command("127.0.0.1", port, workers, THREADS)
    known = os.environ | environment(there)
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(arguments, env=known, stdout=log, stderr=log)  # noqa: S603
        try:
            _wait_until_ready(port, server)
            yield port, server.pid
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with suppress(OSError, UnexpectedAnswerError), over_http(port) as send:
            Browser(send).get("/readyz")
            return
        time.sleep(0.1)
    message = "Expected the server to answer, but it does not"
    raise RuntimeError(message)


def _server_cpu(server: int) -> float:
    return sum(cpu_seconds(pid) for pid in (server, *children(server)))


def _floor(there: Installed, plan: Plan) -> float:
    thin.set_up(there.url, there.place.synchronous)
    jobs = [
        Job("thin", there.place, there.url, plan.cases, Path(os.devnull))
        for _ in range(plan.clients)
    ]
    samples, spent = measure(jobs)
    return figures(samples, spent, 0.0).per_second


# -------------------------------------------------------------------- one client


def _asked(parts: Sequence[Part], begun: Callable[[], object]) -> tuple[list[Sample], list[Sample]]:
    """Let every client work at the same time; return what completing and what reading took."""
    context = multiprocessing.get_context("spawn")
    barrier, reports = context.Barrier(len(parts) + 1), context.Queue()
    clients = [context.Process(target=_client, args=(part, barrier, reports)) for part in parts]
    for client in clients:
        client.start()
    with suppress(threading.BrokenBarrierError):
        barrier.wait()
    begun()
    found = [reports.get(timeout=_START_SECONDS * 20) for _ in clients]
    for client in clients:
        client.join()
    for one in found:
        if isinstance(one, BaseException):
            raise one
    return [one[0] for one in found], [one[1] for one in found]


def _client(part: Part, barrier: Any, reports: Any) -> None:  # noqa: ANN401 another process's
    try:
        reports.put(_worked(part, barrier.wait))
    except BaseException as error:
        barrier.abort()
        reports.put(RuntimeError(f"{type(error).__name__}: {error}"))
        raise


def _worked(part: Part, ready: Callable[[], object]) -> tuple[Sample, Sample]:
    with ExitStack() as opened:
        people = {name: Browser(opened.enter_context(over_http(part.port))) for name in PEOPLE}
        for name, browser in people.items():
            browser.sign_in(name, passwords.DEMONSTRATION)
        # A server that has just begun reads and compiles what it keeps from then on.
        complete(part.there, people, part.cases[:_WARMING])
        ready()
        return complete(part.there, people, part.cases[_WARMING:])


def complete(
    there: Installed, people: Mapping[str, Browser], cases: Cases
) -> tuple[Sample, Sample]:
    """Take cases through their tasks; return what sending and what opening the pages took."""
    bihuan = there.open()
    completing, reading = Stopwatch(), Stopwatch()
    for step, person in STEPS.items():
        for case, photo in cases:
            task = _open_task(bihuan, case, step)
            with reading.transaction(completion=True):
                people[person].get(f"/tasks/{task}")
            fields = {"_key": new_id(), **_typed(step, photo)}
            with completing.transaction(completion=True):
                people[person].post(f"/tasks/{task}/complete", fields)
    bihuan.database.dispose()
    return sample(completing), sample(reading)


def _open_task(bihuan: Bihuan, case: str, step: str) -> str:
    with bihuan.database.read() as session:
        found = queries.case_tasks(session, case, status="open")
    return next(task.id for task in found if task.element == step)


def _typed(step: str, photo: str) -> dict[str, str]:
    """Return what the browser sends for a form."""
    if step == "confirm_level":
        return {"level": "general"}
    if step == "serve_order":
        typed = paper()
        return typed | {"served_at": typed["served_at"][:16]}
    if step == "rectify":
        return {"done": "已安装并联锁", "photos_after": photo, "cost": "1.5"}
    return {"method": "desk", "items.0.item": "监测报警", "items.0.state": "done", "result": "pass"}
