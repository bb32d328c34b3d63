"""Rule sets and calendars of several databases, and of transactions that were rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.store.database import Database
from workflows.domain import rule_set, rule_store
from workflows.domain.working_days import HOLIDAY, WORKDAY, SpecialDay

SINCE = date(2026, 1, 1)
FRIDAY = date(2026, 7, 3)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """Two databases of one process: another zone's rule set may bear the same name."""
    opened = [Database(f"sqlite:///{tmp_path / name}.db") for name in ("east", "west")]
    for database in opened:
        database.create_all()
    yield opened[0], opened[1]
    for database in opened:
        database.dispose()


def _text(days: int) -> str:
    plain = "limits.major.max: {value: 15,"
    text = rule_set.shipped_text()
    assert plain in text
    return text.replace(plain, f"limits.major.max: {{value: {days},")


def _adopt(database: Database, days: int, kind: str) -> None:
    with database.begin() as session:
        rule_store.add_rule_set(session, _text(days), SINCE)
        rule_store.load_days(session, [SpecialDay(FRIDAY, kind, "", "notice")])


def _known(database: Database) -> tuple[int, bool]:
    with database.read() as session:
        rules = rule_store.rules_in_force(session, FRIDAY)
        return rules.whole("limits.major.max"), rule_store.calendar(session).is_workday(FRIDAY)


def test_databases_of_one_process_do_not_mix(two: tuple[Database, Database]) -> None:
    _adopt(two[0], 15, WORKDAY)
    _adopt(two[1], 9, HOLIDAY)
    assert [_known(database) for database in two] == [(15, True), (9, False)]
    assert _known(two[0]) == (15, True)


def test_what_was_rolled_back_is_not_remembered(two: tuple[Database, Database]) -> None:
    database = two[0]

    def undone() -> None:
        with database.begin() as session:
            rule_store.add_rule_set(session, _text(9), SINCE)
            rule_store.load_days(session, [SpecialDay(FRIDAY, HOLIDAY, "", "draft")])
            assert rule_store.rules_in_force(session, FRIDAY).whole("limits.major.max") == 9
            assert not rule_store.calendar(session).is_workday(FRIDAY)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        undone()
    _adopt(database, 15, WORKDAY)
    assert _known(database) == (15, True)
