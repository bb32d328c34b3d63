"""The benchmark itself: every way does the same work, and figures and history are told rightly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from engine.history.verify import verify_all
from engine.store.database import Database
from engine.store.tables import Case, History, Task, TaskCandidate, Visit
from tests.postgres import PostgresServer
from workflows.bench import reports, signoff, thin
from workflows.bench.figures import Figures, summary
from workflows.bench.measuring import Stopwatch
from workflows.bench.places import Place
from workflows.bench.ways import WAYS, Job
from workflows.cli.root import main

CASES = 3
STEPS = len(signoff.STEPS)


def work(way: str, place: Place, url: str, tape: Path) -> Stopwatch:
    watch = Stopwatch()
    WAYS[way](Job(way, place, url, CASES, tape), watch, lambda: None)
    return watch


def counts(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            entity.__tablename__: session.scalar(select(func.count()).select_from(entity)) or 0
            for entity in (Case, Task, TaskCandidate, History)
        }


def deployed(place: Place, url: str) -> Database:
    database = place.open(url)
    with database.begin() as session:
        signoff.deploy(session)
    thin.set_up(url, place.synchronous)
    return database


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    if request.param == "sqlite":
        return Place(synchronous="NORMAL")
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return Place(server=server.url("postgres"))


@pytest.mark.parametrize("way", ["ours", "naive"])
def test_cases_are_signed_to_their_end(place: Place, way: str, tmp_path: Path) -> None:
    with place.empty() as url:
        database = deployed(place, url)
        watch = work(way, place, url, tmp_path / "tape")
        assert (watch.transactions, len(watch.completions)) == (CASES * (STEPS + 1), CASES * STEPS)
        found, warm = counts(database), CASES + 1
        assert found == {
            "bpm_case": warm,
            "bpm_task": warm * STEPS,
            "bpm_task_candidate": warm * STEPS,
            "bpm_history": found["bpm_history"],
        }
        with database.read() as session:
            assert set(session.scalars(select(Case.status))) == {"closed"}
            assert set(session.scalars(select(Task.status))) == {"completed"}
            assert verify_all(session).sound
            documents = [json.loads(text) for text in session.scalars(select(Case.document))]
            visited = session.scalar(select(func.count()).select_from(Visit)) or 0
        assert {frozenset(one) for one in documents} == {frozenset({"silent", *signoff.STEPS})}
        assert all(one["park"]["decision"] == "agree" for one in documents)
        assert visited >= warm * (STEPS + 5), "tasks, events and gateways"
        database.dispose()


def test_the_same_statements_leave_the_same_rows(place: Place, tmp_path: Path) -> None:
    tape = tmp_path / "tape"
    with place.empty() as url:
        database = deployed(place, url)
        before = counts(database)
        work("recorded", place, url, tape)
        written = counts(database)
        database.dispose()
    assert before["bpm_case"] == 0
    with place.empty() as url:
        database = deployed(place, url)
        watch = work("same_writes", place, url, tape)
        replayed = counts(database)
        with database.read() as session:
            assert verify_all(session).sound
        database.dispose()
    assert watch.transactions == CASES * (STEPS + 1)
    warm_case = {name: written[name] // (CASES + 1) for name in written}
    assert replayed == {name: written[name] - warm_case[name] for name in written}


def test_the_thin_floor_writes_as_many_transactions(place: Place, tmp_path: Path) -> None:
    with place.empty() as url:
        database = deployed(place, url)
        watch = work("thin", place, url, tmp_path / "tape")
        with database.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT count(*) FROM thin_history").scalar()
        database.dispose()
    assert (rows, watch.transactions, len(watch.completions)) == (
        CASES * (STEPS + 1),
        CASES * (STEPS + 1),
        CASES * STEPS,
    )


def figure(per_second: float) -> Figures:
    return Figures(per_second, 1.0, 2.0, 3.0, 0.5, None, 80.0, 9000.0)


def test_ratios_are_taken_within_each_round() -> None:
    # A slow minute halves a whole round: the ratio of each round stays.
    rounds = {
        "ours": [figure(50), figure(100), figure(100)],
        "same_writes": [figure(100), figure(200), figure(200)],
        "thin": [figure(200), figure(400), figure(400)],
        "naive": [figure(25), figure(50), figure(50)],
    }
    found = summary(rounds)
    assert [found[name] for name in reports.RATIOS] == [0.5, 0.25, 2.0]
    assert found["ways"]["ours"]["per_second"] == 100


@pytest.mark.parametrize(("now", "told"), [(0.5, []), (0.44, []), (0.4, ["ratio_to_thin"])])
def test_a_regression_is_told_against_the_last_run_of_its_kind(now: float, told: list[str]) -> None:
    kind = {"workload": "signoff", "database": "sqlite-full", "clients": 1}
    other = kind | {"clients": 2, "ratio_to_thin": 9.0}
    before = [kind | {"ratio_to_thin": 0.1}, kind | {"ratio_to_thin": 0.5}, other]
    assert reports.regressions(before, kind | {"ratio_to_thin": now}) == told


def test_a_document_without_marks_is_left_alone() -> None:
    with pytest.raises(ValueError, match="marks"):
        reports.written("# Performance", "signoff", "| a |")


def test_the_command_measures_keeps_and_writes(tmp_path: Path) -> None:
    document, history = tmp_path / "performance.md", tmp_path / "bench.jsonl"
    document.write_text(
        "before <!-- bench signoff: begin -->old<!-- bench signoff: end --> after", "utf-8"
    )
    asked = ["bench", "signoff", "--db", "sqlite-normal", "--clients", "1", "--cases", "2"]
    asked += ["--rounds", "1", "--history", str(history), "--write", str(document), "--json"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    run = json.loads(done.stdout)["runs"][0]
    assert set(run["ways"]) == {"ours", "same_writes", "thin", "naive"}
    assert run["ways"]["ours"]["per_second"] > 0
    assert [one["database"] for one in reports.kept(history)] == ["sqlite-normal"]
    text = document.read_text("utf-8")
    assert text.startswith("before <!--")
    assert "| signoff | sqlite-normal | 1 |" in text
    assert "old" not in text


def test_an_unknown_database_is_refused(tmp_path: Path) -> None:
    asked = ["bench", "signoff", "--db", "oracle", "--history", str(tmp_path / "h")]
    done = CliRunner().invoke(main, asked)
    assert (done.exit_code, "sqlite-full" in done.output) == (1, True)
