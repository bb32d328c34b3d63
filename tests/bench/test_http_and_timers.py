"""Slices of two workloads: pages that complete tasks, and dates that fell due meanwhile."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from engine import clock
from engine.store.tables import Case, History, Task
from tests.postgres import PostgresServer
from workflows.bench import crowd, http, memory, reports, timers
from workflows.bench.browser import Browser, UnexpectedAnswerError, in_process
from workflows.bench.installed import installed
from workflows.bench.measuring import Stopwatch
from workflows.bench.places import Place
from workflows.bench.ways import Job
from workflows.cli.root import main
from workflows.cli.servers import gunicorn_arguments

OVERDUE = 6


@pytest.fixture
def place(postgres_server: PostgresServer) -> Place:
    return Place(server=postgres_server.url("postgres"))


def test_a_case_is_completed_through_the_pages_of_a_server() -> None:
    plan = http.Plan(1, 1, 1, gunicorn_arguments)
    with installed(Place(synchronous="FULL")) as there:
        (cases,) = http.prepared(there, 1, 1)
        with http.serving(there, plan.command) as (port, server):
            completed, read = http._worked(http.Part(there, port, cases), lambda: None)
            assert http._server_cpu(server) > 0
        bihuan = there.open()
        with bihuan.database.read() as session:
            done = session.scalars(select(Task.element).where(Task.status == "completed"))
            assert sorted(done) == sorted(http.STEPS)
        bihuan.database.dispose()
    assert (len(completed.completions), len(read.completions)) == (4, 4)


def test_an_answer_that_was_not_expected_is_no_measurement() -> None:
    def refusing(_environ: object, start: object) -> list[bytes]:
        start("409 CONFLICT", [])  # type: ignore[operator]
        return [b"no"]

    with pytest.raises(UnexpectedAnswerError, match="409"):
        Browser(in_process(refusing)).get("/inbox")


def test_a_busy_server_is_asked_again() -> None:
    answers = iter(["503 Service Unavailable", "200 OK"])

    def busy_once(_environ: object, start: object) -> list[bytes]:
        start(next(answers), [])  # type: ignore[operator]
        return [b""]

    browser = Browser(in_process(busy_once))
    assert (browser.get("/inbox").status, browser.busy) == (200, 1)


def test_every_overdue_case_is_settled_once_and_the_same_statements_settle_it(
    place: Place, tmp_path: Path
) -> None:
    tape, watch = tmp_path / "tape", Stopwatch()
    copies = timers._copies(place, OVERDUE)
    timers._measured(place, copies, 1, timers.recorded, tape)
    with installed(place) as there:
        bihuan = there.open()
        with bihuan.database.begin() as session:
            crowd.write(session, copies)
        timers.same_writes(Job("timers", place, there.url, OVERDUE, tape), watch, lambda: None)
        with bihuan.database.read() as session:
            expired = select(History.case_id).where(History.act == "deadline.expired")
            assert set(session.scalars(expired)) == {one["case"][0]["id"] for one in copies}
            assert session.scalar(select(func.count()).select_from(expired.subquery())) == OVERDUE
            now = clock.now()
            assert not session.scalars(select(Case.id).where(Case.next_due_at <= now)).all()
        bihuan.database.dispose()
    assert watch.transactions >= OVERDUE


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
