"""One command through a way that breaks at its commit, or past transactions that it meets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select

from engine import clock
from engine.errors import Unavailable
from engine.store.tables import Case
from tests.chaos.conflicts import prepare_conflicts, refuse, refused
from tests.chaos.cutting import WAYS, BreakingWay, breaking_way
from tests.chaos.zone import hazard, prepare
from tests.postgres import PostgresServer
from workflows.app import Bihuan
from workflows.checking.inspection import inspect
from workflows.domain import organisation

pytestmark = pytest.mark.db


@pytest.fixture
def database(postgres_server: PostgresServer) -> Iterator[str]:
    name = postgres_server.create()
    yield name
    postgres_server.drop(name)


@pytest.fixture
def way(postgres_server: PostgresServer) -> Iterator[BreakingWay]:
    with breaking_way(postgres_server.folder) as found:
        yield found


@pytest.fixture
def zone(way: BreakingWay, database: str, tmp_path: Path) -> Iterator[Bihuan]:
    opened = prepare(way.url(database), tmp_path, 0).open()
    yield opened
    opened.database.dispose()


def _register(zone: Bihuan, key: str) -> str:
    with zone.database.read() as session:
        actor = organisation.actor_of(session, "inspector1", clock.now())
    data = hazard(key) | {"found_at": "2026-01-05T09:00:00+08:00"}
    return zone.runtime.start_case(
        actor, "hazard_rectification", data, agency="default", idempotency_key=key
    )


def _cases(zone: Bihuan) -> int:
    with zone.database.read() as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


def test_a_commit_that_was_cut_is_done_once_however_it_was_cut(
    zone: Bihuan, way: BreakingWay
) -> None:
    for number, how in enumerate(WAYS, 1):
        way.arm(how)
        with pytest.raises(Unavailable):
            _register(zone, how)
        assert _cases(zone) == number - (how != "commit not heard"), how
        case = _register(zone, how)
        assert (_register(zone, how), _cases(zone)) == (case, number)
    assert way.cuts.total() == len(WAYS)
    assert inspect(zone).sound


def test_what_meets_other_transactions_is_done_again_from_its_start(
    zone: Bihuan, postgres_server: PostgresServer, database: str
) -> None:
    where = f"host={postgres_server.folder} user=postgres dbname={database}"
    with psycopg.connect(where, autocommit=True) as connection:
        prepare_conflicts(connection)
        refuse(connection, now=True)
        found = [_register(zone, f"case {number}") for number in range(30)]
        met = refused(connection)
    assert all(met.values()), met
    assert len(set(found)) == _cases(zone) == 30
    assert inspect(zone).sound
