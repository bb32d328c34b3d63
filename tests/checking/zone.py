"""A zone in which much has happened, sound in every part, and a way to spoil one part of it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from engine import clock
from engine.clock import VirtualClock
from engine.history.anchors import anchor_heads
from engine.ports import SYSTEM
from engine.work.checking.findings import Finding
from engine.work.once import Once
from tests.domain import extensions, journeys
from tests.domain.world import START, World
from workflows.administration.desk import Desk
from workflows.app import Bihuan, Settings
from workflows.checking.inspection import inspect
from workflows.checking.report import Report

NOW = START + timedelta(days=20)


def live(world: World) -> None:
    """Let every kind of row come into being: ends, moved dates, keys, anchors, office."""
    bihuan = world.bihuan
    done = journeys.served(world, "major")
    journeys.planned(world, done)
    journeys.reported(world, done)
    journeys.rechecked(world, done, "major")
    journeys.struck_off(world, done, "major")
    extensions.granted(world)
    late = journeys.served(world, "major")
    world.pass_time(days=16)
    world.do("inspector2", late, "expiry_recheck", result="fail", opinion="未完成")
    world.time.set(NOW)
    world.pass_time(minutes=0)
    case = journeys.served(world, "larger")
    data = {"done": "已安装", "photos_after": [world.photo("safety1")], "cost": 1.5}
    task = world.open_tasks(case)["rectify"]
    once = Once("key-1", "0" * 64)
    bihuan.runtime.complete_task(world.actor("safety1"), task, data, once=once)
    journeys.served(world, "larger")
    with bihuan.database.begin() as session:
        for number in range(3):
            Desk(session, SYSTEM, "default", clock.now()).record("zone.renamed", str(number))
        assert anchor_heads(session, bihuan.anchor_key) > 0


@dataclass
class Spoiled:
    """A zone that was sound, on SQLite, where anything may be done behind the product's back."""

    world: World
    pristine: Path

    @property
    def file(self) -> Path:
        return Path(self.world.bihuan.database.url.database or "")

    @property
    def evidence(self) -> Path:
        return self.world.bihuan.settings.evidence_directory

    def mend(self) -> None:
        """Bring everything back, into the same file."""
        with sqlite3.connect(self.pristine) as source, sqlite3.connect(self.file) as target:
            source.backup(target)

    def spoil(self, statement: str) -> int:
        """Run a statement that no part of the product would; return how many rows it met."""
        with sqlite3.connect(self.file, isolation_level=None) as connection:
            connection.execute("PRAGMA foreign_keys=OFF")
            return connection.execute(statement).rowcount

    def ask(self, query: str) -> str:
        with sqlite3.connect(self.file) as connection:
            return str(connection.execute(query).fetchone()[0])

    def inspect(self) -> Report:
        return inspect(self.world.bihuan)

    def found(self) -> dict[str, list[Finding]]:
        """Return the serious findings by check."""
        by_check: dict[str, list[Finding]] = {}
        for finding in self.inspect().findings:
            by_check.setdefault(finding.check, []).append(finding)
        return by_check


def opened(url: str, directory: Path) -> World:
    """Open a built zone and let it live, on a clock that the world holds."""
    time = clock.current()
    assert isinstance(time, VirtualClock)
    world = World(Bihuan.open(settings_of(url, directory)), time)
    live(world)
    return world


def settings_of(url: str, directory: Path) -> Settings:
    """Return the settings of a zone in a folder, with a key of its own."""
    return Settings(
        database_url=url,
        data_directory=directory,
        evidence_directory=directory / "evidence",
        anchor_key=b"key of the test",
    )
