"""A short slice of the month without a worker: two workers at the same dates, people beside."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from engine import clock
from engine.work.worker import run_worker
from tests.chaos.downtime import judge_dates, month_without_workers
from tests.chaos.zone import Prepared, hazard, prepare
from workflows.app import Bihuan
from workflows.checking.inspection import inspect
from workflows.domain import organisation

PEOPLE = 20
"""Registrations that people want meanwhile."""


def _settled(zone: Prepared, count: int) -> None:
    first, second = zone.open(), zone.open()
    late = month_without_workers(first, count)
    stop = threading.Event()
    with ThreadPoolExecutor(3) as pool:
        working = [pool.submit(run_worker, one.runtime, stop, 0.05) for one in (first, second)]
        people: Future[None] = pool.submit(_register, zone.open())
        while (due := first.runtime.next_due()) is not None and due <= clock.now():
            assert not any(one.done() for one in working)
            stop.wait(0.05)
        people.result()
        stop.set()
    with first.database.read() as session:
        assert judge_dates(session, late)["cases"] == count
    assert inspect(first).sound
    for one in (first, second):
        one.database.dispose()


def _register(bihuan: Bihuan) -> None:
    """Register cases as people do; nobody is told to come back later."""
    for number in range(PEOPLE):
        with bihuan.database.read() as session:
            actor = organisation.actor_of(session, "inspector1", clock.now())
        data = hazard(f"新登记{number}")
        bihuan.runtime.start_case(actor, "hazard_rectification", data, agency="default")
    bihuan.database.dispose()


def test_a_month_of_dates_fires_once_and_as_the_law_dates_it(tmp_path: Path) -> None:
    _settled(prepare(f"sqlite:///{tmp_path / 'bihuan.db'}", tmp_path, 0), 30)


@pytest.mark.db
def test_a_month_of_dates_fires_once_on_postgresql(postgresql_url: str, tmp_path: Path) -> None:
    _settled(prepare(postgresql_url, tmp_path, 0), 30)
