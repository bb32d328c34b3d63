"""What is done to the servers and the databases beneath them."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import time
from pathlib import Path

import psycopg

from tests.chaos.chance import chance
from tests.chaos.conflicts import prepare_conflicts, refuse, refused
from tests.chaos.cutting import BreakingWay
from tests.chaos.durable import DurableServer
from tests.chaos.rounds import Harm, Round
from tests.postgres import PostgresServer

PATIENCE = 5
"""Seconds that a harm waits for its moment."""

STEPS = (-3600, 0, 3600)
"""Seconds that a clock may be wrong."""


def killing(this: Round) -> None:
    """Kill a process of the web, a worker, the whole web server, or all there is."""
    (kill,) = chance.choices(
        (
            this.servers.kill_web_child,
            this.servers.kill_worker,
            this.servers.kill_web,
            this.servers.kill_all,
        ),
        weights=(12, 6, 2, 1),
    )
    kill()


def killing_workers(this: Round) -> None:
    """Kill a worker that settles the same dates as the others."""
    this.servers.kill_worker()


def killing_in_commit(file: Path) -> Harm:
    """Kill the web server the moment that somebody writes to SQLite's log."""
    wal = file.with_name(f"{file.name}-wal")

    def harm(this: Round) -> None:
        before, until = _touched(wal), time.monotonic() + PATIENCE
        while _touched(wal) == before and time.monotonic() < until:
            time.sleep(0)
        this.servers.kill_web()
        this.count("killed in a commit")

    return harm


def breaking(way: BreakingWay) -> Harm:
    """Break a connection in the middle of the next commit."""

    def harm(this: Round) -> None:
        way.arm()
        way.cut.wait(PATIENCE)
        this.harms.update(way.cuts)

    return harm


def stepping(this: Round) -> None:
    """Set the clock of all servers an hour forward or back, or right."""
    seconds = chance.choice([one for one in STEPS if one != this.servers.step])
    this.servers.step_clock(seconds)
    this.count(f"clock {seconds:+d} s")


def conflicting(server: PostgresServer, database: str) -> Harm:
    """Let PostgreSQL refuse commits and statements as it does when commands meet."""
    where = f"host={server.folder} user=postgres dbname={database}"

    def harm(this: Round) -> None:
        with psycopg.connect(where, autocommit=True) as connection:
            if not this.harms:
                prepare_conflicts(connection)
            refuse(connection, now=True)
            time.sleep(chance.uniform(0.3, 1.5))
            refuse(connection, now=False)
            this.harms.update(refused(connection))
        _hold_rows(where)
        this.count("rows locked too long")

    return harm


def _hold_rows(where: str) -> None:
    """Lock every case for longer than anybody waits."""
    with psycopg.connect(where) as connection:
        connection.execute("SELECT id FROM bpm_case ORDER BY id FOR UPDATE")
        time.sleep(chance.uniform(1, 5))
        connection.rollback()


def _touched(file: Path) -> int:
    return file.stat().st_mtime_ns if file.exists() else 0


def filling(file: Path) -> Harm:
    """Let the disk be full for a while: no file may grow beyond what it has."""

    def harm(this: Round) -> None:
        wal = file.with_name(f"{file.name}-wal")
        size = wal.stat().st_size if wal.exists() else 0
        this.servers.limit_files(max(size // 4096 * 4096, 4096))
        this.count("disk full")
        time.sleep(chance.uniform(0.3, 1.5))
        this.servers.limit_files(None)

    return harm


def holding(file: Path) -> Harm:
    """Hold SQLite's write lock longer than anybody waits for it."""

    def harm(this: Round) -> None:
        connection = sqlite3.connect(file, timeout=30, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(chance.uniform(1, 5))
        connection.execute("ROLLBACK")
        connection.close()
        this.count("lock held")

    return harm


def cutting(server: PostgresServer, database: str) -> Harm:
    """Cut connections to PostgreSQL, whatever they are doing."""

    def harm(this: Round) -> None:
        where = f"host={server.folder} user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            cut = connection.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = %s AND (state <> 'idle' OR random() < 0.3)",
                (database,),
            ).fetchone()
        this.count("cut off")
        this.harms["connections cut"] = this.harms.get("connections cut", 0) + (cut or (0,))[0]

    return harm


def restarting(server: DurableServer) -> Harm:
    """Restart PostgreSQL in the middle of the work, orderly or as if it had crashed."""

    def harm(this: Round) -> None:
        server.stop(chance.choice((signal.SIGINT, signal.SIGQUIT)))
        time.sleep(chance.uniform(0, 2))
        server.start()
        this.count("database restarted")

    return harm


def ballast(folder: Path, server: DurableServer | None = None) -> Harm:
    """Fill a small file system to the last byte for a while."""

    def harm(this: Round) -> None:
        file = folder / "ballast"
        with file.open("wb", buffering=0) as filled, contextlib.suppress(OSError):
            while True:
                filled.write(b"\0" * 4096)
        this.count("disk full")
        time.sleep(chance.uniform(0.5, 3))
        file.unlink()
        if server is not None and not server.running:
            server.start()
            this.count("database ended")

    return harm
