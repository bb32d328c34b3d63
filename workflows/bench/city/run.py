"""The run: a city founded, its agencies played by several processes, everything checked."""

from __future__ import annotations

import multiprocessing
import queue
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic, perf_counter, process_time
from typing import Any

from sqlalchemy import func, select

from engine import clock
from engine.errors import Unavailable
from engine.store.tables import Case, History
from workflows.app import Bihuan
from workflows.bench.city import founding
from workflows.bench.city.lived import Lived, lived
from workflows.bench.city.pausing import forget, pause_of
from workflows.bench.city.playing import City
from workflows.bench.city.year import AGENCIES, HAZARDS, LAST, findings
from workflows.bench.installed import Installed, bare, kept
from workflows.bench.places import Place
from workflows.bench.processes import resident_mb
from workflows.checking.inspection import inspect
from workflows.checking.invariants import invariant_findings
from workflows.checking.report import Report
from workflows.demo.ledger import Example, examples

END = datetime.combine(LAST + timedelta(days=1), time(), clock.BEIJING)
_LEVELS = {"一般": "general", "较大": "larger", "重大": "major"}
_PATIENCE_SECONDS = 3600
_ALWAYS = 10_000_000
_SEEN = 20
PAUSED = "paused"
"""How often each agency tells the memory of its process."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """How much of a city, by how many processes, and whether it may pause."""

    scale: float
    clients: int
    keep: Path | None = None
    """Where the city is kept, so that another run may go on; None for a city that is dropped."""

    minutes: float | None = None
    """After so many the year pauses, between two hazards of each agency."""


@dataclass(frozen=True)
class Work:
    """What the processes share: the city, its agencies in turn, and until when one is begun."""

    there: Installed
    scale: float
    agencies: Sequence[str]
    until: float
    turn: Any
    told: Any

    def late(self) -> bool:
        """Tell whether the time is over, or nobody waits for the end any more."""
        parent = multiprocessing.parent_process()
        return monotonic() > self.until or (parent is not None and not parent.is_alive())

    def next(self) -> str | None:
        """Return the agency whose turn it is, None where there is none or it is too late."""
        with self.turn.get_lock():
            place, self.turn.value = self.turn.value, self.turn.value + 1
        return None if self.late() or place >= len(self.agencies) else self.agencies[place]


def run(place: Place, plan: Plan, progress: Progress) -> dict[str, Any]:
    """Found the city, live its year, check every case, and return the report.

    Raises:
        Unavailable: the time is over; the same run goes on with the agencies that are left.
    """
    with bare(place) if plan.keep is None else kept(place, plan.keep) as there:
        bihuan = there.open()
        book = lived(there.folder, plan.scale)
        if not book.founded:
            began = perf_counter()
            founding.found(bihuan, plan.scale)
            book.seconds = perf_counter() - began
            book.keep(there.folder)
        _live(there, plan, book, progress)
        size = place.stored_bytes(there.url)
        began = perf_counter()
        with clock.use(clock.VirtualClock(END)):
            report, edges = _checked(bihuan), _counted(bihuan)
        checked = perf_counter() - began
        bihuan.database.dispose()
    summed = _summed(plan, book)
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


def _summed(plan: Plan, book: Lived) -> dict[str, Any]:
    """Return what all agencies did, in how long, with how much memory."""
    parts = list(book.parts.values())
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
        "seconds": round(book.seconds, 1),
        "minutes": round(book.seconds / 60, 2),
        "commands_per_second": round(commands.total() / book.seconds, 1),
        "cpu_ms": round(sum(part["cpu"] for part in parts) / commands.total() * 1000, 3),
        "rss_mb": [part["rss_mb"] for part in parts],
        "rss_mb_most": max(mb for part in parts for mb in part["rss_mb"]),
        "full_year_minutes": round(book.seconds / 60 * HAZARDS / max(1, hazards), 1),
    }


def _live(there: Installed, plan: Plan, book: Lived, progress: Progress) -> None:
    """Let the processes live what is left of the year; raise where the time was too short."""
    context = multiprocessing.get_context("spawn")
    until = monotonic() + 60 * (plan.minutes if plan.minutes is not None else _ALWAYS)
    turn, told = context.Value("i", 0), context.Queue()
    work = Work(there, plan.scale, book.left, until, turn, told)
    clients = [context.Process(target=_client, args=(work,)) for _ in range(plan.clients)]
    for client in clients:
        client.start()
    try:
        _listen(work, clients, book, progress)
    except BaseException:
        for client in clients:
            client.terminate()
        raise
    finally:
        for client in clients:
            client.join()
    if book.left:
        raise Unavailable(
            f"Expected nine agencies, but {len(book.parts)} lived their year in the time given; "
            "the same command goes on with the others",
            f"规定时间内走完 {len(book.parts)} 个机关，再次运行同一命令继续其余机关",
        )


def _listen(work: Work, clients: Sequence[BaseProcess], book: Lived, progress: Progress) -> None:
    """Note what the processes tell until each has ended."""
    before, began, ended = book.seconds, perf_counter(), 0
    done = sum(part["done"]["register"] for part in book.parts.values())
    while ended < len(clients):
        one = _next(work.told, clients)
        if isinstance(one, BaseException):
            raise one
        if isinstance(one, int):
            done += one
            progress(done, round(HAZARDS * work.scale))
        elif one is None:
            ended += 1
        else:
            book.note(*one)
            book.seconds = before + perf_counter() - began
            book.keep(work.there.folder)


def _next(told: Any, clients: Sequence[BaseProcess]) -> Any:  # noqa: ANN401 a queue of another process
    """Return what a client tells next; raise where one died without a word."""
    for _ in range(_PATIENCE_SECONDS):
        try:
            return told.get(timeout=1)
        except queue.Empty:
            if any(client.exitcode for client in clients):
                break
    message = "Expected every client to live through the year, but one did not"
    raise RuntimeError(message)


def _client(work: Work) -> None:
    try:
        bihuan = work.there.open()
        while (agency := work.next()) is not None:
            work.told.put((agency, _lived(bihuan, work, agency)))
        bihuan.database.dispose()
        work.told.put(None)
    except BaseException as error:
        work.told.put(RuntimeError(f"{type(error).__name__}: {error}"))
        raise


def _lived(bihuan: Bihuan, work: Work, agency: str) -> dict[str, Any] | str:
    """Let one agency live its year; return what it did, or that it paused."""
    city = City(bihuan, work.scale, END)
    every = max(1, round(HAZARDS * work.scale / len(AGENCIES) / _SEEN))
    coming = findings(work.scale, known(), [agency])
    before = pause_of(work.there.folder, agency)
    memory: list[float] = [] if before is None else [*before.rss_mb]

    def found() -> None:
        work.told.put(1)
        if city.tally.done["register"] % every == 0:
            memory.append(resident_mb())

    began = process_time() - (before.cpu if before is not None else 0)
    work.told.put((agency, None))
    forget(work.there.folder, agency)
    if before is not None:
        city.go_on(before, coming)
    pause = city.play(coming, found, work.late)
    if pause is not None:
        pause.cpu, pause.rss_mb = process_time() - began, memory
        pause.keep(work.there.folder, agency)
        return PAUSED
    tally = city.tally
    return {
        "done": {"register": 0, **tally.done},
        "refused": dict(tally.refused),
        "repeated": tally.repeated,
        "cpu": process_time() - began,
        "rss_mb": [*memory, resident_mb()],
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
