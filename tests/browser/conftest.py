"""A zone served for the browser tests, and the people who open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.person import DESKTOP, Person, Screen
from tests.browser.serving import Zone, prepare, served

Opens = Callable[..., Person]


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


@pytest.fixture
def person(zone: Zone, browser: Browser) -> Iterator[Opens]:
    """Open a browser for somebody, signed in; what it complains of fails the test."""
    opened: list[Person] = []

    def opens(
        username: str | None = None,
        language: str = "zh",
        screen: Screen = DESKTOP,
        *,
        scripts: bool = True,
    ) -> Person:
        context = browser.new_context(
            base_url=zone.address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={**screen},
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        somebody = Person(context, username, language)
        opened.append(somebody)
        return somebody

    yield opens
    for somebody in opened:
        somebody.page.context.close()
    assert [fault for somebody in opened for fault in somebody.complaints] == []
