"""A runtime over a small application, on a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine import clock
from engine.store.database import Database
from tests.copied import Copies, tables
from tests.work.application import PaperApplication
from tests.work.world import World

BEGINNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def moment() -> Iterator[clock.VirtualClock]:
    """The clock of the whole test process, workers in threads included."""
    before = clock.current()
    virtual = clock.VirtualClock(BEGINNING)
    clock.install(virtual)
    assert clock.current() is virtual, "Expected no clock in use, but an earlier test left one"
    yield virtual
    clock.install(before)


@pytest.fixture
def world(copied: Copies, moment: clock.VirtualClock) -> Iterator[World]:
    """An empty database with the runtime before it."""
    database = Database(copied(tables))
    yield World(database, PaperApplication(), moment)
    database.dispose()
