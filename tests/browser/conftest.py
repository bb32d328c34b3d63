"""A zone served for the browser tests, and the people who open it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.api.harness import zone as opened
from tests.browser.person import DESKTOP
from tests.browser.serving import Zone, prepare, served
from tests.browser.windows import Opens, windows
from tests.copied import Copies

expect.set_options(timeout=20_000)
"""Milliseconds: a busy machine draws a diagram in more than the five seconds of the library."""


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {**DESKTOP}}


@pytest.fixture(scope="session")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    """A served zone that holds no hazard but those that tests register."""
    product = prepare(tmp_path_factory.mktemp("zone"))
    with served(product) as address:
        yield Zone(address, product)
    product.database.dispose()


def _fill(url: str) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(url, Path(folder)):
        pass


@pytest.fixture
def zone_url(sqlite_copied: Copies) -> str:
    """Address of a zone of its own, for a test that serves it from its own process."""
    return sqlite_copied(_fill)


@pytest.fixture
def person(zone: Zone, browser: Browser) -> Iterator[Opens]:
    """Open a browser for somebody, signed in; what it complains of fails the test."""
    with windows(browser, zone.address) as opens:
        yield opens
