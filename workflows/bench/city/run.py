"""The run: a city founded, its agencies played by several processes, everything checked."""

from __future__ import annotations

import multiprocessing
import queue
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from multiprocessing.process import BaseProcess
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import func, select

from engine import clock
from engine.store.tables import Case, History
from workflows.app import Bihuan
from workflows.bench.city import founding
from workflows.bench.city.playing import City
from workflows.bench.city.year import HAZARDS, LAST, findings
from workflows.bench.installed import Installed, bare
from workflows.bench.places import Place
from workflows.bench.processes import resident_mb
from workflows.checking.inspection import inspect
from workflows.checking.invariants import invariant_findings
from workflows.checking.report import Report
from workflows.demo.ledger import Example, examples

END = datetime.combine(LAST + timedelta(days=1), time(), clock.BEIJING)
_LEVELS = {"一般": "general", "较大": "larger", "重大": "major"}
_PATIENCE_SECONDS = 3600
_SEEN = 20
"""How often each process tells its memory."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """How much of a city, and by how many processes."""

    scale: float
    clients: int


@dataclass(frozen=True)
class Part:
    """What one process plays."""

    there: Installed
    scale: float
    share: int
    of: int


def run(place: Place, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Found the city, live its year, check every case, and return the report."""
    with bare(place) as there:
        bihuan = there.open()
        founding.found(bihuan, plan.scale)
        began = perf_counter()
        parts = _played(there, plan, progress)
        lived = perf_counter() - began
        size = place.stored_bytes(there.url)
        began = perf_counter()
        with clock.use(clock.VirtualClock(END)):
            report, edges = _checked(bihuan), _counted(bihuan)
        checked = perf_counter() - began
        bihuan.database.dispose()
    summed = _summed(plan, parts, lived)
    return {
        "database": place.name,
        **summed,
        "bytes": size,
        "bytes_per_case": round(size / max(1, summed["hazards"])),
        "check_seconds": round(checked, 1),
        "sound": report.sound,
        "read": dict(report.read),
        "faults": dict(report.faults),
        "findings": [one.message for one in report.findings[:20]],
        "acts": edges,
    }


def _summed(plan: Plan, parts: list[dict[str, Any]], lived: float) -> dict[str, Any]:
    """Return what all processes did together, in how long, with how much memory."""
    commands = sum((Counter(part["done"]) for part in parts), Counter[str]())
    refused = sum((Counter(part["refused"]) for part in parts), Counter[str]())
    hazards = commands["register"]
    return {
        "clients": plan.clients,
        "scale": plan.scale,
        "hazards": hazards,
        "completions": commands["complete"],
        "commands": commands.total(),
        "by_command": dict(commands),
        "refused": dict(refused),
        "repeated": sum(part["repeated"] for part in parts),
        "seconds": round(lived, 1),
        "minutes": round(lived / 60, 2),
        "commands_per_second": round(commands.total() / lived, 1),
        "cpu_ms": round(sum(part["cpu"] for part in parts) / commands.total() * 1000, 3),
        "rss_mb": [part["rss_mb"] for part in parts],
        "rss_mb_most": max(mb for part in parts for mb in part["rss_mb"]),
        "full_year_minutes": round(lived / 60 * HAZARDS / max(1, hazards), 1),
    }


def _played(there: Installed, plan: Plan, progress: Progress) -> list[dict[str, Any]]:
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    parts = [Part(there, plan.scale, share, plan.clients) for share in range(plan.clients)]
    clients = [context.Process(target=_client, args=(part, told)) for part in parts]
    for client in clients:
        client.start()
    total, done = round(HAZARDS * plan.scale), 0
    found: list[dict[str, Any]] = []
    try:
        while len(found) < len(clients):
            one = _next(told, clients)
            if isinstance(one, BaseException):
                raise one
            if isinstance(one, dict):
                found.append(one)
            else:
                done += one
                progress(done, total)
    finally:
        _end(clients, at_once=len(found) < len(clients))
    return found


def _end(clients: Sequence[BaseProcess], *, at_once: bool) -> None:
    for client in clients:
        if at_once:
            client.terminate()
        client.join()


def _next(told: Any, clients: list[Any]) -> Any:  # noqa: ANN401 a queue of another process
    """Return what a client tells next; raise where one died without a word."""
    for _ in range(_PATIENCE_SECONDS):
        try:
            return told.get(timeout=1)
        except queue.Empty:
            if any(client.exitcode for client in clients):
                break
    message = "Expected every client to live through the year, but one did not"
    raise RuntimeError(message)


def _client(part: Part, told: Any) -> None:  # noqa: ANN401 a queue of another process
    try:
        told.put(_lived(part, told))
    except BaseException as error:
        told.put(RuntimeError(f"{type(error).__name__}: {error}"))
        raise


def _lived(part: Part, told: Any) -> dict[str, Any]:  # noqa: ANN401 a queue of another process
    bihuan = part.there.open()
    city = City(bihuan, part.scale, END)
    every = max(1, round(HAZARDS * part.scale / part.of / _SEEN))
    memory: list[float] = []

    def found() -> None:
        told.put(1)
        if city.tally.done["register"] % every == 0:
            memory.append(resident_mb())

    began = process_time()
    city.play(findings(part.scale, part.share, part.of, known()), found)
    spent = process_time() - began
    memory.append(resident_mb())
    bihuan.database.dispose()
    tally = city.tally
    return {
        "done": dict(tally.done),
        "refused": dict(tally.refused),
        "repeated": tally.repeated,
        "cpu": spent,
        "rss_mb": memory,
    }


def known() -> dict[str, list[Example]]:
    """Return the example hazards by level."""
    found: dict[str, list[Example]] = {}
    for one in examples():
        found.setdefault(_LEVELS[one.level], []).append(one)
    return found


def _checked(bihuan: Bihuan) -> Report:
    report = inspect(bihuan)
    with bihuan.database.snapshot() as session:
        for finding in invariant_findings(session):
            report.add(finding)
    return report


def _counted(bihuan: Bihuan) -> dict[str, int]:
    """Return how often each act was done, with its outcome: the rare ones must be among them."""
    with bihuan.database.read() as session:
        rows = session.execute(
            select(History.act, History.outcome, func.count()).group_by(
                History.act, History.outcome
            )
        )
        found = {f"{act}[{outcome}]" if outcome else act: count for act, outcome, count in rows}
        found["open at the end"] = (
            session.scalar(select(func.count()).where(Case.status == "open")) or 0
        )
    return dict(sorted(found.items()))
