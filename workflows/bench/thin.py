"""The thin floor: a transaction that updates one row and adds one row of history, and no more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from engine.store.ids import new_id
from workflows.bench import signoff
from workflows.bench.measuring import Stopwatch
from workflows.bench.statements import begin, end, raw_connection

_TEXT = "x" * 300
_SET_UP = (
    "CREATE TABLE IF NOT EXISTS thin_case (id VARCHAR(36) PRIMARY KEY, version INTEGER)",
    """CREATE TABLE IF NOT EXISTS thin_history (
        case_id VARCHAR(36), seq INTEGER, data TEXT, PRIMARY KEY (case_id, seq))""",
)
_ADD = "INSERT INTO thin_case VALUES (%s, %s)"
_ONE_STATEMENT = (
    "WITH moved AS (UPDATE thin_case SET version = %s WHERE id = %s) "
    "INSERT INTO thin_history (case_id, seq, data) VALUES (%s, %s, %s)"
)
_TWO = (
    "UPDATE thin_case SET version = ? WHERE id = ?",
    "INSERT INTO thin_history (case_id, seq, data) VALUES (?, ?, ?)",
)


def set_up(url: str, synchronous: str) -> None:
    """Make the two tables."""
    with closing(raw_connection(url, synchronous)) as connection:
        cursor = connection.cursor()
        begin(connection, cursor)
        for statement in _SET_UP:
            cursor.execute(statement)
        end(cursor)


def run(
    url: str, synchronous: str, cases: int, watch: Stopwatch, ready: Callable[[], object]
) -> None:
    """Do as many transactions as the sign-offs of so many cases take."""
    with closing(raw_connection(url, synchronous)) as connection:
        ids = [new_id() for _ in range(cases)]
        cursor = connection.cursor()
        one = not isinstance(connection, sqlite3.Connection)
        add = _ADD if one else _ADD.replace("%s", "?")
        begin(connection, cursor)
        cursor.executemany(add, [(case, 0) for case in ids])
        end(cursor)
        ready()
        for step in range(1 + len(signoff.STEPS)):
            for case in ids:
                with watch.transaction(completion=step > 0):
                    begin(connection, cursor)
                    _write(cursor, case, step, one=one)
                    end(cursor)


def _write(cursor: Any, case: str, step: int, *, one: bool) -> None:  # noqa: ANN401
    if one:
        cursor.execute(_ONE_STATEMENT, (step, case, case, step, _TEXT))
        return
    cursor.execute(_TWO[0], (step, case))
    cursor.execute(_TWO[1], (case, step, _TEXT))
