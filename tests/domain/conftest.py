"""A populated zone on a virtual clock that begins on Monday 2026-03-02 at 09:00 Beijing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import clock
from engine.clock import VirtualClock
from tests.domain.world import START, World, build_world, open_world


@pytest.fixture(scope="session")
def built_zone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with zone and processes, built once and copied for each test."""
    directory = tmp_path_factory.mktemp("zone")
    with clock.use(VirtualClock(START)):
        build_world(f"sqlite:///{directory / 'zone.db'}", directory)
    return directory / "zone.db"


@pytest.fixture
def world(built_zone: Path, tmp_path: Path) -> Iterator[World]:
    shutil.copy(built_zone, tmp_path / "zone.db")
    with clock.use(VirtualClock(START)):
        opened = open_world(f"sqlite:///{tmp_path / 'zone.db'}", tmp_path)
        yield opened
        opened.bihuan.database.dispose()
