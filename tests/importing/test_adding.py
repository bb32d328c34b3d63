"""Rows become cases some at a time: each once, whatever ends a worker, whoever else adds them."""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from engine.errors import BihuanError, Invalid, NotAllowed
from engine.ports import Actor
from engine.store.tables import IncidentRow
from engine.work import start_many
from engine.work.parts import Parts
from engine.work.start_case import StartCase, begin_case
from engine.work.start_many import ManyStarts
from tests.domain.conftest import built_zone, world
from tests.domain.world import World
from tests.importing.test_jobs import (
    Killed,
    confirm,
    files,
    hazards,
    ledger_of,
    report_of,
    state,
    submit,
    work,
)
from workflows.checking.inspection import inspect
from workflows.domain.org_tables import BodyRow
from workflows.importing import adding, jobs, worker
from workflows.importing.worker import Importing
from workflows.leasing import LEASE

__all__ = ["built_zone", "world"]


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a unit of work take two rows."""
    monkeypatch.setattr(adding, "LEAST", 2)
    monkeypatch.setattr(adding, "LONGEST", 0)


@pytest.mark.usefixtures("two_at_once")
@pytest.mark.parametrize(("after", "left"), [(0, 0), (1, 0), (2, 2), (3, 2), (4, 4)])
def test_a_killed_import_is_finished_by_another_worker(
    world: World, monkeypatch: pytest.MonkeyPatch, after: int, left: int
) -> None:
    job = submit(world, ledger_of([{}] * 5))
    work(world)
    confirm(world, job)
    calls, start = count(), ManyStarts.start

    def dying(self: ManyStarts, order: StartCase) -> BihuanError | None:
        found = start(self, order)
        if next(calls) == after:
            raise Killed
        return found

    monkeypatch.setattr(ManyStarts, "start", dying)
    with pytest.raises(Killed):
        work(world)
    monkeypatch.setattr(ManyStarts, "start", start)
    assert (hazards(world), state(world, job).done) == (left, left)
    work(world)
    assert hazards(world) == left, "the dead worker still holds it"
    world.time.advance(LEASE)
    work(world)
    done = state(world, job)
    assert (done.state, done.added, done.known, hazards(world)) == (jobs.DONE, 5, 0, 5)
    assert len(report_of(world, job)) == 5


@pytest.mark.usefixtures("two_at_once")
def test_rows_are_written_with_how_far_it_has_come_and_room_is_left_between(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = submit(world, ledger_of([{}] * 5))
    work(world)
    confirm(world, job)
    seen: list[tuple[int, int, int]] = []

    def others_write(_began: float) -> None:
        with world.bihuan.database.begin() as session:
            session.execute(update(BodyRow).values(may_order=BodyRow.may_order))
        found = state(world, job)
        seen.append((hazards(world), found.done, found.added))

    monkeypatch.setattr(worker, "leave_room", others_write)
    work(world)
    assert seen == [(2, 2, 2), (4, 4, 4), (5, 5, 5)]


def test_a_row_that_is_refused_at_last_undoes_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = submit(world, ledger_of([{}] * 4))
    work(world)
    confirm(world, job)
    begin = begin_case

    def begun(parts: Parts, session: Session, actor: Actor, order: StartCase) -> str:
        found = begin(parts, session, actor, order)
        if order.submitted.data["description"] == "隐患之2":
            raise Invalid.at("description", "Expected another text", "请改写")
        if order.submitted.data["description"] == "隐患之3":
            raise ZeroDivisionError
        return found

    monkeypatch.setattr(start_many, "begin_case", begun)
    work(world)
    done = state(world, job)
    assert (done.state, done.added, done.faults, hazards(world)) == (jobs.DONE, 2, 2, 2)
    assert [row[-1] for row in report_of(world, job)] == [
        "GY-2026-000001",
        None,
        None,
        "GY-2026-000002",
    ]
    with world.bihuan.database.read() as session:
        assert session.scalar(select(func.count()).select_from(IncidentRow)) == 1
        assert inspect(world.bihuan).sound


def test_two_imports_of_the_same_rows_add_each_once(world: World) -> None:
    first = submit(world, ledger_of([{}] * 3))
    work(world)
    second = submit(world, ledger_of([{}] * 3), person="inspector1")
    work(world)
    inspector = world.actor("inspector1")
    world.bihuan.database.run(lambda session: jobs.confirm(session, inspector, second))
    confirm(world, first)
    work(world)
    with world.bihuan.database.read() as session:
        later = jobs.state(session, inspector, second)
    earlier = state(world, first)
    assert (earlier.state, later.state, hazards(world)) == (jobs.DONE, jobs.DONE, 3)
    assert sorted([(earlier.added, earlier.known), (later.added, later.known)]) == [(0, 3), (3, 0)]


@pytest.mark.usefixtures("two_at_once")
def test_a_worker_that_slept_too_long_adds_nothing_twice(world: World) -> None:
    job = submit(world, ledger_of([{}] * 4))
    work(world)
    confirm(world, job)
    slow = Importing(world.bihuan, seconds=0.001)
    while hazards(world) < 2:
        slow.step()
    world.time.advance(LEASE)
    work(world)
    assert state(world, job).state == jobs.DONE
    while slow.step():
        pass
    assert (state(world, job).added, hazards(world)) == (4, 4)


@pytest.mark.usefixtures("two_at_once")
def test_rows_that_were_added_stay_told_when_the_rest_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = submit(world, ledger_of([{}] * 4))
    work(world)
    confirm(world, job)
    importing = Importing(world.bihuan, seconds=0.001)
    while hazards(world) < 2:
        importing.step()

    def refuses(*_: object) -> object:
        raise NotAllowed("Expected a post, but it was given up", "岗位已收回")

    monkeypatch.setattr(worker, "add_some", refuses)
    while importing.step():
        pass
    found = state(world, job)
    assert (found.state, found.rows, found.added, found.faults) == (jobs.REFUSED, 4, 2, 1)
    report = report_of(world, job)
    assert [row[-1] for row in report] == ["GY-2026-000001", "GY-2026-000002", None]
    assert "岗位已收回" in str(report[-1])
    assert files(world) == 0
