"""The zone behind its interface, on either database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.harness import Zone
from tests.api.harness import zone as opened


@pytest.fixture
def zone(database_url: str, tmp_path: Path) -> Iterator[Zone]:
    """On both databases."""
    with opened(database_url, tmp_path) as found:
        yield found


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds the zone, to be copied."""
    folder = tmp_path_factory.mktemp("zone")
    with opened(f"sqlite:///{folder / 'zone.db'}", folder):
        return folder / "zone.db"


@pytest.fixture
def small_zone(loaded: Path, tmp_path: Path) -> Iterator[Zone]:
    """On SQLite only, for what no database has a part in."""
    copy = tmp_path / "zone.db"
    shutil.copyfile(loaded, copy)
    with opened(f"sqlite:///{copy}", tmp_path) as found:
        yield found
