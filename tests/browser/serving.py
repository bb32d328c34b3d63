"""The product as an operator runs it: a small zone in a directory, served by gunicorn."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import make_server

from engine import clock
from engine.clock import VirtualClock
from engine.store import queries
from tests.web.visitor import START, actor, open_product, register
from workflows.app import Bihuan
from workflows.demo.loading import load_base

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-03-02"
"""The day of START, a Monday in a week without holidays; the served clock stands still there."""

PATIENCE = 60


@dataclass(frozen=True)
class Zone:
    """A served zone: its address for browsers, its product for what a test needs beforehand."""

    address: str
    product: Bihuan

    def register(self, **changes: Any) -> str:
        """Register a hazard as inspector1 and return its case."""
        with clock.use(VirtualClock(START)):
            return register(self.product, **changes)

    def task(self, case_id: str) -> str:
        """Return the open task of a case."""
        with self.product.database.read() as session:
            (found,) = queries.case_tasks(session, case_id, status="open")
        return found.id

    def claim(self, person: str, case_id: str) -> None:
        """Take the open task of a case."""
        with clock.use(VirtualClock(START)):
            self.product.runtime.claim_task(actor(self.product, person), self.task(case_id))

    def do(self, person: str, case_id: str, **data: Any) -> None:
        """Complete the open task of a case."""
        task_id = self.task(case_id)
        with clock.use(VirtualClock(START)):
            self.product.runtime.complete_task(actor(self.product, person), task_id, data)


def prepare(directory: Path) -> Bihuan:
    """Make a database with zone, accounts and processes, and no hazard yet."""
    with clock.use(VirtualClock(START)):
        product = open_product(directory)
        product.database.create_all()
        load_base(product)
    return product


@contextlib.contextmanager
def served(product: Bihuan) -> Iterator[str]:
    """Serve a product as a demonstration whose clock stands still; yield the address."""
    own = {
        "BIHUAN_DATABASE_URL": product.settings.database_url,
        "BIHUAN_DATA_DIR": str(product.settings.data_directory),
        "BIHUAN_DEMO": "1",
    }
    with served_with(own) as address:
        yield address


@contextlib.contextmanager
def served_with(settings: Mapping[str, str]) -> Iterator[str]:
    """Serve what settings name, at START; yield the address.

    The socket listens before the server starts, so no request can come too early.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        server = _start(settings, listening.fileno())
    try:
        address = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(f"{address}/readyz", timeout=PATIENCE):  # noqa: S310 loopback
            yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


@contextlib.contextmanager
def listening(app: Flask) -> Iterator[str]:
    """Serve pages on a thread of this process, whose clock a test moves; yield the address."""
    before = clock.install(clock.current())  # the threads of the server read the same clock
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        clock.install(before)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return our environment with these settings of the product alone, on a clock at START."""
    own = ("BIHUAN_", "DATABASE_URL")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(own)},
        **settings,
        "BIHUAN_CLOCK": "virtual",
        "BIHUAN_CLOCK_START": START.isoformat(),
    }


def _start(settings: Mapping[str, str], descriptor: int) -> subprocess.Popen[bytes]:
    command = [
        *(sys.executable, "-m", "gunicorn", "webapp.wsgi:application"),
        *("--bind", f"fd://{descriptor}", "--workers", "1", "--threads", "8"),
        *("--worker-class", "webapp.serving.Worker", "--log-level", "warning"),
    ]
    return subprocess.Popen(command, cwd=ROOT, env=environment(settings), pass_fds=[descriptor])
