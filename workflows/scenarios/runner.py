"""Runs the scenarios of processes, each on a fresh copy of one prepared database."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from engine import clock
from workflows.app import Bihuan, Settings
from workflows.deploying import PROCESSES, bundles, deploy_processes, processes
from workflows.domain import rule_store
from workflows.migrations.run import metadata
from workflows.scenarios.coverage import Coverage, Trail, measure
from workflows.scenarios.loader import Scenario, load_scenarios
from workflows.scenarios.player import Played, Player

PREPARED: Final = datetime(2026, 1, 5, 9, tzinfo=clock.BEIJING)
"""When the database of the scenarios is made: before any of them begins."""

_FILE: Final = "scenarios.db"


@dataclass(frozen=True)
class Report:
    """What the scenarios of a run showed."""

    played: tuple[Played, ...]
    coverage: tuple[Coverage, ...]

    @property
    def passed(self) -> bool:
        """Whether every scenario holds and nothing was left unvisited."""
        return all(p.passed for p in self.played) and all(c.complete for c in self.coverage)


class Stage:
    """A prepared database in a folder, from which each scenario gets its own copy."""

    def __init__(
        self,
        folder: Path,
        load_zone: Callable[[Session], None],
        put_in_force: Callable[[Bihuan], object] = deploy_processes,
    ) -> None:
        """Prepare: schema, rule set, calendar, zone and processes.

        Args:
            folder: where the databases are made.
            load_zone: loads the bodies, persons and enterprises that the scenarios name.
            put_in_force: deploys the processes; else those of the source tree.
        """
        self._folder = folder
        with clock.use(clock.VirtualClock(PREPARED)):
            bihuan = self._open(_FILE)
            metadata().create_all(bihuan.database.engine)
            with bihuan.database.begin() as session:
                rule_store.seed(session, clock.beijing_date(PREPARED))
                load_zone(session)
            put_in_force(bihuan)
            bihuan.database.engine.dispose()

    def play(self, scenario: Scenario) -> Played:
        """Play a scenario on its own copy."""
        with self.copied(scenario.name) as bihuan:
            return Player(bihuan).play(scenario)

    @contextmanager
    def copied(self, name: str) -> Iterator[Bihuan]:
        """Open a copy of the prepared database."""
        file = f"{name}.db"
        shutil.copyfile(self._folder / _FILE, self._folder / file)
        bihuan = self._open(file)
        try:
            yield bihuan
        finally:
            bihuan.database.engine.dispose()

    def _open(self, name: str) -> Bihuan:
        return Bihuan.open(
            Settings(
                database_url=f"sqlite:///{self._folder / name}",
                evidence_directory=self._folder / "evidence",
            )
        )


def run_scenarios(
    names: Iterable[str],
    load_zone: Callable[[Session], None],
    progress: Callable[[Played], None] = lambda _: None,
) -> Report:
    """Play the scenarios of some processes, or of all, in a temporary folder.

    What a case starts beside its root counts for the process it starts: coverage of every
    process is taken over all scenarios that were played.

    Args:
        names: processes; none means all of the source tree.
        load_zone: loads the bodies, persons and enterprises that the scenarios name.
        progress: told each scenario when it has been played.

    Raises:
        Invalid: there is no process of a name; nothing was played.
    """
    chosen = bundles(names)
    scenarios = [one for process in processes() for one in load_scenarios(PROCESSES, process)]
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder), load_zone)
        played = _play_all(stage, scenarios, progress)
    trail = Trail()
    for one in played:
        trail.add(one.trail)
    measured = [measure(bundle, trail) for bundle in chosen]
    return Report(tuple(played), tuple(measured))


def _play_all(
    stage: Stage, scenarios: Sequence[Scenario], progress: Callable[[Played], None]
) -> list[Played]:
    played = []
    for scenario in scenarios:
        played.append(stage.play(scenario))
        progress(played[-1])
    return played
