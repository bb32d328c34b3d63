"""The database as one file, taken while it is used, and put back into an empty place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import MetaData, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from engine.errors import Invalid, Unavailable
from engine.store.database import Database
from workflows.domain import revision_tables

SQLITE, POSTGRESQL = "sqlite", "postgresql"
MEMBERS = {SQLITE: "database.sqlite.gz", POSTGRESQL: "database.dump"}
"""What the database is called in an archive."""

_SAID = 400


def kind_of(database: Database) -> str:
    """Return which of the two it is."""
    return SQLITE if database.is_sqlite else POSTGRESQL


@contextmanager
def dumped(database: Database, target: Path) -> Iterator[Session]:
    """Write the database as of one instant to a file; the session sees that same instant.

    Raises:
        Unavailable: the database does not answer, or PostgreSQL's own program is missing.
    """
    if database.is_sqlite:
        _copy(Path(database.url.database or ""), target)
        copy = Database(f"sqlite:///{target}")
        try:
            with copy.snapshot() as session:
                yield session
        finally:
            copy.dispose()
        return
    program = _program("pg_dump")
    with database.snapshot() as session:
        instant = session.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        _run(
            [program, *_FLAGS, "--format=custom", f"--snapshot={instant}", f"--file={target}"],
            database.url,
        )
        yield session


def check_empty(database: Database) -> None:
    """Raise Invalid where a database holds anything already."""
    if database.is_sqlite:
        path = Path(database.url.database or "")
        for file in (path, path.with_name(f"{path.name}-wal")):
            if file.exists() and file.stat().st_size:
                raise _occupied(str(file))
        return
    tables = inspect(database.engine).get_table_names()
    if tables:
        raise _occupied(f"{database.url.database}: {', '.join(sorted(tables)[:3])} …")


def put_back(database: Database, dump: Path) -> None:
    """Read a dump into an empty PostgreSQL database, whole or not at all."""
    program = _program("pg_restore")
    flags = [*_FLAGS, "--single-transaction", "--exit-on-error"]
    _run([program, *flags, f"--dbname={database.url.database}", str(dump)], database.url)


def clear(database: Database) -> None:
    """Take everything out of a database that was empty before; for what did not prove true."""
    with database.engine.begin() as connection:
        found = MetaData()
        found.reflect(connection)
        found.drop_all(connection)
        revision_tables.clear(connection)


def check_program(kind: str, name: str) -> None:
    """Raise Unavailable where PostgreSQL's own program is needed and missing."""
    if kind == POSTGRESQL:
        _program(name)


_FLAGS = ("--no-owner", "--no-privileges", "--no-password")


def _copy(source: Path, target: Path) -> None:
    """Copy a SQLite file in one step: its writers go on, the copy has one instant."""
    if not source.is_file():
        raise Unavailable("Expected a database to back up, but there is none", "没有可备份的数据库")
    try:
        with (
            sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True) as reading,
            sqlite3.connect(target) as writing,
        ):
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode=DELETE")
        writing.close()
        reading.close()
    except sqlite3.Error as error:
        raise Unavailable(
            f"Expected the database to be copied, but: {error}", f"数据库无法复制：{error}"
        ) from error


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Unavailable(
            f"Expected PostgreSQL's program {name} on this machine, but it is not on the path; "
            "install the client tools of the server's version",
            f"本机没有 PostgreSQL 客户端程序 {name}，请安装与服务器同版本的客户端工具",
        )
    return found


def _run(command: Sequence[str], url: URL) -> None:
    done = subprocess.run(  # noqa: S603 PostgreSQL's own program, its words made here
        command, env=_environment(url), capture_output=True, text=True, check=False
    )
    if done.returncode:
        name, said = Path(command[0]).name, done.stderr.strip()[-_SAID:]
        raise Unavailable(
            f"Expected {name} to go through, but it said: {said}", f"{name} 未能完成：{said}"
        )


def _environment(url: URL) -> dict[str, str]:
    """Say where the database is without a word on the command line, where others may read it."""
    host = url.host or url.query.get("host")
    given = {
        "PGHOST": host if isinstance(host, str) else None,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    for name in ("sslmode", "sslrootcert", "sslcert", "sslkey"):
        value = url.query.get(name)
        given[f"PG{name.upper()}"] = value if isinstance(value, str) else None
    return os.environ | {name: value for name, value in given.items() if value}


def _occupied(what: str) -> Invalid:
    return Invalid(
        f"Expected an empty database to restore into, but it holds something: {what}",
        f"只能恢复到空的数据库，目标已有内容：{what}",
    )
