"""The zone behind its interface, on either database."""

from __future__ import annotations

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


@pytest.fixture
def small_zone(sqlite_url: str, tmp_path: Path) -> Iterator[Zone]:
    """On SQLite only, for what no database has a part in."""
    with opened(sqlite_url, tmp_path) as found:
        yield found
