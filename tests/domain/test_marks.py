"""The database marks whatever is written of the zone, whoever writes it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update

from engine import clock
from engine.ports import Context
from engine.store.database import Database
from tests.domain.kept_zone import Zone, kept_zone
from tests.domain.world import START
from workflows.domain import revision_tables, rule_store, zone
from workflows.domain.revision_tables import BODIES, CALENDAR, RULES, WATCHED
from workflows.migrations.run import differences, metadata, upgrade

__all__ = ["kept_zone"]

TODAY = clock.beijing_date(START)
_ANOTHER: dict[str, dict[str, object]] = {
    "hz_rule_set": {"version": 77},
    "org_calendar_year": {"year": 1999},
    "org_calendar_day": {"day": date(1999, 1, 1)},
    "org_body": {"id": "another"},
    "org_enterprise": {"id": "bureau"},
    "org_grant": {"id": "another"},
}
"""Keys of rows that are not there yet."""


@pytest.mark.parametrize("name", sorted(WATCHED))
def test_every_kind_of_write_changes_the_mark(kept_zone: Zone, name: str) -> None:
    rows, key = metadata().tables[name], _ANOTHER[name]
    with kept_zone.database.engine.connect() as connection:
        row = {**(connection.execute(select(rows)).mappings().first() or {}), **key}
    of_key = [column == row[column.name] for column in rows.primary_key]
    other = next(column.name for column in rows.c if not column.primary_key)
    seen = [kept_zone.marks()]
    for statement in (
        insert(rows).values(row),
        update(rows).where(*of_key).values({other: rows.c[other]}),
        delete(rows).where(*of_key),
    ):
        with kept_zone.elsewhere.engine.begin() as connection:
            connection.execute(statement)
        seen.append(kept_zone.marks())
    for subject in seen[0]:
        assert len({marks[subject] for marks in seen}) == (4 if subject == WATCHED[name] else 1)


def test_who_writes_without_a_search_path_is_noticed_as_well(kept_zone: Zone) -> None:
    before = kept_zone.marks()
    with kept_zone.elsewhere.engine.begin() as connection:
        schema = "main"
        if connection.dialect.name == "postgresql":
            schema = connection.execute(text("SELECT current_schema()")).scalar_one()
            connection.execute(text("SET LOCAL search_path = ''"))  # as a restored dump does
        connection.execute(text(f"UPDATE {schema}.org_body SET name = 'Renamed'"))  # noqa: S608 its own schema
    after = kept_zone.marks()
    assert {subject for subject in after if after[subject] != before[subject]} == {BODIES}


def test_a_missing_trigger_is_noticed_and_made_again(kept_zone: Zone) -> None:
    engine = kept_zone.database.engine
    with engine.begin() as connection:
        first = revision_tables.triggers(connection)[0]
        table = next(name for name in WATCHED if first.startswith(name))
        of_table = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.execute(text(f"DROP TRIGGER {first}{of_table}"))
    assert differences(engine) == [f"no trigger {first}"]
    upgrade(engine)
    assert differences(engine) == []


def test_what_was_written_while_a_trigger_was_missing_counts_once_it_is_there(
    kept_zone: Zone,
) -> None:
    def named(command: Context) -> str:
        return zone.body(command, "bureau").name

    before = kept_zone.ask(named)
    with kept_zone.elsewhere.engine.begin() as connection:
        of_file = connection.dialect.name == "sqlite"
        trigger = "org_body_update_is_marked" if of_file else "org_body_write_is_marked ON org_body"
        connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE org_body SET name = 'Renamed'"))
    marks = kept_zone.marks()
    upgrade(kept_zone.elsewhere.engine)
    assert before != kept_zone.ask(named) == "Renamed"
    now = kept_zone.marks()
    assert {subject for subject in now if now[subject] != marks[subject]} == {BODIES}


def test_a_schema_made_without_migrations_marks_its_writes_too(database_url: str) -> None:
    database = Database(database_url)
    try:
        database.create_all()
        database.create_all()
        assert differences(database.engine) == []
        with database.begin() as session:
            rule_store.seed(session, TODAY)
        with database.engine.connect() as connection:
            rows = connection.execute(text("SELECT name, number FROM org_revision")).all()
        moved = {name for name, number in rows if number}
        assert moved == {RULES, CALENDAR}
    finally:
        database.dispose()


def test_the_marks_bring_the_tables_that_they_stand_for(tmp_path: Path) -> None:
    alone = (
        "from engine.store.database import Database; import workflows.domain.revision_tables; "
        f"Database('sqlite:///{tmp_path / 'alone.db'}').create_all()"
    )
    subprocess.run([sys.executable, "-c", alone], check=True)
    database = Database(f"sqlite:///{tmp_path / 'alone.db'}")
    with database.engine.connect() as connection:
        assert revision_tables.missing(connection) == []
    database.dispose()
