"""One zone in which much has happened, spoiled and mended again for each test."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import clock
from engine.clock import VirtualClock
from tests.checking.zone import Spoiled, opened
from tests.domain.conftest import built_zone
from tests.domain.world import START

__all__ = ["built_zone"]


@pytest.fixture(scope="session")
def lived(built_zone: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spoiled]:
    directory = tmp_path_factory.mktemp("lived")
    file, pristine = directory / "zone.db", directory / "pristine.db"
    shutil.copy(built_zone, file)
    with clock.use(VirtualClock(START)):
        world = opened(f"sqlite:///{file}", directory)
        with sqlite3.connect(file) as source, sqlite3.connect(pristine) as target:
            source.backup(target)
    yield Spoiled(world, pristine)  # not within the clock: others run before a session ends
    world.bihuan.database.dispose()


@pytest.fixture
def spoiled(lived: Spoiled) -> Iterator[Spoiled]:
    with clock.use(lived.world.time):
        yield lived
        lived.mend()
