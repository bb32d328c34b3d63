"""What is wrong with a page as it stands: by our own script, and by axe-core."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.person import DESKTOP, PHONE, Screen

ROOT = Path(__file__).resolve().parents[2]
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
"""Called in the page with its language; returns its faults in words."""

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
BARRIERS = """async () => {
  const found = await axe.run({ exclude: [".djs-container"] }, { resultTypes: ["violations"] });
  return found.violations
    .filter((fault) => ["serious", "critical"].includes(fault.impact))
    .flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 120)}`));
}"""

SETTLE = """async () => {
  await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  document.getAnimations().filter((one) => one instanceof CSSTransition)
    .forEach((one) => one.finish());
}"""

SCREENS: Mapping[str, tuple[Screen, Screen]] = {"zh": (DESKTOP, PHONE), "en": (PHONE, DESKTOP)}
"""On which screen a page is opened in a language, and to which it is turned then."""


def whole(page: Page, language: str) -> list[str]:
    """Return what is wrong with a page on the screen of its language, and turned to the other.

    What shuts somebody out depends little on either: it is asked once.
    """
    return [*barriers(page), *both_ways(page, language, lambda: faults(page, language))]


def both_ways(page: Page, language: str, look: Callable[[], Iterable[str]]) -> Iterator[str]:
    """Yield what is found on the screen of a language, and with the page turned to the other."""
    opened, turned = SCREENS[language]
    yield from look()
    turn(page, turned)
    yield from (f"at {turned['width']}: {one}" for one in look())
    turn(page, opened)


def turn(page: Page, screen: Screen) -> None:
    """Give the page another size, and wait until nothing moves to its place any more."""
    page.set_viewport_size({**screen})
    page.evaluate(SETTLE)


def faults(page: Page, language: str) -> list[str]:
    """Return what our own script finds."""
    return list(page.evaluate(LOOK, language))


def barriers(page: Page) -> list[str]:
    """Return what shuts somebody out, serious or critical by axe-core; drawings are left out."""
    page.evaluate(AXE)
    return list(page.evaluate(BARRIERS))
