"""What somebody must find on a page: in both languages, at a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.looking import SCREENS, barriers, both_ways, faults
from tests.browser.person import DESKTOP, Person
from tests.web.page_checks import Page as Written


@dataclass(frozen=True)
class Sight:
    """Words of a page in each language, and words that this person must not be shown."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    never: tuple[str, ...] = ()

    def __add__(self, other: Sight) -> Sight:
        """Return both together."""
        return Sight(self.zh + other.zh, self.en + other.en, self.never + other.never)


EVERY_WAY = ("zh", "en")
"""Each language on the screen on which its pages are opened, and turned to the other."""

ONE_WAY = ("en",)
"""Where the words have the least room."""


def sees(
    somebody: Person,
    path: str,
    sight: Sight,
    languages: Sequence[str] = EVERY_WAY,
    *,
    shut_out: bool = True,
) -> None:
    """Open a page: nothing is missing, nothing told that is not theirs, and it is whole.

    Where another test asks pages of this kind what shuts people out, this one need not.
    """
    found = [
        f"{path} {language} {fault}"
        for language in languages
        for fault in _amiss(somebody, path, language, sight)
    ]
    if shut_out:
        found += barriers(somebody.page)  # in the last language: they depend little on it
    somebody.page.set_viewport_size({**DESKTOP})
    somebody.speak("zh")
    assert not found, "\n".join(found)


def reads(somebody: Person, path: str, sight: Sight) -> None:
    """Ask for a page whose like was seen already: it tells this person as much, and no more."""
    found = []
    for language in EVERY_WAY:
        somebody.speak(language)
        html = somebody.page.request.get(path).text()
        shown = Written(html).one("main").text
        found += [f"{path} {language} {fault}" for fault in _said(shown, language, sight)]
    somebody.speak("zh")
    assert not found, "\n".join(found)


def _amiss(somebody: Person, path: str, language: str, sight: Sight) -> Iterator[str]:
    page = somebody.page
    page.set_viewport_size({**SCREENS[language][0]})
    somebody.speak(language)
    page.goto(path)
    expect(page.locator("details[open] [data-diagram-url]:not([data-drawn])")).to_have_count(0)
    yield from both_ways(
        page,
        language,
        lambda: [
            *_said(page.get_by_role("main").inner_text(), language, sight),
            *faults(page, language),
        ],
    )


def _said(text: str, language: str, sight: Sight) -> Iterator[str]:
    shown = _run_together(text)
    words = sight.zh if language == "zh" else sight.en
    yield from (f"says nothing of {one}" for one in words if _run_together(one) not in shown)
    yield from (f"gives away {one}" for one in sight.never if _run_together(one) in shown)


def _run_together(words: str) -> str:
    """Return words without the spaces between them, which differ with the room there is."""
    return "".join(words.split())
