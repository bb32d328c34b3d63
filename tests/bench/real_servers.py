"""Workloads with servers and workers of their own: `make bench` runs these before it measures.

Starting them takes a minute, which every run of all tests would pay for.
"""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import select

from engine.store.tables import Task
from workflows.bench import http, memory, reports
from workflows.bench.installed import installed
from workflows.bench.places import Place
from workflows.cli.root import main
from workflows.cli.servers import gunicorn_arguments

OVERDUE = 6


def test_a_case_is_completed_through_the_pages_of_a_server() -> None:
    plan = http.Plan(1, 1, 1, gunicorn_arguments)
    with installed(Place(synchronous="FULL")) as there:
        (cases,) = http.prepared(there, 1, 1 + http._WARMING)
        with http.serving(there, plan.command) as (port, server):
            completed, read = http._worked(http.Part(there, port, cases), lambda: None)
            assert http._server_cpu(server) > 0
        bihuan = there.open()
        with bihuan.database.read() as session:
            done = session.scalars(select(Task.element).where(Task.status == "completed"))
            assert sorted(done) == sorted([*http.STEPS] * (1 + http._WARMING))
        bihuan.database.dispose()
    assert (len(completed.completions), len(read.completions)) == (4, 4)


def test_the_timers_command_measures_and_keeps(tmp_path: Path) -> None:
    history = tmp_path / "bench.jsonl"
    asked = ["bench", "timers", "--db", "sqlite-normal", "--overdue", str(OVERDUE)]
    done = CliRunner().invoke(main, [*asked, "--history", str(history), "--json"])
    assert done.exit_code == 0, done.output
    run = json.loads(done.stdout)["runs"][0]
    assert min(run["per_second"], run["two_per_second"], run["same_writes_per_second"]) > 0
    assert [one["overdue"] for one in reports.kept(history)] == [OVERDUE]


def test_the_memory_of_web_and_worker_is_told_over_time() -> None:
    seen: list[int] = []
    place = Place(synchronous="FULL")
    plan = memory.Plan(2 * len(http.STEPS), gunicorn_arguments, parts=2)
    run = memory.run(place, plan, lambda done, _total: seen.append(done))
    assert seen == [1, 2]
    assert len(run["web_mb"]) == len(run["worker_mb"]) == 3
    assert min(*run["web_mb"], *run["worker_mb"]) > 0
    assert run["all_mb"] > run["web_mb_most"] + run["worker_mb_most"] / 2
