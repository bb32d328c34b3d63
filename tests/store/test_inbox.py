from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from engine.errors import NotFound
from engine.ports import Actor, Grant
from engine.store import pools
from engine.store.database import Database
from engine.store.pools import keep_pool
from engine.store.queries import InboxFilter, case, case_tasks, count_inbox, inbox, task
from engine.store.tables import Case, Instance, Task, TaskBar, TaskCandidate
from tests.copied import Copies, tables

AT = datetime(2026, 3, 2, tzinfo=UTC)
HEAD = Actor("head", "主任", (Grant("office", "head"), Grant("board", "head")))
CLERK = Actor("clerk", "文员", (Grant("office", "clerk"),))
NOBODY = Actor("nobody", "无岗")
HEADS = {"assignee": "head"}


@pytest.fixture
def database(copied: Copies) -> Iterator[Database]:
    database = Database(copied(tables))
    with database.begin() as session:
        row = {"id": "c1", "agency": "zone", "process": "p", "created_at": AT, "created_by": "x"}
        session.execute(insert(Case).values(**row, document='{"a": 1}'))
        live = {"id": "i1", "agency": "zone", "case_id": "c1", "process": "p", "version": 1}
        state = {"blob": b"", "waits": {}, "timers": [], "started_at": AT}
        session.execute(insert(Instance).values(**live, **state))
    yield database
    database.dispose()


def _task(database: Database, name: str, *grants: str, **values: Any) -> None:
    row = {
        "id": name,
        "agency": "zone",
        "case_id": "c1",
        "instance_id": "i1",
        "token_id": name,
        "process": "p",
        "version": 1,
        "element": name,
        "act": f"{name}.do",
        "form": name,
        "title_zh": f"任务{name}",
        "title": f"Task {name}",
        "properties": {},
        "token": {},
        "opened_at": AT,
        **values,
    }
    held = [Grant(*grant.split(".")) for grant in grants]
    with database.begin() as session:
        session.execute(insert(Task).values(**row, pool=keep_pool(session, held, ())))
        for one in held:
            candidate = {"task_id": name, "body": one.body, "role": one.role}
            session.execute(insert(TaskCandidate).values(**candidate))


def _inbox(database: Database, actor: Actor, **filters: Any) -> list[str]:
    with database.read() as session:
        page = inbox(session, actor, filters=InboxFilter(**filters))
        assert page.total == len(page.items) == count_inbox(session, actor, InboxFilter(**filters))
        return [item.id for item in page.items]


def test_the_most_urgent_come_first_and_undated_last(database: Database) -> None:
    _task(database, "undated", "office.head")
    _task(database, "late", "office.head", due_at=AT + timedelta(days=9))
    _task(database, "soon", "office.head", "board.head", due_at=AT + timedelta(days=1))
    _task(database, "older", "office.head", opened_at=AT - timedelta(days=1))
    assert _inbox(database, HEAD) == ["soon", "late", "older", "undated"]
    assert _inbox(database, HEAD, due_before=AT + timedelta(days=5)) == ["soon"]


def test_an_inbox_holds_what_its_owner_may_do(database: Database) -> None:
    _task(database, "heads", "office.head")
    _task(database, "clerks", "office.clerk")
    _task(database, "taken", "office.clerk", assignee="colleague")
    _task(database, "given", "board.head", assignee="clerk")
    _task(database, "done", "office.clerk", status="completed")
    assert _inbox(database, CLERK) == ["clerks", "given"]
    assert _inbox(database, HEAD) == ["heads"]
    assert _inbox(database, NOBODY) == []
    assert _inbox(database, CLERK, assigned=True) == ["given"]
    assert _inbox(database, CLERK, assigned=False) == ["clerks"]


def test_filters_narrow(database: Database) -> None:
    _task(database, "a", "office.head")
    _task(database, "b", "board.head", title_zh="100%整改")
    assert _inbox(database, HEAD, act="a.do") == ["a"]
    assert _inbox(database, HEAD, body="board") == ["b"]
    assert _inbox(database, HEAD, text="0%整") == ["b"]
    assert _inbox(database, HEAD, text="task A") == ["a"]
    assert _inbox(database, HEAD, text="c1") == ["a", "b"]
    assert _inbox(database, HEAD, process="other") == []
    narrowed = _inbox(
        database,
        HEAD,
        narrow=lambda q: q.join(Case, Case.id == Task.case_id).where(Case.created_by == "x"),
    )
    assert narrowed == ["a", "b"]


def test_pages_follow_each_other(database: Database) -> None:
    for number in range(5):
        _task(database, f"t{number}", "office.head")
    seen: list[str] = []
    behind = None
    with database.read() as session:
        for _ in range(3):
            page = inbox(session, HEAD, limit=2, behind=behind)
            seen += [item.id for item in page.items]
            behind = page.next
            assert page.total == 5
    assert seen == ["t0", "t1", "t2", "t3", "t4"]
    assert behind is None


def test_pages_are_turned_by_number_too(database: Database) -> None:
    for number in range(3):
        _task(database, f"t{number}", "office.head")
    with database.read() as session:
        page = inbox(session, HEAD, limit=2, offset=2)
    assert [item.id for item in page.items] == ["t2"]
    assert (page.total, page.next) == (3, None)


def test_tasks_that_come_and_go_between_pages_shift_nothing(database: Database) -> None:
    days: dict[str, float | None] = {"b": 1, "d": 2, "f": 4, "x": None, "z": None}
    for name, day in days.items():
        _due(database, name, day)
    meanwhile: dict[str, tuple[str, float | None]] = {
        "b": ("a", 0),
        "d": ("e", 3),
        "e": ("w", None),
    }
    seen: list[str] = []
    behind = None
    while not seen or behind is not None:
        with database.read() as session:
            page = inbox(session, HEAD, limit=1, behind=behind)
        behind = page.next
        seen += [item.id for item in page.items]
        if seen[-1] in meanwhile:
            _due(database, *meanwhile[seen[-1]])
            with database.begin() as session:
                done = update(Task).where(Task.id == seen[-1]).values(status="completed")
                session.execute(done)
    assert seen == ["b", "d", "e", "f", "w", "x", "z"]


def _due(database: Database, name: str, day: float | None) -> None:
    due_at = None if day is None else AT + timedelta(days=day)
    _task(database, name, "office.head", due_at=due_at)


def test_single_reads(database: Database) -> None:
    _task(database, "a", "office.head", "office.clerk")
    with database.read() as session:
        found = task(session, "a")
        assert found.candidates == (Grant("office", "clerk"), Grant("office", "head"))
        assert found.is_for(CLERK)
        assert not found.is_for(NOBODY)
        assert case(session, "c1").document == {"a": 1}
        assert [row.id for row in case_tasks(session, "c1", status="open")] == ["a"]
        assert case_tasks(session, "c1", status="completed") == []
        with pytest.raises(NotFound):
            task(session, "nothing")
        with pytest.raises(NotFound):
            case(session, "nothing")


def _bar(database: Database, name: str, person: str = "", body: str = "") -> None:
    with database.begin() as session:
        row = {"person": person, "body": body, "reason_zh": "须由另一人办理", "reason": "Another"}
        session.execute(insert(TaskBar).values(task_id=name, **row))
        found = task(session, name)
        pool = keep_pool(session, found.candidates, found.bars)
        session.execute(update(Task).where(Task.id == name).values(pool=pool))


def test_who_is_barred_has_neither_the_task_nor_its_count(database: Database) -> None:
    for name, values in {"free": {}, "by_person": {}, "by_body": {}, "taken": HEADS}.items():
        _task(database, name, "office.head", **values)
    _bar(database, "by_person", person="head")
    _bar(database, "by_body", body="board")
    _bar(database, "taken", person="head")
    other = Actor("other", "副主任", (Grant("office", "head"),))
    assert _inbox(database, HEAD) == ["free"]
    assert _inbox(database, other) == ["by_body", "by_person", "free"]
    assert _inbox(database, Actor("head", "主任")) == []
    with database.read() as session:
        barred, free = task(session, "by_body"), task(session, "free")
        assert [one.bars for one in case_tasks(session, "c1") if one.id == "by_body"] == [
            barred.bars
        ]
    assert (barred.is_for(HEAD), barred.falls_to(HEAD), barred.is_for(other)) == (
        False,
        True,
        True,
    )
    assert barred.bar_against(HEAD) == barred.bars[0]
    assert free.bar_against(HEAD) is None


def test_a_pool_is_written_in_one_order_whoever_asks(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two who wrote its rows in the order they were given them would wait for each other."""
    written: list[list[str]] = []
    monkeypatch.setattr(pools, "_write", lambda *args: written.append([g.role for g in args[3]]))
    roles = ("a", "b", "c")
    for order in (roles, roles[::-1]):
        with database.begin() as session:
            keep_pool(session, [Grant("office", role) for role in order], ())
    assert written == [["a", "b", "c"], ["a", "b", "c"]]


def test_pools_do_not_grow_with_the_enterprises_that_are_kept_away(database: Database) -> None:
    """Of many enterprises none is known by a pool of its own: a body's bar is the task's."""
    for name in ("a", "b", "c"):
        _task(database, name, "office.head")
        _bar(database, name, body=f"enterprise_{name}")
        _bar(database, name, person="inspector")
    with database.read() as session:
        assert session.scalar(select(func.count(Task.pool.distinct()))) == 1
    of_one = Actor("both", "甲", (Grant("office", "head"), Grant("enterprise_b", "principal")))
    assert _inbox(database, HEAD) == ["a", "b", "c"]
    assert _inbox(database, of_one) == ["a", "c"]
