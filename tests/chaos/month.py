"""The month without a worker with real servers: thousands of dates, and people at their inboxes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from engine import clock
from tests.chaos.client import Client, Register
from tests.chaos.downtime import judge_dates, month_without_workers
from tests.chaos.servers import Servers
from tests.chaos.verdict import deep_check
from tests.chaos.zone import Prepared, prepare
from workflows.app import Bihuan

READERS = ("inspector1", "bureau_head", "enterprise01")
INBOX = "/tasks?limit=20"

GOAL = 100
"""Milliseconds within which 95 of 100 requests for an inbox are to be answered."""

BREATH = 0.1
"""Seconds between two requests of one reader."""

QUIET = 10
"""Seconds that inboxes are read before the workers come."""


def month(url: str, folder: Path, cases: int, workers: int = 2) -> dict[str, Any]:
    """Let a month of dates fall due at once; return counts and how long people waited."""
    zone = prepare(url, folder, 0)
    bihuan = zone.open()
    late = month_without_workers(bihuan, cases)
    with Servers(zone, workers=0) as servers:
        # Whoever asks first waits until the web has loaded everything.
        for person in READERS * 2:
            Client(servers.port, zone.tokens, Register()).get(person, INBOX)
        until = time.monotonic() + QUIET
        before = _read(servers, zone, lambda: time.monotonic() < until)
        began = time.monotonic()
        servers.add_workers(workers)
        meanwhile = _read(servers, zone, lambda: _any_due(bihuan))
        took = time.monotonic() - began
    with bihuan.database.read() as session:
        counts = judge_dates(session, late)
    bihuan.database.dispose()
    return {
        "p95": _share(meanwhile, 95),
        "said": {
            "dates passed": f"{counts['cases']} cases, each in the order of the law's dates, once; "
            f"{counts['dates']} dates as those of twins that were looked after",
            "settled": f"by {workers} workers in {took:.1f} s, {cases / took:.0f} cases a second",
            "inbox meanwhile": f"{times(meanwhile)}; goal p95 {GOAL} ms",
            "inbox before": times(before),
            "read by the check": str(deep_check(zone)["read"]),
        },
    }


def _any_due(bihuan: Bihuan) -> bool:
    due = bihuan.runtime.next_due()
    return due is not None and due <= clock.now()


def _read(servers: Servers, zone: Prepared, going_on: Callable[[], bool]) -> list[float]:
    """Let some people look at their inboxes again and again; return how long each look took."""

    def look(person: str) -> list[float]:
        client, found = Client(servers.port, zone.tokens, Register()), []
        while going_on():
            began = time.monotonic()
            client.get(person, INBOX)
            found.append(time.monotonic() - began)
            time.sleep(BREATH)
        return found

    with ThreadPoolExecutor(len(READERS)) as pool:
        return [took for found in pool.map(look, READERS) for took in found]


def _share(seconds: list[float], hundredth: int) -> float:
    return round(1000 * statistics.quantiles(seconds, n=100)[hundredth - 1], 1)


def times(seconds: list[float]) -> str:
    """Return how long requests took, in words."""
    p50, p95, p99 = (_share(seconds, one) for one in (50, 95, 99))
    return f"p50 {p50} ms, p95 {p95} ms, p99 {p99} ms of {len(seconds)} requests"
