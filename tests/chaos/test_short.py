"""A short slice of `make chaos`: web process, worker and web server killed once each, at work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.durable import durable_server
from tests.chaos.rounds import Round, run
from tests.conftest import absent
from tests.postgres import find_binaries

COMPLETIONS = 24
"""Enough that clients are still at work at the third kill: they go on while a worker restarts."""


@pytest.fixture
def durable_url() -> Iterator[str]:
    """A database of a PostgreSQL server that keeps what it acknowledged."""
    binaries = find_binaries()
    if binaries is None:
        absent("PostgreSQL")
    with durable_server(binaries) as server:
        yield server.server.url(server.server.create())


def _kill_each_once(this: Round) -> None:
    kills = (this.servers.kill_web_child, this.servers.kill_worker, this.servers.kill_web)
    done = this.servers.kills.total()
    if done < len(kills):
        kills[done]()


def _survives(url: str, folder: Path) -> None:
    found = run(
        url,
        folder,
        _kill_each_once,
        completions=COMPLETIONS,
        late=3,
        web_processes=1,
        workers=1,
        between=(1, 2),
    )
    assert found["kills"] == {"web process": 1, "worker": 1, "web server": 1}, found
    assert found["completed"] >= COMPLETIONS
    assert found["expired"] == 3


def test_what_was_acknowledged_outlives_the_processes_on_sqlite(tmp_path: Path) -> None:
    _survives(f"sqlite:///{tmp_path / 'bihuan.db'}", tmp_path)


@pytest.mark.db
def test_what_was_acknowledged_outlives_the_processes_on_postgresql(
    durable_url: str, tmp_path: Path
) -> None:
    _survives(durable_url, tmp_path)
