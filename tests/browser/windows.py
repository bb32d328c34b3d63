"""Windows of a browser, each somebody's; what any of them complains of fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser

from tests.browser.person import DESKTOP, Person, Screen

Opens = Callable[..., Person]


@contextmanager
def windows(browser: Browser, address: str, **options: Any) -> Iterator[Opens]:
    """Give what opens a window at an address; all are closed at the end.

    `options` are those of the browser's context, such as `reduced_motion`.
    """
    people: list[Person] = []

    def opens(
        username: str | None = None,
        language: str = "zh",
        screen: Screen = DESKTOP,
        *,
        scripts: bool = True,
    ) -> Person:
        context = browser.new_context(
            base_url=address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={**screen},
            java_script_enabled=scripts,
            **options,
        )
        context.set_default_timeout(10_000)
        people.append(Person(context, username, language))
        return people[-1]

    yield opens
    for one in people:
        one.page.context.close()
    assert [fault for one in people for fault in one.complaints] == []
