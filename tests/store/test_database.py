from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from engine.errors import Unavailable
from engine.store import unit_of_work
from engine.store.base import Instant
from engine.store.database import Database
from engine.store.ids import new_id
from engine.store.tables import Counter, TaskCandidate


def _counter(value: int = 0) -> Counter:
    return Counter(agency="zone", kind="order", year=2026, value=value)


def _flushed(session: Session) -> list[int]:
    session.add(_counter())
    session.flush()
    return []


def _fill_the_disk(session: Session) -> None:
    session.execute(text("PRAGMA max_page_count = 1"))
    with session.begin_nested():
        session.execute(text("CREATE TABLE much AS SELECT randomblob(9000000) AS it"))


def _value(database: Database) -> int | None:
    with database.read() as session:
        return session.execute(select(Counter.value)).scalar_one_or_none()


def test_a_unit_of_work_is_kept_only_if_its_block_ends_well(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.begin() as session:
        session.add(_counter(1 // len(_flushed(session))))
    assert _value(database) is None
    with database.begin() as session:
        session.add(_counter(7))
    assert _value(database) == 7


def test_foreign_keys_are_held(database: Database) -> None:
    with pytest.raises(IntegrityError), database.begin() as session:
        session.add(TaskCandidate(task_id="nobody", body="bureau", role="head"))


def test_reading_keeps_nothing(database: Database) -> None:
    with database.read() as session:
        session.add(_counter())
        session.flush()
    assert _value(database) is None


def test_two_writers_lose_no_update(database: Database) -> None:
    with database.begin() as session:
        session.add(_counter())

    def count() -> None:
        for _ in range(20):
            database.run(
                lambda s: setattr(
                    s.execute(select(Counter).with_for_update()).scalar_one(),
                    "value",
                    s.execute(select(Counter.value)).scalar_one() + 1,
                )
            )

    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _value(database) == 40


def test_a_conflict_is_tried_again_and_then_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit_of_work, "_rest", lambda _: None)
    asked: list[int] = []

    def conflicting(_session: Session) -> None:
        asked.append(1)
        raise unit_of_work.out_of_reach(unit_of_work._Again)

    with pytest.raises(Unavailable):
        database.run(conflicting)
    assert len(asked) == unit_of_work.ATTEMPTS


def test_a_lost_database_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")
    with pytest.raises(Unavailable), database.begin():
        pass


def test_a_file_that_was_deleted_is_not_made_anew(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    database.create_all()
    with database.begin() as session:
        session.add(_counter(7))
    file = tmp_path / "bihuan.db"
    file.rename(tmp_path / "away.db")
    for unit in (database.read, database.begin):
        with pytest.raises(Unavailable), unit():
            pass
    assert not file.exists()
    (tmp_path / "away.db").rename(file)
    assert _value(database) == 7
    database.dispose()


def test_a_file_that_was_replaced_is_opened_anew(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    database.create_all()
    other = Database(f"sqlite:///{tmp_path / 'restored.db'}")
    other.create_all()
    with other.begin() as session:
        session.add(_counter(9))
    other.dispose()
    assert _value(database) is None
    for beside in tmp_path.glob("bihuan.db*"):
        beside.unlink()
    (tmp_path / "restored.db").rename(tmp_path / "bihuan.db")
    assert _value(database) == 9
    database.dispose()


def test_a_full_disk_is_an_outage_also_within_a_savepoint(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    database.create_all()
    with pytest.raises(Unavailable):
        database.run(_fill_the_disk)
    database.dispose()


def test_a_lock_is_not_waited_for_longer_than_a_person_waits(database: Database) -> None:
    with database.begin() as session:
        session.add(_counter())
    with database.begin() as session:
        session.execute(select(Counter).with_for_update()).all()
        began = monotonic()
        with pytest.raises(Unavailable):
            database.run(lambda s: s.execute(select(Counter).with_for_update()).all())
        assert monotonic() - began < 8


def test_a_wrong_statement_is_no_outage(database: Database) -> None:
    with pytest.raises(DBAPIError) as raised, database.begin() as session:
        session.execute(text("SELECT nothing FROM nowhere"))
    assert not unit_of_work.is_outage(raised.value)


def test_a_writer_that_waits_too_long_is_told(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit_of_work, "_rest", lambda _: None)
    monkeypatch.setattr("engine.store.database.BUSY_SECONDS", 0)
    database = Database(sqlite_url)
    database.create_all()
    with database.begin(), pytest.raises(Unavailable), Database(sqlite_url).begin():
        pass
    database.dispose()


def test_instants_come_back_aware_in_utc(database: Database) -> None:
    beijing = datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    bound = Instant()
    dialect = database.engine.dialect
    kept = bound.process_bind_param(beijing, dialect)
    assert bound.process_result_value(kept, dialect) == datetime(2026, 3, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="has none"):
        bound.process_bind_param(datetime(2026, 3, 1), dialect)  # noqa: DTZ001 the fault


def test_ids_ascend() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert all(i[14] == "7" for i in made)
