"""How many requests the interface answers: by token and by address, counted for every process.

The counts lie in a small file of their own in the data directory, so that every process of a
machine counts alike and no reading request waits for the write lock of the product's database.
Several machines count each for itself. Where the file cannot be written nobody is kept out.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import structlog
from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import TooManyRequests

from engine.clock import SystemClock
from webapp.api.blueprint import PREFIX
from webapp.context import bihuan
from workflows.accounts.throttle import network_of

log = structlog.get_logger()

FILE = "requests.db"
KEY = "bihuan-request-counts"
WINDOW = 60
"""Seconds of one period."""

_KEPT = 10 * WINDOW
_BUSY_MILLISECONDS = 250
_SWEEP = 5000
"""After how many requests of a process what is long over is dropped."""

_TABLE = "CREATE TABLE IF NOT EXISTS hit (key TEXT PRIMARY KEY, period INTEGER, count INTEGER)"
_HIT = """
INSERT INTO hit (key, period, count) VALUES (?, ?, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN period = excluded.period THEN count + 1 ELSE 1 END, period = excluded.period
RETURNING count
"""


@dataclass(frozen=True)
class Rate:
    """How many requests of one kind there were in this period, of how many there may be."""

    kind: str
    most: int
    count: int
    seconds: int

    @property
    def left(self) -> int:
        """How many more are answered before the period is over."""
        return max(0, self.most - self.count)


class Counts:
    """Counts in a file; safe for threads and for processes."""

    def __init__(self, file: Path) -> None:
        """Name the file; it is made with the first count."""
        self._file = file
        self._held = threading.local()
        self._hits = 0

    def hit(self, kind: str, value: str, most: int) -> Rate:
        """Count one request and return how things stand."""
        now = int(SystemClock().now().timestamp())
        period = now - now % WINDOW
        return Rate(kind, most, self._count(f"{kind}:{value}", period), period + WINDOW - now)

    def _count(self, key: str, period: int) -> int:
        try:
            connection = self._connection()
            self._hits += 1
            if self._hits % _SWEEP == 0:
                connection.execute("DELETE FROM hit WHERE period < ?", (period - _KEPT,))
            return int(connection.execute(_HIT, (key, period)).fetchone()[0])
        except sqlite3.Error as error:
            log.warning("uncounted", error=str(error))
            return 0

    def _connection(self) -> sqlite3.Connection:
        known = getattr(self._held, "connection", None)
        if known is None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            known = sqlite3.connect(self._file, isolation_level=None)
            known.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
            known.execute("PRAGMA journal_mode=WAL")
            known.execute("PRAGMA synchronous=OFF")
            known.execute(_TABLE)
            self._held.connection = known
        return cast("sqlite3.Connection", known)


def register(app: Flask) -> None:
    """Count every request below the interface's address, and tell how many are left."""
    settings = app.extensions["bihuan"].settings
    app.extensions[KEY] = Counts(settings.data_directory / FILE)
    app.before_request(_of_address)
    app.after_request(_tell)


def of_token(token_id: str) -> None:
    """Count a request of a token; raise TooManyRequests where there were too many."""
    count("token", token_id, bihuan().settings.requests_per_token)


def count(kind: str, value: str, most: int) -> None:
    """Count a request of some kind; 0 means without limit.

    Raises:
        TooManyRequests: there were too many in this period.
    """
    if not most or not current_app.config["RATELIMIT_ENABLED"]:
        return
    rate = cast("Counts", current_app.extensions[KEY]).hit(kind, value, most)
    g.setdefault("rates", []).append(rate)
    if rate.count > most:
        raise TooManyRequests(retry_after=rate.seconds)


def address() -> str:
    """Return the network that this request comes from."""
    return network_of(request.remote_addr)


def _of_address() -> None:
    if _concerned():
        count("address", address(), bihuan().settings.requests_per_address)


def _tell(response: Response) -> Response:
    """Tell the limits and what is left of them, as the draft of RateLimit fields has it."""
    rates: Sequence[Rate] = g.get("rates", ())
    if rates:
        policies = [f'"{rate.kind}";q={rate.most};w={WINDOW}' for rate in rates]
        scarcest = min(rates, key=lambda rate: rate.left)
        response.headers["RateLimit-Policy"] = ", ".join(policies)
        response.headers["RateLimit"] = f'"{scarcest.kind}";r={scarcest.left};t={scarcest.seconds}'
    return response


def _concerned() -> bool:
    return request.path.startswith(f"{PREFIX}/")
