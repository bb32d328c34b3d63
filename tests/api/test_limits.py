"""Limits on requests: by token and by address, counted for every process, told in every answer."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine import clock
from tests.api.harness import Client, Zone, ok, refused
from webapp.api.limits import FILE, WINDOW, Counts
from webapp.factory import create_app
from workflows.app import Settings


@pytest.fixture
def limited(small_zone: Zone) -> Iterator[Zone]:
    """A zone that answers three requests a minute of a token, and six from an address."""
    settings = replace(small_zone.bihuan.settings, requests_per_token=3, requests_per_address=6)
    product = replace(small_zone.bihuan, settings=settings)
    with clock.use(clock.current()):
        yield Zone(create_app(product, testing=False), product)


def test_too_many_requests_of_a_token_wait(limited: Zone) -> None:
    client = limited.client("inspector1")
    first = client.get("/me")
    ok(first)
    assert first.headers["RateLimit-Policy"] == '"address";q=6;w=60, "token";q=3;w=60'
    assert first.headers["RateLimit"].startswith('"token";r=2;t=')
    for _ in range(2):
        ok(client.get("/me"))
    late = client.get("/me")
    assert "Expected fewer requests" in refused(late, 429)["detail"]
    assert 0 < int(late.headers["Retry-After"]) <= WINDOW
    ok(limited.client("inspector2").get("/me"))
    ok(limited.client("inspector2").get("/me"))
    refused(limited.client("town1").get("/me"), 429)


def test_guessed_tokens_are_counted_by_address(limited: Zone) -> None:
    for number in range(6):
        refused(Client(limited.app, f"bh_guess{number}").get("/me"), 401)
    refused(Client(limited.app, "bh_guess").get("/me"), 429)
    refused(limited.client("inspector1").get("/nowhere"), 429)
    with limited.app.test_client() as browser:
        assert browser.get("/sign-in").status_code == 200


def _hits(file: Path, times: int) -> None:
    counts = Counts(file)
    for _ in range(times):
        counts.hit("token", "one", 1000)


def test_processes_count_together(tmp_path: Path) -> None:
    file = tmp_path / FILE
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=_hits, args=(file, 20)) for _ in range(2)]
    before = Counts(file).hit("token", "one", 1000)
    for one in others:
        one.start()
    for one in others:
        one.join()
    after = Counts(file).hit("token", "one", 1000)
    # A minute may have begun in between; then the count began again.
    assert after.count == 42 or after.seconds > before.seconds


def test_where_nothing_can_be_counted_nobody_is_kept_out(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert Counts(tmp_path / FILE).hit("token", "one", 1).count == 0


def test_limits_are_settings() -> None:
    def read(**more: str) -> tuple[int, int]:
        found = Settings.from_environment({"DATABASE_URL": "sqlite://", **more})
        return found.requests_per_token, found.requests_per_address

    assert read() == (3000, 12000)
    assert read(BIHUAN_DEMO="1") == (0, 0)
    assert read(BIHUAN_CLOCK="virtual", BIHUAN_REQUESTS_PER_TOKEN="9") == (9, 0)
    with pytest.raises(Exception, match="BIHUAN_REQUESTS_PER_ADDRESS"):
        read(BIHUAN_REQUESTS_PER_ADDRESS="-1")
