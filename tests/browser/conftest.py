"""A zone served for the browser tests, and the people who open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.person import DESKTOP, Person, Screen
from tests.browser.serving import prepare, served

Opens = Callable[..., Person]


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {**DESKTOP}}


@pytest.fixture(scope="session")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served zone that holds no hazard but those that tests register."""
    directory: Path = tmp_path_factory.mktemp("zone")
    prepare(directory).database.dispose()
    with served(directory) as address:
        yield address


@pytest.fixture
def person(zone: str, browser: Browser) -> Iterator[Opens]:
    """Open a browser for somebody, signed in; what it complains of fails the test."""
    opened: list[Person] = []

    def opens(
        username: str | None = None, language: str = "zh-CN", screen: Screen = DESKTOP
    ) -> Person:
        context = browser.new_context(
            base_url=zone, locale=language, timezone_id="Asia/Shanghai", viewport={**screen}
        )
        context.set_default_timeout(10_000)
        somebody = Person(context, username)
        opened.append(somebody)
        return somebody

    yield opens
    for somebody in opened:
        somebody.page.context.close()
    assert [fault for somebody in opened for fault in somebody.complaints] == []
