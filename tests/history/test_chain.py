from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from engine import clock
from engine.history.anchors import anchor_heads
from engine.history.chain import ORIGIN, Entry, entry_hash
from engine.history.known import case_as_known
from engine.history.verify import Report, verify_all, verify_case
from engine.ports import Actor
from engine.store.base import json_text
from engine.store.database import Database
from engine.store.tables import Anchor, AnchorHead, Case, History
from engine.work.journal import CommandJournal
from tests.copied import Copies, tables

AT = datetime(2026, 3, 2, tzinfo=UTC)
KEY = b"kept outside the database"
CLERK = Actor("clerk", "文员")


@pytest.fixture
def database(copied: Copies) -> Iterator[Database]:
    database = Database(copied(tables))
    yield database
    database.dispose()


def _write(database: Database, case_id: str, acts: int, at: datetime = AT) -> None:
    with database.begin() as session:
        head = session.execute(
            select(Case.history_seq, Case.history_hash).where(Case.id == case_id)
        ).one_or_none()
        if head is None:
            _insert_case(session, case_id)
        seq, last = head or (0, "")
        journal = CommandJournal(case_id, "zone", at, CLERK, seq, last)
        for number in range(acts):
            journal.record("act", {"n": number}, personal={"phone": f"1380000{number}"})
        journal.flush(session)
        session.execute(
            update(Case)
            .where(Case.id == case_id)
            .values(history_seq=journal.seq, history_hash=journal.head)
        )


def _insert_case(session: Session, case_id: str) -> None:
    row = {"id": case_id, "agency": "zone", "process": "p", "document": "{}"}
    session.execute(insert(Case).values(**row, created_at=AT, created_by="clerk"))


def _report(database: Database, key: bytes | None = KEY) -> Report:
    with database.read() as session:
        return verify_all(session, key)


def test_the_hash_of_a_row_is_as_published() -> None:
    entry = Entry(
        case_id="c1",
        seq=1,
        agency="zone",
        at=AT,
        actor="clerk",
        actor_name="文员",
        acting_for=None,
        act="act",
        outcome=None,
        element=None,
        process=None,
        task_id=None,
        data="{}",
        personal_digest=None,
        prev=ORIGIN,
    )
    assert entry_hash(entry) == ("c924b3937ea0352ed8a36b51ba728b2baec20deb07f3097d37d8493d47d3931f")


def test_canonical_text_does_not_depend_on_order() -> None:
    assert json_text({"b": 1, "a": "隐"}) == '{"a":"隐","b":1}' == json_text({"a": "隐", "b": 1})


def test_an_untouched_history_is_sound(database: Database) -> None:
    _write(database, "c1", 3)
    _write(database, "c1", 2)
    _write(database, "c2", 1)
    report = _report(database)
    assert (report.sound, report.cases, report.rows, report.unanchored) == (True, 2, 6, 6)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("data", '{"n":9}'),
        ("actor", "somebody"),
        ("actor_name", "某人"),
        ("act", "other"),
        ("at", AT + timedelta(seconds=1)),
        ("outcome", "agree"),
        ("acting_for", "absent"),
        ("personal", '{"phone":"0"}'),
        ("personal_digest", "0" * 64),
        ("prev", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_every_changed_column_is_found(database: Database, column: str, value: object) -> None:
    _write(database, "c1", 3)
    with database.begin() as session:
        session.execute(update(History).where(History.seq == 2).values({column: value}))
    with database.read() as session:
        fault = verify_case(session, "c1")
    assert fault is not None
    assert (fault.case_id, fault.seq) == ("c1", 2)
    assert "c1" in fault.message_zh


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_a_missing_row_is_found_at_its_place(database: Database, gone: int) -> None:
    _write(database, "c1", 3)
    with database.begin() as session:
        session.execute(delete(History).where(History.seq == gone))
    [fault] = _report(database).faults
    assert fault.seq == gone


def test_lawful_deletion_of_personal_content_keeps_the_chain(database: Database) -> None:
    _write(database, "c1", 3)
    with database.begin() as session:
        session.execute(update(History).values(personal=None, salt=None))
    assert _report(database).sound


def test_anchors_cover_what_grew(database: Database) -> None:
    _write(database, "c1", 3)
    assert database.run(lambda session: anchor_heads(session, KEY)) == 1
    assert database.run(lambda session: anchor_heads(session, KEY)) == 0
    assert _report(database).unanchored == 0
    _write(database, "c1", 1)
    _write(database, "c2", 2)
    assert _report(database).unanchored == 3
    assert database.run(lambda session: anchor_heads(session, KEY)) == 2
    assert _report(database).sound
    assert not _report(database, b"another key").sound


def test_a_rewritten_chain_is_caught_by_its_anchor(database: Database) -> None:
    _write(database, "c1", 2)
    database.run(lambda session: anchor_heads(session, KEY))
    with database.begin() as session:
        session.execute(delete(History))
        session.execute(update(Case).values(history_seq=0, history_hash=""))
    _write(database, "c1", 2, AT + timedelta(days=1))
    report = _report(database)
    assert report.faults == ()
    assert "row 2 of case c1" in report.anchor_faults[0].message


def test_a_changed_or_missing_anchor_is_found(database: Database) -> None:
    for _ in range(3):
        _write(database, "c1", 1)
        database.run(lambda session: anchor_heads(session, KEY))
    with database.begin() as session:
        session.execute(delete(AnchorHead).where(AnchorHead.anchor == 2))
    assert "anchor 2" in _report(database).anchor_faults[0].message
    with database.begin() as session:
        session.execute(delete(Anchor).where(Anchor.seq == 2))
    assert any("anchor 2" in fault.message for fault in _report(database).anchor_faults)


def test_a_case_as_it_was_known(database: Database) -> None:
    _write(database, "c1", 2)
    _write(database, "c1", 1, AT + timedelta(days=2))
    with clock.use(clock.VirtualClock(AT)), database.read() as session:
        known = case_as_known(session, "c1", AT + timedelta(days=1))
        assert [row.seq for row in known] == [1, 2]
        assert known[0].data == {"n": 0}
        assert known[0].personal == {"phone": "13800000"}
        assert len(case_as_known(session, "c1", AT + timedelta(days=2))) == 3
