"""The zone behind its interface, on either database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.harness import Zone
from tests.api.harness import zone as opened
from tests.postgres import PostgresServer


@pytest.fixture
def sqlite_url(loaded: Path, tmp_path: Path) -> str:
    """Address of a SQLite file that holds the zone already."""
    shutil.copyfile(loaded, tmp_path / "bihuan.db")
    return f"sqlite:///{tmp_path / 'bihuan.db'}"


@pytest.fixture
def postgresql_url(postgres_server: PostgresServer, loaded_in_postgresql: str) -> Iterator[str]:
    """Address of a PostgreSQL database that holds the zone already, dropped after the test."""
    name = postgres_server.create(template=loaded_in_postgresql)
    yield postgres_server.url(name)
    postgres_server.drop(name)


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


@pytest.fixture(scope="session")
def loaded_in_postgresql(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A PostgreSQL database that holds the zone, to be copied."""
    name = postgres_server.create()
    with opened(postgres_server.url(name), tmp_path_factory.mktemp("zone")):
        return name


@pytest.fixture
def small_zone(loaded: Path, tmp_path: Path) -> Iterator[Zone]:
    """On SQLite only, for what no database has a part in."""
    copy = tmp_path / "zone.db"
    shutil.copyfile(loaded, copy)
    with opened(f"sqlite:///{copy}", tmp_path) as found:
        yield found
