"""`make chaos`: every harm on both databases, one round after the other, with its counts.

`python -m tests.chaos [COMPLETIONS] [NAME …]` runs the rounds of some names only. What needs a
right that the machine does not give (a small file system of one's own) is said and left out.
Each round is told in words as it ends, and all of them once more at the end.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.chaos import harms
from tests.chaos.cutting import breaking_way
from tests.chaos.durable import DurableServer, durable_server
from tests.chaos.ledger import ledger
from tests.chaos.log import say, summed, told
from tests.chaos.month import month
from tests.chaos.rounds import run
from tests.postgres import find_binaries

LATE = 60
MANY, WORKERS = 120, 4
"""Dates that have passed and workers that want them, where these are what matters."""

DATES = 50
"""Cases with dates of a month without workers, for each completion of a round."""

ROWS = 20
"""Rows of a ledger, for each completion of a round."""

SELDOM = (6, 30)
"""Completions between two kills of the long rounds: whoever is killed takes a while to start."""

SMALL = {"sqlite": 24, "postgresql": 220}
"""Megabytes of a file system that is filled."""

Rounds = dict[str, Callable[[int], dict[str, Any]]]


def main(arguments: list[str]) -> int:
    """Run the rounds and print their counts; return whether one broke a promise."""
    numbers = [int(word) for word in arguments if word.isdigit()]
    names = [word for word in arguments if not word.isdigit()]
    completions = numbers[0] if numbers else 500
    found: dict[str, dict[str, Any]] = {}
    for name, work in ROUNDS.items():
        if names and not any(name.startswith(one) for one in names):
            continue
        wanted = completions if name.endswith("killed") else max(completions // 10, 20)
        try:
            found[name] = work(wanted)
        except AssertionError as error:
            found[name] = {"broken": "\n".join([str(error), *getattr(error, "__notes__", ())])}
        say(told(name, found[name]))
    say(summed(found))
    return int(any("broken" in one for one in found.values()))


def _sqlite_killed(completions: int) -> dict[str, Any]:
    with _folder() as folder:
        url = f"sqlite:///{folder / 'bihuan.db'}"
        return run(url, folder, harms.killing, completions=completions, late=LATE, between=SELDOM)


def _sqlite_locked(completions: int) -> dict[str, Any]:
    with _folder() as folder:
        file = folder / "bihuan.db"
        harm = harms.holding(file)
        return run(f"sqlite:///{file}", folder, harm, completions=completions, late=10)


def _sqlite_limited(completions: int) -> dict[str, Any]:
    with _folder() as folder:
        file = folder / "bihuan.db"
        harm = harms.filling(file)
        return run(f"sqlite:///{file}", folder, harm, completions=completions, late=10)


def _sqlite_commit(completions: int) -> dict[str, Any]:
    with _folder() as folder:
        file = folder / "bihuan.db"
        harm = harms.killing_in_commit(file)
        return run(f"sqlite:///{file}", folder, harm, completions=completions, late=10)


def _sqlite_clock(completions: int) -> dict[str, Any]:
    with _folder() as folder:
        url = f"sqlite:///{folder / 'bihuan.db'}"
        return run(url, folder, harms.stepping, completions=completions, late=10)


def _sqlite_timers(completions: int) -> dict[str, Any]:
    with _folder() as folder:
        url, harm = f"sqlite:///{folder / 'bihuan.db'}", harms.killing_workers
        return run(url, folder, harm, completions=completions, late=MANY, workers=WORKERS)


def _sqlite_import(completions: int) -> dict[str, Any]:
    with _folder() as folder:
        return ledger(f"sqlite:///{folder / 'bihuan.db'}", folder, completions * ROWS)


def _postgresql_import(completions: int) -> dict[str, Any]:
    with _postgresql() as (server, database, folder):
        return ledger(server.server.url(database), folder, completions * ROWS)


def _sqlite_month(completions: int) -> dict[str, Any]:
    with _folder() as folder:
        return month(f"sqlite:///{folder / 'bihuan.db'}", folder, completions * DATES)


def _postgresql_month(completions: int) -> dict[str, Any]:
    with _postgresql() as (server, database, folder):
        return month(server.server.url(database), folder, completions * DATES)


def _sqlite_full(completions: int) -> dict[str, Any]:
    with _folder() as folder, _small(folder, "sqlite") as small:
        if not small:
            return {"left out": "no small file system may be mounted here"}
        url = f"sqlite:///{folder / 'bihuan.db'}"
        return run(url, folder, harms.ballast(folder), completions=completions, late=10)


def _postgresql_killed(completions: int) -> dict[str, Any]:
    with _postgresql() as (server, database, folder):
        url = server.server.url(database)
        return run(url, folder, harms.killing, completions=completions, late=LATE, between=SELDOM)


def _postgresql_restarted(completions: int) -> dict[str, Any]:
    with _postgresql() as (server, database, folder):
        url, harm = server.server.url(database), harms.restarting(server)
        return run(url, folder, harm, completions=completions, late=10)


def _postgresql_commit(completions: int) -> dict[str, Any]:
    with (
        _postgresql() as (server, database, folder),
        breaking_way(server.server.folder) as way,
    ):
        harm = harms.breaking(way)
        return run(way.url(database), folder, harm, completions=completions, late=10)


def _postgresql_conflicts(completions: int) -> dict[str, Any]:
    with _postgresql() as (server, database, folder):
        url, harm = server.server.url(database), harms.conflicting(server.server, database)
        return run(url, folder, harm, completions=completions, late=10)


def _postgresql_clock(completions: int) -> dict[str, Any]:
    with _postgresql() as (server, database, folder):
        url, harm = server.server.url(database), harms.stepping
        return run(url, folder, harm, completions=completions, late=10)


def _postgresql_timers(completions: int) -> dict[str, Any]:
    with _postgresql() as (server, database, folder):
        url, harm = server.server.url(database), harms.killing_workers
        return run(url, folder, harm, completions=completions, late=MANY, workers=WORKERS)


def _postgresql_cut(completions: int) -> dict[str, Any]:
    with _postgresql() as (server, database, folder):
        url, harm = server.server.url(database), harms.cutting(server.server, database)
        return run(url, folder, harm, completions=completions, late=10)


def _postgresql_full(completions: int) -> dict[str, Any]:
    binaries = find_binaries()
    with _folder() as folder, _folder() as home, _small(home, "postgresql") as small:
        if not small or binaries is None:
            return {"left out": "no small file system may be mounted here"}
        with durable_server(binaries, home) as server:
            url, harm = server.server.url(server.server.create()), harms.ballast(home, server)
            return run(url, folder, harm, completions=completions, late=10)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bihuan-chaos-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextlib.contextmanager
def _postgresql() -> Iterator[tuple[DurableServer, str, Path]]:
    binaries = find_binaries()
    assert binaries is not None, "PostgreSQL is not installed; see .ci/system-parts"
    with durable_server(binaries) as server, _folder() as folder:
        yield server, server.server.create(), folder


@contextlib.contextmanager
def _small(folder: Path, kind: str) -> Iterator[bool]:
    """Mount a small file system on a folder; say whether the machine allows it."""
    size = f"size={SMALL[kind]}m,mode=0755"
    command = ["/usr/bin/mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    with contextlib.suppress(OSError):
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
        try:
            yield mounted
        finally:
            if mounted:
                subprocess.run(["/usr/bin/umount", "-l", str(folder)], check=False)
        return
    yield False


ROUNDS: Rounds = {
    "sqlite-killed": _sqlite_killed,
    "postgresql-killed": _postgresql_killed,
    "sqlite-locked": _sqlite_locked,
    "sqlite-limited": _sqlite_limited,
    "sqlite-commit": _sqlite_commit,
    "sqlite-clock": _sqlite_clock,
    "sqlite-timers": _sqlite_timers,
    "sqlite-month": _sqlite_month,
    "sqlite-import": _sqlite_import,
    "sqlite-full": _sqlite_full,
    "postgresql-restarted": _postgresql_restarted,
    "postgresql-cut": _postgresql_cut,
    "postgresql-commit": _postgresql_commit,
    "postgresql-conflicts": _postgresql_conflicts,
    "postgresql-clock": _postgresql_clock,
    "postgresql-timers": _postgresql_timers,
    "postgresql-month": _postgresql_month,
    "postgresql-import": _postgresql_import,
    "postgresql-full": _postgresql_full,
}
"""By name; a number of completions is the whole for those that kill, a tenth for others."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
