"""A PostgreSQL server that keeps what it acknowledged, and may be stopped and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import postgres
from tests.postgres import PostgresServer

# What a commit has acknowledged outlives the server; only the machine may not fail.
SETTINGS = postgres.SETTINGS | {
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "100",
    "max_wal_size": "64MB",
    "min_wal_size": "32MB",
}


@dataclass
class DurableServer:
    """A server of our own with the right to end it."""

    binaries: Path
    folder: Path
    user: str | None
    process: subprocess.Popen[bytes] | None = None

    @property
    def server(self) -> PostgresServer:
        """The same as other tests know it."""
        return PostgresServer(self.folder)

    @property
    def running(self) -> bool:
        """Whether it lives."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it and wait until it answers."""
        data = self.folder / "data"
        (data / "postmaster.pid").unlink(missing_ok=True)
        self.process = postgres._start(self.binaries, data, self.user, SETTINGS)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT cuts its clients off, SIGQUIT ends it as a crash would."""
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(timeout=60)


@contextmanager
def durable_server(binaries: Path, folder: Path | None = None) -> Iterator[DurableServer]:
    """Make a server in a new folder, or in one given; remove it at the end."""
    home = folder or Path(tempfile.mkdtemp(prefix="bihuan-pg-"))
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(home, user)
    found = DurableServer(binaries, home, user)
    try:
        postgres._initialise(binaries, home / "data", user)
        found.start()
        yield found
    finally:
        if found.running:
            found.stop()
        if folder is None:
            shutil.rmtree(home, ignore_errors=True)
