"""Imports from the page: checked first, confirmed, finished after a kill; each row exactly once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest
from sqlalchemy import func, select

from engine.errors import Conflict, Invalid, NotFound
from tests.domain.conftest import built_zone, world
from tests.domain.world import World
from tests.importing.test_gate import GOOD, HEADINGS
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.org_tables import BodyRow
from workflows.importing import jobs, report, worker
from workflows.importing.jobs import ImportState
from workflows.importing.sheet import RawRow
from workflows.importing.tables import ImportFileRow
from workflows.importing.worker import Importing
from workflows.leasing import LEASE, MOST

__all__ = ["built_zone", "world"]

PERSON = "office_officer"


def ledger_of(rows: Sequence[Mapping[str, str]]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, HEADINGS)
    writer.writeheader()
    writer.writerows([{**GOOD, "隐患描述": f"隐患之{n}", **row} for n, row in enumerate(rows, 1)])
    return file.getvalue().encode("utf-8-sig")


def submit(world: World, content: bytes, name: str = "台账.csv", person: str = PERSON) -> str:
    actor = world.actor(person)
    return world.bihuan.database.run(
        lambda session: jobs.submit(session, actor, "default", name, content)
    )


def confirm(world: World, job: str) -> None:
    actor = world.actor(PERSON)
    world.bihuan.database.run(lambda session: jobs.confirm(session, actor, job))


def state(world: World, job: str) -> ImportState:
    with world.bihuan.database.read() as session:
        return jobs.state(session, world.actor(PERSON), job)


def work(world: World) -> None:
    importing = Importing(world.bihuan)
    while importing.step():
        pass


def report_of(world: World, job: str) -> list[tuple[object, ...]]:
    with world.bihuan.database.read() as session:
        return [tuple(row) for row in report.of_import(session, job)]


def hazards(world: World) -> int:
    with world.bihuan.database.read() as session:
        return session.scalar(select(func.count()).select_from(HazardRow)) or 0


def files(world: World) -> int:
    with world.bihuan.database.read() as session:
        return session.scalar(select(func.count()).select_from(ImportFileRow)) or 0


def test_a_file_is_checked_then_confirmed_then_added(world: World) -> None:
    first = submit(world, ledger_of([{}, {}]))
    assert state(world, first).state == jobs.WAITING
    work(world)
    assert (state(world, first).state, state(world, first).rows) == (jobs.READY, 2)
    assert hazards(world) == 0
    confirm(world, first)
    work(world)
    done = state(world, first)
    assert (done.state, done.added, done.known, done.faults) == (jobs.DONE, 2, 0, 0)
    assert [row[-1] for row in report_of(world, first)] == ["GY-2026-000001", "GY-2026-000002"]
    assert files(world) == 0
    again = submit(world, ledger_of([{}, {}, {}]))
    work(world)
    assert (state(world, again).state, state(world, again).known) == (jobs.READY, 2)
    confirm(world, again)
    work(world)
    assert (state(world, again).added, hazards(world)) == (1, 3)


@pytest.mark.parametrize(
    ("bad", "column", "column_zh"),
    [
        ({"单位": "没有这家"}, "Enterprise", "单位"),
        ({"等级": "特大"}, "Level", "等级"),
        ({"发现人单位": "示例town1", "隐患来源": "镇街"}, "Finding body", "发现人单位"),
        ({"隐患描述": "隐患之1"}, "Description", "隐患描述"),
    ],
)
def test_one_mistake_refuses_all_and_is_named_in_both_languages(
    world: World, bad: dict[str, str], column: str, column_zh: str
) -> None:
    job = submit(world, ledger_of([{}, bad]))
    work(world)
    assert (state(world, job).state, state(world, job).faults) == (jobs.REFUSED, 1)
    ((line, result, found_zh, found, reason_zh, reason, number),) = report_of(world, job)
    assert (line, result, found_zh, found, number) == (3, "有误 refused", column_zh, column, None)
    assert not str(reason_zh).isascii()
    assert str(reason)[:9].isascii()
    with pytest.raises(Conflict):
        confirm(world, job)
    assert (hazards(world), files(world)) == (0, 0)


def test_what_became_wrong_before_it_was_confirmed_refuses_all(world: World) -> None:
    job = submit(world, ledger_of([{}, {"单位": "示例木业"}]))
    work(world)
    assert state(world, job).state == jobs.READY
    confirm(world, job)
    with world.bihuan.database.begin() as session:
        found = session.get_one(BodyRow, "enterprise02")
        found.name_zh = "示例家具"
    work(world)
    assert (state(world, job).state, hazards(world)) == (jobs.REFUSED, 0)


class Killed(BaseException):
    """The process is gone: nothing after it runs."""


def test_a_killed_check_begins_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    job = submit(world, ledger_of([{}] * 3))
    monkeypatch.setattr(worker, "read_rows", lambda _path: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        work(world)
    monkeypatch.undo()
    assert state(world, job).state == jobs.CHECKING
    world.time.advance(LEASE)
    work(world)
    assert (state(world, job).state, state(world, job).rows) == (jobs.READY, 3)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.xls", b"PK\x03\x04"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0 protected"),
        ("a", b"x"),
        ("", b"x"),
    ],
)
def test_a_file_of_another_kind_is_refused_at_once(world: World, name: str, content: bytes) -> None:
    with pytest.raises(Invalid):
        submit(world, content, name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 no workbook"),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.csv", "甲,乙\n1,2\n".encode()),
        ("a.csv", ledger_of([])),
        ("a.csv", ("x" * 200_000).encode()),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_with_a_sentence(
    world: World, name: str, content: bytes
) -> None:
    job = submit(world, content, name)
    work(world)
    assert state(world, job).state == jobs.REFUSED
    ((line, _, _, _, reason_zh, reason, _),) = report_of(world, job)
    assert line is None
    assert reason_zh
    assert str(reason).startswith("Expected")


def test_imports_are_ones_own_and_one_at_a_time(world: World) -> None:
    job = submit(world, ledger_of([{}]))
    with pytest.raises(Conflict, match="no other import"):
        submit(world, ledger_of([{}]))
    with world.bihuan.database.read() as session:
        assert jobs.recent(session, world.actor("inspector1"), "default") == []
        with pytest.raises(NotFound):
            jobs.state(session, world.actor("inspector1"), job)
    work(world)
    actor = world.actor(PERSON)
    world.bihuan.database.run(lambda session: jobs.withdraw(session, actor, job))
    assert (state(world, job).state, files(world)) == (jobs.WITHDRAWN, 0)
    with pytest.raises(Conflict):
        confirm(world, job)


def test_whoever_may_not_enter_is_told_for_every_row(world: World) -> None:
    job = submit(world, ledger_of([{}, {}]), person="principal1")
    work(world)
    with world.bihuan.database.read() as session:
        found = jobs.state(session, world.actor("principal1"), job)
    assert (found.state, found.faults) == (jobs.REFUSED, 2)


def test_a_short_import_waits_for_no_long_one(world: World) -> None:
    long = submit(world, ledger_of([{}] * 30))
    work(world)
    confirm(world, long)
    importing = Importing(world.bihuan, seconds=0.01)
    while not hazards(world):
        importing.step()
    short = submit(world, ledger_of([{"等级": "特大"}]), person="inspector1")
    while importing.step():
        with world.bihuan.database.read() as session:
            if jobs.state(session, world.actor("inspector1"), short).state == jobs.REFUSED:
                break
    assert state(world, long).state == jobs.ADDING
    while importing.step():
        pass
    assert (state(world, long).state, hazards(world)) == (jobs.DONE, 30)


def test_what_ends_every_worker_is_refused_in_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = submit(world, ledger_of([{}]))
    with monkeypatch.context() as patched:
        patched.setattr(worker, "read_rows", raising(KeyboardInterrupt()))
        for _ in range(MOST):
            with pytest.raises(KeyboardInterrupt):
                work(world)
            world.time.advance(LEASE)
        work(world)
    given_up(world, job)


def test_what_nobody_foresaw_is_tried_again_and_told_in_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = submit(world, ledger_of([{}]))
    other = submit(world, ledger_of([{}]), person="inspector1")
    tried, read = list[str](), worker._Work._read

    def fails(self: worker._Work) -> Iterator[RawRow]:
        if self._taken.id != job:
            return read(self)
        tried.append(job)
        message = "a fault"
        raise RuntimeError(message)

    with monkeypatch.context() as patched:
        patched.setattr(worker._Work, "_read", fails)
        work(world)
    assert len(tried) == MOST
    given_up(world, job)
    with world.bihuan.database.read() as session:
        found = jobs.state(session, world.actor("inspector1"), other)
    assert found.state == jobs.READY


def given_up(world: World, job: str) -> None:
    refused = state(world, job)
    assert (refused.state, refused.faults) == (jobs.REFUSED, 1)
    assert "故障" in str(report_of(world, job))
    with world.bihuan.database.read() as session:
        assert session.get(ImportFileRow, job) is None
    work(world)
    assert submit(world, ledger_of([{}]))


def raising(error: BaseException) -> Callable[..., object]:
    def raises(*_: object) -> object:
        raise error

    return raises


def test_two_files_sent_at_once_are_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    submit(world, ledger_of([{}]))
    monkeypatch.setattr(jobs, "RUNNING", ())
    with pytest.raises(Conflict):
        submit(world, ledger_of([{}]))
