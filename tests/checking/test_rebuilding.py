"""Ledger and dates come back from their case; nothing else is touched."""

from __future__ import annotations

import json

from click.testing import CliRunner
from sqlalchemy import select

from engine.store.base import Base, table
from engine.store.tables import Case, History
from tests.checking.zone import Spoiled
from workflows.checking.rebuilding import rebuild
from workflows.cli.root import main
from workflows.domain.ledger_tables import DeadlineChangeRow, DeadlineRow, HazardRow

_HARMS = (
    "UPDATE hz_hazard SET level = 'general', description_key = '' WHERE level = 'major'",
    "UPDATE hz_deadline SET due_date = '2030-01-01' WHERE number = 1",
    "DELETE FROM hz_deadline_change",
    "DELETE FROM hz_hazard WHERE case_id = (SELECT min(case_id) FROM hz_hazard)",
)


def _stored(spoiled: Spoiled, *tables: type[Base]) -> list[list[tuple[object, ...]]]:
    with spoiled.world.bihuan.database.read() as session:
        return [
            sorted((tuple(row) for row in session.execute(select(table(kind)))), key=repr)
            for kind in tables
        ]


def _without_time(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    place = list(table(HazardRow).c.keys()).index("updated_at")
    return [row[:place] + row[place + 1 :] for row in rows]


def test_rows_that_differ_are_written_as_the_case_says(spoiled: Spoiled) -> None:
    bihuan = spoiled.world.bihuan
    (hazards, *dates) = _stored(spoiled, HazardRow, DeadlineRow, DeadlineChangeRow)
    told = _stored(spoiled, Case, History)
    harmed = sum(spoiled.spoil(harm) for harm in _HARMS)
    assert harmed > len(_HARMS)
    assert set(spoiled.found()) >= {"ledger", "deadlines"}
    seen: list[tuple[int, int]] = []
    found = rebuild(bihuan, lambda done, total: seen.append((done, total)))
    assert 0 < len(found) <= len(told[0])
    assert seen[-1] == (len(told[0]), len(told[0]))
    assert spoiled.found() == {}
    (after, *dates_after) = _stored(spoiled, HazardRow, DeadlineRow, DeadlineChangeRow)
    assert (_without_time(after), dates_after) == (_without_time(hazards), dates)
    assert _stored(spoiled, Case, History) == told
    assert rebuild(bihuan, lambda *_: None) == []


def test_the_command_tells_which_cases_it_wrote(spoiled: Spoiled) -> None:
    spoiled.spoil(_HARMS[1])
    folder = str(spoiled.world.bihuan.settings.data_directory)
    known = {"BIHUAN_DATABASE_URL": f"sqlite:///{spoiled.file}", "BIHUAN_DATA_DIR": folder}
    done = CliRunner().invoke(main, ["db", "rebuild-ledger", "--json"], env=known)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["cases"]
    assert spoiled.found() == {}
