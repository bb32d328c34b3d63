"""The measured inbox: its crowd is lawful, its total is right, and the page is the product's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.store.queries import count_inbox
from tests.postgres import PostgresServer
from workflows.bench import inbox, reports
from workflows.bench.installed import installed
from workflows.bench.places import Place
from workflows.checking.inspection import inspect
from workflows.cli.root import main

TASKS = 250


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    if request.param == "sqlite":
        return Place(synchronous="NORMAL")
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return Place(server=server.url("postgres"))


def test_the_crowd_is_spread_evenly_and_nobody_finds_what_he_is_kept_from(place: Place) -> None:
    with installed(place) as there:
        bihuan = there.open()
        asking = inbox._fill(bihuan, TASKS, lambda _done, _total: None)
        total, listed = inbox._listed(bihuan, asking, 2)
        with bihuan.database.read() as session:
            assert count_inbox(session, asking) == total
        faults = inspect(bihuan).faults
        bihuan.database.dispose()
    share = TASKS * inbox.HELD // inbox.GROUPS
    assert share * 0.6 < total < share * 1.5, "five groups of two hundred, less taken and barred"
    assert {"pools", "state", "completions"} & set(faults) <= {"completions"}
    assert listed["database"]["p50_ms"] > 0


def test_the_command_measures_keeps_and_writes(tmp_path: Path) -> None:
    document, history = tmp_path / "performance.md", tmp_path / "bench.jsonl"
    document.write_text("<!-- bench inbox: begin --><!-- bench inbox: end -->", "utf-8")
    asked = ["bench", "inbox", "--db", "sqlite-normal", "--tasks", "200", "--times", "2"]
    asked += ["--history", str(history), "--write", str(document), "--json"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    run = json.loads(done.stdout)["runs"][0]
    assert min(run["page"]["p95_ms"], run["list"]["p50_ms"]) > 0
    assert [one["tasks"] for one in reports.kept(history)] == [200]
    assert "| inbox | sqlite-normal | 200 |" in document.read_text("utf-8")


def test_a_cost_that_grew_is_told() -> None:
    kind = {"workload": "inbox", "database": "sqlite-full", "clients": 1}
    before = kind | {"list": {"cpu_ms": 2.0}, "page": {"cpu_ms": 20.0}}
    now = kind | {"list": {"cpu_ms": 2.7}, "page": {"cpu_ms": 29.0}}
    assert reports.regressions([before], now) == ["page.cpu_ms"]
