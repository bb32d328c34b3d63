"""A zone in which much has happened, on either database, and an empty place beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from engine import clock
from engine.clock import VirtualClock
from tests.checking.zone import opened
from tests.domain.world import START, World, build_world
from tests.postgres import PostgresServer
from workflows.app import Bihuan
from workflows.migrations.run import head


@dataclass
class Places:
    """A zone at work, and where it may be restored."""

    world: World
    folder: Path
    empty_url: str

    @property
    def file(self) -> Path:
        return self.folder / "backup.tar"

    def empty(self, **changes: object) -> Bihuan:
        """Open the empty place, with the same key and nothing else."""
        settings = replace(
            self.world.bihuan.settings,
            database_url=self.empty_url,
            data_directory=self.folder / "new",
            evidence_directory=self.folder / "new" / "evidence",
        )
        return Bihuan.open(replace(settings, **changes))  # type: ignore[arg-type]


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """Address of a second, empty database of the same kind."""
    if database_url.startswith("sqlite"):
        (tmp_path / "new").mkdir()
        yield f"sqlite:///{tmp_path / 'new' / 'bihuan.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def places(database_url: str, empty_url: str, tmp_path: Path) -> Iterator[Places]:
    with _placed(database_url, empty_url, tmp_path) as found:
        yield found


@pytest.fixture
def sqlite_places(sqlite_url: str, tmp_path: Path) -> Iterator[Places]:
    """On SQLite only, for what no database has a part in."""
    with _placed(sqlite_url, f"sqlite:///{tmp_path / 'new' / 'bihuan.db'}", tmp_path) as found:
        yield found


@contextmanager
def _placed(database_url: str, empty_url: str, folder: Path) -> Iterator[Places]:
    with clock.use(VirtualClock(START)):
        build_world(database_url, folder)
        world = opened(database_url, folder)
        stamp(world.bihuan)
        yield Places(world, folder, empty_url)
        world.bihuan.database.dispose()


def stamp(bihuan: Bihuan) -> None:
    """Say of a database made from the models that it has the newest schema."""
    with bihuan.database.begin() as session:
        session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        session.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head()})
