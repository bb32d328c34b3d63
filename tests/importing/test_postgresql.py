"""An import on PostgreSQL: checked, confirmed, killed, finished by another worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import clock
from engine.clock import VirtualClock
from tests.domain.world import START, World, build_world, open_world
from tests.importing.test_jobs import confirm, hazards, ledger_of, report_of, state, submit, work
from workflows.importing import jobs
from workflows.importing.worker import Importing
from workflows.leasing import LEASE

pytestmark = pytest.mark.db


@pytest.fixture
def world(postgresql_url: str, tmp_path: Path) -> Iterator[World]:
    with clock.use(VirtualClock(START)):
        build_world(postgresql_url, tmp_path)
        opened = open_world(postgresql_url, tmp_path)
        yield opened
        opened.bihuan.database.dispose()


def test_an_import_is_finished_by_another_worker(world: World) -> None:
    job = submit(world, ledger_of([{}] * 4))
    work(world)
    assert state(world, job).state == jobs.READY
    confirm(world, job)
    gone = Importing(world.bihuan, seconds=0.001)
    while hazards(world) < 2:
        gone.step()
    work(world)
    assert state(world, job).state == jobs.ADDING
    world.time.advance(LEASE)
    work(world)
    assert (state(world, job).state, state(world, job).added, hazards(world)) == (jobs.DONE, 4, 4)
    assert len({row[-1] for row in report_of(world, job)}) == 4
    refused = submit(world, ledger_of([{}, {"等级": "特大"}]))
    work(world)
    assert (state(world, refused).state, hazards(world)) == (jobs.REFUSED, 4)
