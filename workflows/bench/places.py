"""Where a round is measured: an empty database of its own, on SQLite or on a PostgreSQL server."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError

from engine.store.database import Database
from engine.store.ids import new_id

SYNCHRONOUS = ("FULL", "NORMAL")
_INDEXES = {
    True: "SELECT sum(pgsize) FROM dbstat "
    "WHERE name IN (SELECT name FROM sqlite_master WHERE type = 'index')",
    False: "SELECT sum(pg_relation_size(oid)) FROM pg_class "
    "WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace",
}
"""What asks for the size of all indexes, of SQLite and of PostgreSQL."""


@dataclass(frozen=True)
class Place:
    """A kind of database: an address of PostgreSQL, or None and how SQLite synchronises."""

    server: str | None = None
    synchronous: str = "FULL"

    @property
    def name(self) -> str:
        """The name in reports."""
        return "postgresql" if self.server else f"sqlite-{self.synchronous.lower()}"

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Make an empty database with every table; give its address, drop it afterwards."""
        with self._made() as url:
            database = self.open(url)
            database.create_all()
            database.dispose()
            yield url

    @contextmanager
    def kept(self, folder: Path) -> Iterator[str]:
        """Give the address of the database that belongs to a folder, made where there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{folder}/bench.db" if self.server is None else self._server_kept(folder)
        database = self.open(url)
        database.create_all()
        database.dispose()
        yield url

    def open(self, url: str) -> Database:
        """Open a database of this place."""
        database = Database(url, pool_size=2)
        if database.is_sqlite and self.synchronous != "FULL":
            setting = f"PRAGMA synchronous={self.synchronous}"
            event.listen(database.engine, "connect", lambda raw, _: raw.execute(setting))
        return database

    def stored_bytes(self, url: str) -> int:
        """Return what the database takes on the disk, indexes and free space included."""
        database = self.open(url)
        try:
            if self.server:
                with database.read() as session:
                    return int(
                        session.scalar(text("SELECT pg_database_size(current_database())")) or 0
                    )
            with database.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            return Path(str(database.url.database)).stat().st_size
        finally:
            database.dispose()

    def index_bytes(self, url: str) -> int | None:
        """Return what its indexes take of that; None where the database does not tell."""
        database = self.open(url)
        try:
            with database.read() as session, suppress(OperationalError):
                return int(session.scalar(text(_INDEXES[database.is_sqlite])) or 0)
        finally:
            database.dispose()
        return None

    def _server_kept(self, folder: Path) -> str:
        """Return the address of a folder's own database on the server; its name lies there."""
        written = folder / "database"
        if not written.exists():
            name = f"bench_{new_id().replace('-', '')}"
            server = _server(make_url(str(self.server)))
            with server.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            server.dispose()
            written.write_text(name, encoding="utf-8")
        url = make_url(str(self.server)).set(database=written.read_text(encoding="utf-8"))
        return url.render_as_string(hide_password=False)

    @contextmanager
    def _made(self) -> Iterator[str]:
        if self.server is None:
            with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
                yield f"sqlite:///{folder}/bench.db"
            return
        name = f"bench_{new_id().replace('-', '')}"
        server = _server(make_url(self.server))
        try:
            with server.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            yield make_url(self.server).set(database=name).render_as_string(hide_password=False)
            with server.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        finally:
            server.dispose()


def _server(url: URL) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT")
