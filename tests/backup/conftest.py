"""A zone in which much has happened, on either database, and an empty place beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from engine import clock
from engine.clock import VirtualClock
from tests.checking.zone import NOW, opened, settings_of
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


@pytest.fixture(scope="session")
def sqlite_zone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a SQLite file and its evidence, built once and copied for each test."""
    folder = tmp_path_factory.mktemp("lived")
    _build(f"sqlite:///{folder / 'bihuan.db'}", folder)
    return folder


@pytest.fixture(scope="session")
def postgresql_zone(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """A PostgreSQL database to be copied, and a folder with its evidence."""
    folder, name = tmp_path_factory.mktemp("lived"), postgres_server.create()
    _build(postgres_server.url(name), folder)
    return name, folder


@pytest.fixture
def sqlite_places(sqlite_zone: Path, tmp_path: Path) -> Iterator[Places]:
    """On SQLite, for what no database has a part in."""
    shutil.copytree(sqlite_zone, tmp_path, dirs_exist_ok=True)
    url, empty = (f"sqlite:///{tmp_path / name}" for name in ("bihuan.db", "new/bihuan.db"))
    with _placed(url, empty, tmp_path) as found:
        yield found


@pytest.fixture
def postgresql_places(
    postgres_server: PostgresServer, postgresql_zone: tuple[str, Path], tmp_path: Path
) -> Iterator[Places]:
    template, folder = postgresql_zone
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    name, empty = postgres_server.create(template), postgres_server.create()
    with _placed(postgres_server.url(name), postgres_server.url(empty), tmp_path) as found:
        yield found
    for one in (name, empty):
        postgres_server.drop(one)


@pytest.fixture(
    params=[
        pytest.param("sqlite", id="sqlite"),
        pytest.param("postgresql", id="postgresql", marks=pytest.mark.db),
    ]
)
def places(request: pytest.FixtureRequest) -> Places:
    """On both databases."""
    found: Places = request.getfixturevalue(f"{request.param}_places")
    return found


def _build(url: str, folder: Path) -> None:
    with clock.use(VirtualClock(START)):
        build_world(url, folder)
        world = opened(url, folder)
        # Made from the models, so say that it has the newest schema.
        with world.bihuan.database.begin() as session:
            session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            session.execute(
                text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": head()}
            )
        world.bihuan.database.dispose()


@contextmanager
def _placed(url: str, empty_url: str, folder: Path) -> Iterator[Places]:
    time = VirtualClock(NOW)
    with clock.use(time):
        world = World(Bihuan.open(settings_of(url, folder)), time)
        yield Places(world, folder, empty_url)
        world.bihuan.database.dispose()
