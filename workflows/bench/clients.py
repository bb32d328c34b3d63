"""Clients in processes of their own, begun together, and what the database spent meanwhile."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import psycopg

from workflows.bench.measuring import Sample, Stopwatch, sample
from workflows.bench.ways import WAYS, Job

PATIENCE_SECONDS = 600
_TICKS = 100
"""The clock ticks of a second in /proc, the same on every Linux."""


def measure(jobs: list[Job]) -> tuple[list[Sample], float | None]:
    """Do jobs at the same time, each in a process of its own; raise what went wrong in one.

    Returns:
        what each measured, and the CPU seconds that a PostgreSQL server spent meanwhile.
    """
    context = multiprocessing.get_context("spawn")
    barrier, reports = context.Barrier(len(jobs) + 1), context.Queue()
    clients = [context.Process(target=_client, args=(job, barrier, reports)) for job in jobs]
    for client in clients:
        client.start()
    server = jobs[0].place.server
    with contextlib.suppress(threading.BrokenBarrierError):
        barrier.wait()
    before = server_cpu(server) if server else None
    found = [reports.get(timeout=PATIENCE_SECONDS) for _ in clients]
    for client in clients:
        client.join()
    for one in found:
        if isinstance(one, BaseException):
            raise one
    after = server_cpu(server) if server else None
    return found, after - before if after is not None and before is not None else None


def _client(job: Job, barrier: Barrier, reports: Queue[Any]) -> None:
    watch = Stopwatch()
    try:
        WAYS[job.way](job, watch, barrier.wait)
        reports.put(sample(watch))
    except BaseException as error:
        barrier.abort()
        reports.put(error)
        raise


def server_cpu(url: str) -> float | None:
    """Return the CPU seconds that a PostgreSQL server on this machine has spent; None elsewhere."""
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain) as connection:
        found = connection.execute("SELECT pg_backend_pid()").fetchone()
        postmaster = _parent(found[0]) if found else None
        if postmaster is None:
            return None
        return sum(_spent(pid) for pid in [postmaster, *_children(postmaster)])


def _parent(pid: int) -> int | None:
    fields = _stat(pid)
    return int(fields[1]) if fields else None


def _children(parent: int) -> list[int]:
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return [pid for pid in pids if (fields := _stat(pid)) and int(fields[1]) == parent]


def _spent(pid: int) -> float:
    """Return the seconds of a process and of its children that have ended."""
    fields = _stat(pid)
    return sum(int(value) for value in fields[11:15]) / _TICKS if fields else 0.0


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat behind the name of the program."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []
