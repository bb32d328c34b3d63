"""What a process keeps of the zone holds no longer than it is true, whoever changes it."""

from __future__ import annotations

import re
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, event, insert, select, text, update

from engine import clock
from engine.clock import VirtualClock
from engine.ports import SYSTEM, Context, Grant
from engine.store.database import Database
from engine.work.journal import CommandJournal
from tests.domain.world import START, populate
from workflows.domain import choices, kept_facts, organisation, revision_tables, rule_store, zone
from workflows.domain.deadlines import Basis
from workflows.domain.revision_tables import BODIES, CALENDAR, POSTS, RULES, WATCHED
from workflows.migrations.run import differences, metadata, upgrade

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

HEAD = Grant("bureau", "head")

Ask = Callable[[Context], object]
_OF_ZONE = r"(?:FROM|JOIN) ((?:hz|org|bpm)_\w+)"


def _basis(command: Context) -> Basis:
    rules = zone.rules_in_force(command, TODAY)
    return zone.basis(command, rules.id, rules.version)


QUESTIONS: dict[str, tuple[Sequence[str], Ask]] = {
    "basis": ((RULES, CALENDAR), _basis),
    "rules_in_force": ((RULES,), lambda command: zone.rules_in_force(command, TODAY)),
    "body": ((BODIES,), lambda command: zone.body(command, "bureau")),
    "bodies": ((BODIES,), lambda command: zone.bodies(command, "town")),
    "body_of_kind": ((BODIES,), lambda command: zone.body_of_kind(command, "office")),
    "enterprises": ((BODIES,), zone.enterprises),
    "options": ((BODIES,), lambda command: choices.options("register", command)),
    "holders": ((POSTS,), lambda command: zone.holders(command, [HEAD])),
    "grants_of": ((POSTS,), lambda command: zone.grants_of(command, "bureau_head")),
}


@dataclass
class Zone:
    """A zone whose facts one process keeps while another changes them."""

    database: Database
    elsewhere: Database

    @contextmanager
    def command(self) -> Iterator[Context]:
        with self.database.begin() as session:
            journal = CommandJournal("", "default", clock.now(), SYSTEM)
            yield Context(clock.now(), SYSTEM, session, journal)

    def ask(self, question: Ask) -> object:
        with self.command() as command:
            return question(command)

    def statements(self, question: Ask) -> list[str]:
        said: list[str] = []

        def heard(*given: Any) -> None:
            said.append(" ".join(given[2].split()))

        event.listen(self.database.engine, "before_cursor_execute", heard)
        try:
            self.ask(question)
        finally:
            event.remove(self.database.engine, "before_cursor_execute", heard)
        return said

    def change(self, *statements: str, **given: Any) -> None:
        """Write past every line of the product, as a person at a console may."""
        with self.elsewhere.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), given)

    def marks(self) -> dict[str, tuple[int, str]]:
        with self.database.engine.connect() as connection:
            rows = connection.execute(text("SELECT name, number, mark FROM org_revision"))
            return {name: (number, mark) for name, number, mark in rows}


@pytest.fixture
def kept_zone(database_url: str) -> Iterator[Zone]:
    opened = Zone(Database(database_url), Database(database_url))
    with clock.use(VirtualClock(START)):
        upgrade(opened.database.engine)
        with opened.database.begin() as session:
            populate(session)
        kept_facts.forget()
        yield opened
    opened.database.dispose()
    opened.elsewhere.dispose()


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_what_is_known_costs_a_command_one_statement(kept_zone: Zone, name: str) -> None:
    subjects, question = QUESTIONS[name]
    first = kept_zone.statements(question)
    assert len(first) > 1
    again = kept_zone.statements(question)
    assert [re.findall(_OF_ZONE, one) for one in again] == [["org_revision"]]
    read = {found for one in first for found in re.findall(_OF_ZONE, one)}
    read -= {"org_revision"}
    assert {WATCHED.get(one) for one in read} == set(subjects)


def test_a_day_that_somebody_else_corrected_counts_at_once(kept_zone: Zone) -> None:
    def works(command: Context) -> bool:
        return bool(_basis(command).calendar.is_workday(date(2026, 3, 6)))

    assert kept_zone.ask(works)
    kept_zone.change(
        "INSERT INTO org_calendar_day (day, year, kind, name, source, provisional) "
        "VALUES ('2026-03-06', 2026, 'holiday', '', '', false)"
    )
    assert not kept_zone.ask(works)
    kept_zone.change("DELETE FROM org_calendar_day WHERE day = '2026-03-06'")
    assert kept_zone.ask(works)
    kept_zone.change("UPDATE org_calendar_year SET provisional = true WHERE year = 2026")
    assert kept_zone.ask(lambda one: _basis(one).calendar.is_provisional(date(2026, 3, 6)))


def test_a_version_withdrawn_and_adopted_anew_is_the_new_one(kept_zone: Zone) -> None:
    def days(command: Context) -> int:
        return _basis(command).rules.whole("limits.major.max")

    assert kept_zone.ask(days) == 15
    kept_zone.change(
        "UPDATE hz_rule_set SET content = replace(content, 'limits.major.max: {value: 15,', "
        "'limits.major.max: {value: 9,')"
    )
    assert kept_zone.ask(days) == 9


def test_posts_end_with_their_day_and_by_hand(kept_zone: Zone) -> None:
    def heads(command: Context) -> list[str]:
        return zone.holders(command, [HEAD])

    def both(command: Context) -> tuple[list[str], list[str]]:
        read = organisation.holders(command.session, [HEAD], command.now)
        return heads(command), read

    assert kept_zone.ask(heads) == ["bureau_head"]
    time = VirtualClock(START)
    with clock.use(time):
        last = TODAY + timedelta(days=3)
        kept_zone.change("UPDATE org_grant SET valid_to = :last", last=last.isoformat())
        time.advance(timedelta(days=3))
        assert kept_zone.ask(both) == (["bureau_head"], ["bureau_head"])
        time.advance(timedelta(days=1))
        assert kept_zone.ask(both) == ([], [])


def test_a_body_and_an_enterprise_are_as_they_are_named_now(kept_zone: Zone) -> None:
    def named(command: Context) -> tuple[str, str]:
        return zone.body(command, "bureau").name, next(
            iter(zone.enterprises(command).values())
        ).name

    kept_zone.ask(named)
    kept_zone.change("UPDATE org_body SET name = 'Renamed'")
    assert kept_zone.ask(named) == ("Renamed", "Renamed")
    first = kept_zone.ask(lambda command: next(iter(zone.enterprises(command))))
    kept_zone.change("UPDATE org_enterprise SET industry = 'x' WHERE id = :id", id=first)
    assert kept_zone.ask(lambda c: zone.enterprise(c, str(first)).industry) == "x"


def test_what_was_rolled_back_is_not_remembered(kept_zone: Zone) -> None:
    def named(command: Context) -> str:
        return zone.body(command, "bureau").name

    before = kept_zone.ask(named)

    with pytest.raises(ArithmeticError):
        _undone(kept_zone, named)
    assert kept_zone.ask(named) == before
    kept_zone.change("UPDATE org_body SET name = 'third'")
    assert kept_zone.ask(named) == "third"


def _undone(kept_zone: Zone, named: Ask) -> None:
    with kept_zone.command() as command:
        command.session.execute(text("UPDATE org_body SET name = 'first'"))
        assert named(command) == "first"
        command.session.execute(text("UPDATE org_body SET name = 'second'"))
        assert named(replace(command)) == "second"
        raise ArithmeticError


def test_what_has_an_older_mark_goes(kept_zone: Zone) -> None:
    gone = []
    for number in range(5):
        kept_zone.change("UPDATE org_body SET name = :name", name=f"Name {number}")
        gone.append(weakref.ref(kept_zone.ask(lambda command: zone.body(command, "bureau"))))
    assert [one() is None for one in gone] == [True, True, True, False, False]


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
