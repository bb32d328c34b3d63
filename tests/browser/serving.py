"""The product as an operator runs it: a small zone in a directory, served by gunicorn."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from engine import clock
from engine.clock import VirtualClock
from workflows.app import Bihuan, Settings
from workflows.demo.loading import load_base

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday, 9:00 in Beijing, before a week without holidays; the clock stands still there."""

TODAY = "2026-03-02"
PATIENCE = 60


def prepare(directory: Path) -> Bihuan:
    """Make a database with zone, accounts and processes, and no hazard yet."""
    url = f"sqlite:///{directory / 'bihuan.db'}"
    product = Bihuan.open(Settings(url, directory, directory / "evidence", demo=True))
    with clock.use(VirtualClock(START)):
        product.database.create_all()
        load_base(product)
    return product


@contextlib.contextmanager
def served(directory: Path) -> Iterator[str]:
    """Serve a directory's product and yield its address.

    The socket listens before the server starts, so no request can come too early.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = _start(directory, listening.fileno())
    try:
        address = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE):  # noqa: S310 loopback
            yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _start(directory: Path, descriptor: int) -> subprocess.Popen[bytes]:
    environment = {
        **{name: value for name, value in os.environ.items() if "DATABASE_URL" not in name},
        "BIHUAN_DATA_DIR": str(directory),
        "BIHUAN_DEMO": "1",
        "BIHUAN_CLOCK": "virtual",
        "BIHUAN_CLOCK_START": START.isoformat(),
    }
    command = [
        *(sys.executable, "-m", "gunicorn", "webapp.wsgi:application"),
        *("--bind", f"fd://{descriptor}", "--workers", "1", "--threads", "8"),
        *("--worker-class", "gthread", "--log-level", "warning"),
    ]
    return subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[descriptor])
