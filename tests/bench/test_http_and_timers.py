"""Slices of two workloads: pages that complete tasks, and dates that fell due meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine import clock
from engine.store.tables import Case, History
from tests.postgres import PostgresServer
from workflows.bench import crowd, timers
from workflows.bench.browser import Browser, UnexpectedAnswerError, in_process
from workflows.bench.installed import installed
from workflows.bench.measuring import Stopwatch
from workflows.bench.places import Place
from workflows.bench.ways import Job

OVERDUE = 6


@pytest.fixture
def place(postgres_server: PostgresServer) -> Place:
    return Place(server=postgres_server.url("postgres"))


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
