"""What somebody must find on a page: in both languages, at a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.looking import barriers, faults
from tests.browser.person import DESKTOP, PHONE, Person, Screen


@dataclass(frozen=True)
class Sight:
    """Words of a page in each language, and words that this person must not be shown."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    never: tuple[str, ...] = ()

    def __add__(self, other: Sight) -> Sight:
        """Return both together."""
        return Sight(self.zh + other.zh, self.en + other.en, self.never + other.never)


Way = tuple[str, Screen]
EVERY_WAY: tuple[Way, ...] = (("zh", DESKTOP), ("zh", PHONE), ("en", DESKTOP), ("en", PHONE))
ONE_WAY: tuple[Way, ...] = (("en", PHONE),)
"""Where the words have the least room."""


def sees(somebody: Person, path: str, sight: Sight, ways: tuple[Way, ...] = EVERY_WAY) -> None:
    """Open a page: nothing is missing, nothing told that is not theirs, and it is whole."""
    found = [
        f"{path} {language} {screen['width']}: {fault}"
        for language, screen in ways
        for fault in _amiss(somebody, path, language, screen, sight)
    ]
    somebody.page.set_viewport_size({**DESKTOP})
    somebody.speak("zh")
    assert not found, "\n".join(found)


def _amiss(
    somebody: Person, path: str, language: str, screen: Screen, sight: Sight
) -> Iterator[str]:
    page = somebody.page
    page.set_viewport_size({**screen})
    page.goto(path)
    if not (page.locator("html").get_attribute("lang") or "").startswith(language):
        somebody.speak(language)
        page.goto(path)
    expect(page.locator("details[open] [data-diagram-url]:not([data-drawn])")).to_have_count(0)
    shown = _run_together(page.get_by_role("main").inner_text())
    words = sight.zh if language == "zh" else sight.en
    yield from (f"says nothing of {one}" for one in words if _run_together(one) not in shown)
    yield from (f"gives away {one}" for one in sight.never if _run_together(one) in shown)
    yield from faults(page, language)
    if (language == "zh") == (screen is DESKTOP):
        yield from barriers(page)


def _run_together(words: str) -> str:
    """Return words without the spaces between them, which differ with the room there is."""
    return "".join(words.split())
