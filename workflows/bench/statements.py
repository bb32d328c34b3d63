"""Statements as they went to the driver, written down once and sent again without the engine."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Binary
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from workflows.bench.measuring import Stopwatch

_BEGIN = "BEGIN"


@dataclass(frozen=True)
class Statement:
    """One statement with what was bound to it; `many` rows at once or one."""

    text: str
    values: Any
    many: bool


@dataclass
class Transaction:
    """The statements of one command."""

    completion: bool
    statements: list[Statement] = field(default_factory=list)


@dataclass
class Recording:
    """Every transaction of a client, in order."""

    transactions: list[Transaction] = field(default_factory=list)
    _current: Transaction | None = None

    @contextmanager
    def on(self, *, completion: bool) -> Iterator[None]:
        """Write down what is sent within the block."""
        self._current = Transaction(completion)
        yield
        self.transactions.append(self._current)
        self._current = None

    def statement(
        self,
        _connection: Connection,
        _cursor: object,
        statement: str,
        parameters: Any,  # noqa: ANN401
        _context: object,
        executemany: bool,  # noqa: FBT001
    ) -> None:
        """Write down one statement: an event of the engine."""
        if self._current is not None and not statement.startswith(_BEGIN):
            self._current.statements.append(Statement(statement, _plain(parameters), executemany))

    def save(self, path: Path) -> None:
        """Keep it in a file."""
        path.write_bytes(pickle.dumps(self.transactions))

    @classmethod
    def load(cls, path: Path) -> Recording:
        """Read what this program kept in a file of its own."""
        return cls(pickle.loads(path.read_bytes()))  # noqa: S301 written by this very run


def replay(
    recording: Recording,
    url: str,
    synchronous: str,
    watch: Stopwatch,
    ready: Callable[[], object],
) -> None:
    """Send every transaction of a recording through the bare driver, reading what it selects."""
    with closing(raw_connection(url, synchronous)) as connection:
        cursor = connection.cursor()
        ready()
        for one in recording.transactions:
            with watch.transaction(completion=one.completion):
                begin(connection, cursor)
                for statement in one.statements:
                    _send(cursor, statement)
                end(cursor)


def raw_connection(url: str, synchronous: str) -> Any:  # noqa: ANN401 either driver's own
    """Open a connection of the driver itself, set as the product sets its own."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        connection = sqlite3.connect(str(address.database), isolation_level=None)
        for setting in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("PRAGMA busy_timeout=30000")
        return connection
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain)


def begin(connection: object, cursor: Any) -> None:  # noqa: ANN401
    """Begin a transaction where the driver does not by itself."""
    if isinstance(connection, sqlite3.Connection):
        cursor.execute("BEGIN IMMEDIATE")


def end(cursor: Any) -> None:  # noqa: ANN401
    """Make a transaction durable."""
    cursor.execute("COMMIT")


def _send(cursor: Any, statement: Statement) -> None:  # noqa: ANN401
    if statement.many:
        cursor.executemany(statement.text, statement.values)
        return
    cursor.execute(statement.text, statement.values)
    if cursor.description is not None:
        cursor.fetchall()


def _plain(values: Any) -> Any:  # noqa: ANN401
    """Return what was bound, as it may be kept in a file."""
    if isinstance(values, Mapping):
        return {name: _plain(value) for name, value in values.items()}
    if isinstance(values, list | tuple):
        return [_plain(value) for value in values]
    if isinstance(values, memoryview):
        return bytes(values)
    return values.obj if isinstance(values, Binary) else values
