"""The demonstration: a zone with a past, made through the importer and the real commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from engine import clock
from engine.history.verify import verify_all
from engine.store import queries
from tests.copied import Copies
from workflows.app import Bihuan, Settings
from workflows.demo import extending, ledger, loading
from workflows.demo.behaviour import ANSWERS
from workflows.deploying import bundles, processes
from workflows.domain import organisation
from workflows.importing.importer import import_hazards

TODAY = datetime(2026, 11, 22, 12, tzinfo=clock.BEIJING)
SITES = [
    ledger.Site("示例铝业有限公司", "有色(铝)", ("应急管理局",)),
    ledger.Site("示例餐饮店", "餐饮", ("应急管理局", "社会事务局")),
]


@pytest.fixture
def bihuan(copied: Copies, tmp_path: Path) -> Iterator[Bihuan]:
    opened = product(copied(load_base), tmp_path)
    yield opened
    opened.database.dispose()


def load_base(url: str) -> None:
    """Fill a database with the zone as it is before its ledger is loaded."""
    with clock.use(clock.VirtualClock(TODAY)), TemporaryDirectory() as folder:
        empty = product(url, Path(folder))
        empty.database.create_all()
        loading.load_base(empty)
        empty.database.dispose()


def product(url: str, folder: Path) -> Bihuan:
    return Bihuan.open(Settings(url, data_directory=folder, evidence_directory=folder / "e"))


def test_the_ledger_is_a_zone_s_and_the_same_every_time() -> None:
    rows = ledger.rows(SITES, date(2026, 11, 22))
    assert rows == ledger.rows(SITES, date(2026, 11, 22))
    levels = Counter(str(row[8]) for row in rows)
    assert levels == Counter(ledger.WANTED)
    assert all(str(row[3]) < "2026-11-22" for row in rows)
    restaurant = {str(row[5]) for row in rows if row[1] == "示例餐饮店"}
    assert not any("浇铸" in hazard for hazard in restaurant)


def test_every_major_example_names_its_criterion() -> None:
    major = [example for example in ledger.examples() if example.level == "重大"]
    assert len(ledger.examples()) == 70
    assert all(example.criterion for example in major)
    assert any(example.criterion.endswith("(待核)") for example in major)


def test_cases_are_played_to_today(bihuan: Bihuan) -> None:
    with clock.use(clock.VirtualClock(TODAY)):
        assert loading.load(bihuan, lambda _done, _total: None, limit=14) == 14
        with bihuan.database.read() as session:
            assert queries.count_cases(session) == 14
            assert verify_all(session).sound
            assert queries.open_incidents(session) == []
            actor = organisation.actor_of(session, "park_east", TODAY)
            assert queries.count_inbox(session, actor) >= 0
        assert loading.load(bihuan, lambda _done, _total: None, limit=14) == 14
        with bihuan.database.read() as session:
            assert queries.count_cases(session) == 14, "a ledger imported twice adds nothing"


def test_somebody_knows_what_to_type_into_every_task() -> None:
    drawn = {
        node.id
        for bundle in bundles(processes())
        if bundle.diagram is not None
        for node in bundle.diagram.nodes
        if node.kind == "userTask"
    }
    assert drawn == set(ANSWERS)


def test_enterprises_ask_in_time_and_once() -> None:
    running = {
        "level": "larger",
        "phase": "rectifying",
        "extension_requests": [],
        "deadlines": [{"kind": "rectification", "state": "live", "due_date": "2026-11-20"}],
    }
    asking = [f"case{n}" for n in range(100) if extending.asks(f"case{n}", running)]
    assert 0 < len(asking) < 100
    assert extending.asked_at(asking[0], running) == datetime(
        2026, 11, 16, 10, tzinfo=clock.BEIJING
    )
    assert extending.asked_at(asking[0], {**running, "phase": "rechecking"}) is None
    assert extending.asked_at(asking[0], {**running, "extension_requests": [{}]}) is None
    assert not extending.asks(asking[0], {**running, "level": "general"})


def test_an_import_with_one_bad_row_adds_nothing(bihuan: Bihuan, tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    with clock.use(clock.VirtualClock(TODAY)):
        rows = ledger.rows(SITES, date(2026, 11, 22))[-6:]
        rows[2][3] = "2026-02-30"
        ledger.write_workbook(path, rows)
        with bihuan.database.read() as session:
            office = organisation.actor_of(session, "office", TODAY)
        refused = import_hazards(bihuan, office, path)
        assert [(fault.line, fault.column) for fault in refused.faults] == [(4, "发现日期")]
        assert refused.added == 0
        rows[2][3] = "2026-11-20"
        ledger.write_workbook(path, rows)
        tried = import_hazards(bihuan, office, path, dry_run=True)
        assert (tried.rows, tried.added, tried.faults) == (6, 0, [])
        assert import_hazards(bihuan, office, path).added == 6
        again = import_hazards(bihuan, office, path)
        assert (again.added, again.known) == (0, 6)
