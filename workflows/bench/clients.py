"""Clients in processes of their own, begun together, and what the database spent meanwhile."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any

import psycopg

from workflows.bench.measuring import Sample, Stopwatch, sample
from workflows.bench.processes import children, cpu_seconds, parent
from workflows.bench.ways import WAYS, Job, Way

PATIENCE_SECONDS = 600


def measure(jobs: list[Job], how: Way | None = None) -> tuple[list[Sample], float | None]:
    """Do jobs at the same time, each in a process of its own; raise what went wrong in one.

    Args:
        jobs: what each client does, by the way that it names.
        how: the way itself, where it is none of the sign-off's.

    Returns:
        what each measured, and the CPU seconds that a PostgreSQL server spent meanwhile.
    """
    context = multiprocessing.get_context("spawn")
    barrier, reports = context.Barrier(len(jobs) + 1), context.Queue()
    clients = [context.Process(target=_client, args=(job, how, barrier, reports)) for job in jobs]
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


def _client(job: Job, how: Way | None, barrier: Barrier, reports: Queue[Any]) -> None:
    watch = Stopwatch()
    try:
        (how or WAYS[job.way])(job, watch, barrier.wait)
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
        postmaster = parent(found[0]) if found else None
        if postmaster is None:
            return None
        return sum(cpu_seconds(pid) for pid in [postmaster, *children(postmaster)])
