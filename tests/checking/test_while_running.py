"""The check reads one instant, holds nobody up, writes nothing; on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from engine import clock
from engine.clock import VirtualClock
from engine.store.tables import Case
from tests.checking.zone import Spoiled, live, settings_of
from tests.copied import Copies
from tests.domain import journeys
from tests.domain.world import START, World, fill_world
from workflows.app import Bihuan
from workflows.checking.inspection import inspect
from workflows.cli.root import main


@pytest.fixture
def world(copied: Copies, tmp_path: Path) -> Iterator[World]:
    time = VirtualClock(START)
    with clock.use(time):
        there = World(Bihuan.open(settings_of(copied(fill_world), tmp_path)), time)
        yield there
        there.bihuan.database.dispose()


def test_a_zone_at_work_is_sound_and_faults_are_found(world: World) -> None:
    live(world)
    bihuan = world.bihuan
    worked: list[str] = []

    def work(done: int, total: int) -> None:
        if len(worked) < 3:
            worked.append(journeys.served(world, "larger"))

    report = inspect(bihuan, work)
    assert report.findings == []
    assert len(worked) == 3, "the zone works on while it is checked"
    assert inspect(bihuan).read["cases"] == report.read["cases"] + 3
    with bihuan.database.begin() as session:
        session.execute(text("UPDATE bpm_task SET element = 'x' WHERE status = 'open'"))
        session.execute(text("UPDATE hz_hazard SET state = 'voided'"))
    spoiled = inspect(bihuan)
    assert set(spoiled.faults) >= {"tasks", "ledger"}
    assert spoiled.numbers[worked[0]].startswith("GY-2026-")


def test_a_snapshot_sees_one_instant_and_cannot_write(world: World) -> None:
    database = world.bihuan.database
    count = select(func.count()).select_from(Case)
    with database.snapshot() as session:
        before = session.scalar(count)
        journeys.served(world, "larger")
        assert session.scalar(count) == before
        with pytest.raises(DBAPIError):
            session.execute(text("UPDATE bpm_case SET open_incidents = 1"))
    with database.read() as session:
        assert session.scalar(count) == (before or 0) + 1


def test_the_command_names_the_case_in_both_languages(
    spoiled: Spoiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = spoiled.world.bihuan.settings
    monkeypatch.setenv("BIHUAN_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("BIHUAN_EVIDENCE_DIR", str(settings.evidence_directory))
    monkeypatch.setenv("BIHUAN_DATA_DIR", str(settings.data_directory))
    monkeypatch.setenv("BIHUAN_ANCHOR_KEY", "key of the test")
    upgraded = CliRunner().invoke(main, ["db", "check", "--deep", "--json"])
    assert upgraded.exit_code == 0, upgraded.output
    document = json.loads(upgraded.stdout)
    assert (document["sound"], document["findings"]) == (True, [])
    spoiled.spoil("UPDATE hz_hazard SET state = 'voided' WHERE number LIKE '%-000001'")
    for language, word in (("zh", "台账列"), ("en", "Expected the column state")):
        monkeypatch.setenv("BIHUAN_LANGUAGE", language)
        found = CliRunner().invoke(main, ["db", "check", "--deep"])
        assert found.exit_code == 1
        assert "[ledger] GY-2026-000001" in found.stdout
        assert word in found.stdout
