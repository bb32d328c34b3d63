"""Faults while many cases are taken over: one case, a worker, a moment shared by two people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from engine.errors import Conflict
from tests.api.harness import Zone
from tests.api.migrating import (
    Killed,
    ask,
    begin_cases,
    kinds,
    later,
    order,
    state,
    work,
)
from workflows.leasing import MOST
from workflows.migrating import report, runs, states
from workflows.migrating.tables import MigrationRunRow


@pytest.mark.parametrize("killed", [False, True])
def test_a_case_that_was_taken_over_is_told_of_a_run_that_is_given_up(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    begin_cases(zone, 3)
    run = ask(zone)
    work(zone)
    order(zone, "begin", run, "新版本已公布")
    runtime, migrate = zone.bihuan.runtime, zone.bihuan.runtime.migrate_case

    def stopped(*arguments: object) -> object:
        found = migrate(*arguments)  # type: ignore[arg-type]
        order(zone, "stop", run)
        if killed:
            raise Killed
        return found

    with monkeypatch.context() as patched:
        patched.setattr(runtime, "migrate_case", stopped)
        with suppress(Killed):
            work(zone)
    order(zone, "give_up", run)
    over = state(zone, run)
    assert (over.state, over.done) == (states.GIVEN_UP, 1)
    assert kinds(zone, run) == {states.MOVED: 1, states.POSSIBLE: 1, states.REFUSED: 1}


def test_a_fault_at_one_case_keeps_no_other_from_being_done(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = begin_cases(zone, 4)
    runtime = zone.bihuan.runtime
    poison = {"look_ahead": cases[0], "migrate_case": cases[1]}
    for name, bad in poison.items():
        monkeypatch.setattr(runtime, name, failing(getattr(runtime, name), bad))
    run = ask(zone)
    work(zone)
    assert kinds(zone, run) == {states.POSSIBLE: 2, states.REFUSED: 2}
    order(zone, "begin", run, "新版本已公布")
    work(zone)
    assert state(zone, run).state == states.DONE
    assert kinds(zone, run) == {states.MOVED: 1, states.STAYED: 1, states.REFUSED: 2}
    with zone.bihuan.database.read() as session:
        [stayed] = report.page(session, run, [states.STAYED], 10)
    assert "系统" in stayed.found.reasons[0].message_zh


def failing(act: Callable[..., object], bad: str) -> Callable[..., object]:
    """Return an act that fails at one case, as a fault in a program does."""

    def done(*arguments: object) -> object:
        if bad in arguments or getattr(arguments[1], "case_id", None) == bad:
            message = "a fault"
            raise RuntimeError(message)
        return act(*arguments)

    return done


def test_what_ends_every_worker_is_stopped_in_the_end(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_cases(zone, 2)
    run = ask(zone)

    def dies(*_: object) -> object:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(zone.bihuan.runtime, "look_ahead", dies)
        for _ in range(MOST):
            with pytest.raises(Killed):
                work(zone)
            later(zone)
        work(zone)
    stopped = state(zone, run)
    assert stopped.state == states.STOPPED
    assert "故障" in stopped.note_zh
    order(zone, "resume", run)
    work(zone)
    assert state(zone, run).state == states.LOOKED


def test_whose_name_is_unknown_takes_nothing_over(zone: Zone) -> None:
    begin_cases(zone, 2)
    run = ask(zone)

    def unknown(session: Session) -> None:
        session.execute(update(MigrationRunRow).values(asked_by="nobody"))

    zone.bihuan.database.run(unknown)
    work(zone)
    assert state(zone, run).state == states.STOPPED


def test_two_who_ask_at_once_get_one_run(zone: Zone, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_cases(zone, 2)
    first = ask(zone)
    seen = runs.open_run
    answers = iter([None])
    monkeypatch.setattr(runs, "open_run", lambda *asked: next(answers, seen(*asked)))
    with pytest.raises(Conflict) as refused:
        ask(zone)
    assert refused.value.details["run"] == first


def test_other_work_waits_for_no_more_than_one_case(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_cases(zone, 3)
    ask(zone)
    looked: list[object] = []
    look = zone.bihuan.runtime.look_ahead

    def counted(*asked: object) -> object:
        looked.append(asked)
        return look(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(zone.bihuan.runtime, "look_ahead", counted)
    work(zone, 2)
    assert len(looked) == 2
