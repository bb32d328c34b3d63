"""One database behind the product: SQLite for one machine, PostgreSQL for many.

SQLite runs in WAL mode; a unit of work takes the write lock at its beginning, so that two
commands never find out at their end that one of them must go. PostgreSQL commands lock the
rows that they touch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from engine.store import unit_of_work
from engine.store.base import Base
from engine.store.shared_reading import Sharing
from engine.store.sqlite_file import SqliteFile
from engine.store.sqlite_turn import WriteTurn

BUSY_SECONDS = 3
"""How long a statement waits for the lock of another, on either database."""

CONNECT_SECONDS = 5
"""How long a connection to PostgreSQL may take."""

_AS_NEEDED = -1
"""Connections beyond those that are kept: a thread holds two at most, so threads are the limit."""

_WRITING = "bihuan_writing"

Result = TypeVar("Result")


class Database:
    """A database by its address; one per process, safe for threads."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """Prepare connections; nothing is opened yet."""
        self.url = _with_driver(make_url(url))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._file = SqliteFile(self.url) if self.is_sqlite else None
        self._turn = WriteTurn(self._file.folder if self._file else None, BUSY_SECONDS)
        self.engine = self._engine(pool_size)
        self._writing = self.engine.execution_options(**{_WRITING: True})
        self._sharing = Sharing()

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Open a unit of work: committed at the end of the block, rolled back on an error.

        Raises:
            Unavailable: the database is locked or gone.
        """
        with self._sharing.paused(), unit_of_work.begin(self._session) as session:
            yield session

    def run(self, work: Callable[[Session], Result]) -> Result:
        """Do work in a unit of work, again from the start where the database asks for it.

        Raises:
            Unavailable: the database is locked or gone, or still conflicts after some attempts.
        """
        with self._sharing.paused():
            return unit_of_work.run(self._session, work)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that only reads; nothing of it is kept.

        Raises:
            Unavailable: the database is locked or gone.
        """
        self._check()
        shared = self._sharing.current()
        opened = shared.session() if shared is not None else self._reader()
        with unit_of_work.translated(), opened as session:
            yield session

    def reading_together(self) -> AbstractContextManager[None]:
        """Let all reading within the block share one session, up to the next unit of work."""
        return self._sharing.block(self._reader)

    def give_back(self) -> None:
        """Give back the connection of what is read together, until somebody reads again."""
        self._sharing.give_back()

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Open a session that sees one instant throughout, whoever writes meanwhile.

        It has a connection of its own, which can write nothing and is closed at the end.

        Raises:
            Unavailable: the database is locked or gone.
        """
        self._check()
        with unit_of_work.translated(), self._one_instant() as connection:
            connection.detach()
            if self.is_sqlite:
                connection.exec_driver_sql("PRAGMA query_only=ON")
                # The instant is that of the first row read, not of BEGIN.
                connection.exec_driver_sql("SELECT name FROM sqlite_master LIMIT 1").all()
            with Session(connection, autoflush=False) as session:
                yield session

    def create_all(self) -> None:
        """Create every table that is missing; for tests and demonstrations, not for migrations."""
        Base.metadata.create_all(self.engine)

    def dispose(self) -> None:
        """Close every connection of the pool."""
        self.engine.dispose()

    def _one_instant(self) -> Connection:
        if self.is_sqlite:
            return self.engine.connect()
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        return self.engine.connect().execution_options(**options)

    def _check(self) -> None:
        if self._file is not None:
            self._file.check()

    def _reader(self) -> Session:
        return Session(self.engine, autoflush=False)

    def _session(self) -> Session:
        self._check()
        return Session(self._writing, autoflush=True, expire_on_commit=False)

    def _engine(self, pool_size: int) -> Engine:
        if self._file is None:
            return self._postgresql(pool_size)
        arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        # A database in memory has one connection a thread, and no pool to be limited.
        limits = {"max_overflow": _AS_NEEDED} if self._file.folder else {}
        engine = create_engine(self.url, connect_args=arguments, pool_size=pool_size, **limits)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", self._begin_sqlite)
        self._file.watch(engine)
        return engine

    def _begin_sqlite(self, connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITING, False):
            self._turn.begin(connection)
        else:
            connection.exec_driver_sql("BEGIN")

    def _postgresql(self, pool_size: int) -> Engine:
        arguments = {"connect_timeout": CONNECT_SECONDS}
        given = {name: arguments[name] for name in arguments if name not in self.url.query}
        engine = create_engine(
            self.url,
            connect_args=given,
            pool_size=pool_size,
            max_overflow=_AS_NEEDED,
            pool_pre_ping=True,
        )
        event.listen(engine, "connect", _prepare_postgresql)
        return engine


def _with_driver(url: URL) -> URL:
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401
    # The driver must not begin transactions by itself: it would do so too late.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    cursor.close()


def _prepare_postgresql(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401
    # Outside a transaction, or the setting would go with the first one rolled back.
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.autocommit = False
