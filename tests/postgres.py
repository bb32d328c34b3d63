"""A PostgreSQL server of our own for the tests: made in a moment, thrown away afterwards.

Debian's binaries are run directly. PostgreSQL refuses to run as root, so root starts it as the
user nobody. It listens on a Unix socket in its own folder only, and does without fsync.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


@dataclass(frozen=True)
class PostgresServer:
    """A running server; databases are made in it and dropped again."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the SQLAlchemy address of a database."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.folder}"

    def create(self, template: str = "template0") -> str:
        """Make a database from a template that nobody is connected to; return its name."""
        name = f"test_{uuid.uuid4().hex}"
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop(self, database: str) -> None:
        """Drop a database, and whoever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def _run(self, statement: sql.Composed) -> None:
        where = f"host={self.folder} user={SUPERUSER} dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)


def find_binaries() -> Path | None:
    """Return the folder with initdb and postgres of the newest version installed, if any."""
    debian = Path("/usr/lib/postgresql")
    found = [path.parent for path in debian.glob("*/bin/postgres")]
    if found:
        return max(found, key=lambda path: float(path.parent.name))
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def running_server(binaries: Path) -> Iterator[PostgresServer]:
    """Start a server in a new folder; stop it and remove the folder at the end."""
    folder = Path(tempfile.mkdtemp(prefix="bihuan-pg-"))
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    try:
        _initialise(binaries, data, user)
        process = _start(binaries, data, user)
        try:
            yield PostgresServer(folder)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(binaries: Path, data: Path, user: str | None) -> None:
    command = [
        *(str(binaries / "initdb"), "--pgdata", str(data), "--username", SUPERUSER),
        *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
    ]
    done = subprocess.run(
        command, user=user, cwd=data.parent, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"Expected initdb to make {data}, but it said: {done.stderr}")


def _start(
    binaries: Path, data: Path, user: str | None, settings: Mapping[str, str] = SETTINGS
) -> subprocess.Popen[bytes]:
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = data.parent / "log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), "-k", str(data.parent), *options],
            user=user,
            cwd=data.parent,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    _wait_until_ready(binaries, data.parent, process)
    return process


def _wait_until_ready(binaries: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            said = (folder / "log").read_text(errors="replace")
            raise RuntimeError(f"Expected PostgreSQL to start, but it said: {said}")
        asked = [str(binaries / "pg_isready"), "-q", "-h", str(folder), "-t", "1"]
        if subprocess.run(asked, check=False).returncode == 0:
            return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    process.wait()
    raise RuntimeError("Expected PostgreSQL to answer within 15 seconds, but it did not")
