"""The whole product in an empty database: what a workload of pages and cases stands on."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

from engine import clock
from engine.ports import Actor
from workflows.app import Bihuan, Settings
from workflows.bench.places import Place
from workflows.demo.loading import load_base
from workflows.domain import organisation


@dataclass(frozen=True)
class Installed:
    """Where the product lies, so that other processes may open it too."""

    place: Place
    url: str
    folder: Path

    def open(self) -> Bihuan:
        """Put the product together in this process."""
        settings = Settings(
            database_url=self.url,
            data_directory=self.folder,
            evidence_directory=self.folder / "evidence",
            demo=True,
        )
        bihuan = Bihuan.open(settings)
        if bihuan.database.is_sqlite and self.place.synchronous != "FULL":
            setting = f"PRAGMA synchronous={self.place.synchronous}"
            event.listen(bihuan.database.engine, "connect", lambda raw, _: raw.execute(setting))
        return bihuan


@contextmanager
def bare(place: Place) -> Iterator[Installed]:
    """Make every table of the product, and no more; everything is dropped at the end."""
    with place.empty() as url, tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        yield Installed(place, url, Path(folder))


@contextmanager
def kept(place: Place, folder: Path) -> Iterator[Installed]:
    """Make every table in the database that belongs to a folder; nothing is dropped."""
    with place.kept(folder) as url:
        yield Installed(place, url, folder)


@contextmanager
def installed(place: Place) -> Iterator[Installed]:
    """Install rules, zone, accounts and processes; everything is dropped at the end."""
    with bare(place) as there:
        bihuan = there.open()
        load_base(bihuan)
        bihuan.database.dispose()
        yield there


def actor(bihuan: Bihuan, person: str) -> Actor:
    """Return a person with the posts held now."""
    with bihuan.database.read() as session:
        return organisation.actor_of(session, person, clock.now())
