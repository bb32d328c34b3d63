"""Look at every kind of page of the told demonstration, as its people, on every kind of screen.

`python -m tests.browser.every_page` prints each fault and how many pages were looked at, and
ends with 1 where anything was found; `--save DIRECTORY` keeps a picture of each page.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from engine import clock
from tests.browser.looking import barriers, faults
from tests.browser.person import Person, Screen
from tests.browser.serving import listening
from tests.chromium import find_chromium, launch_arguments
from tests.web.told_zone import NOW, kind, told_zone
from webapp.factory import create_app

MOST = {"/cases/ID": 3, "/tasks/ID": 3}
"""So many pages are looked at of one kind of address, of any other one."""

READERS = ("office", "inspector1", "enterprise09", "park_east", "bureau_head", "admin", "designer")


@dataclass(frozen=True)
class Way:
    """A way of looking at pages."""

    name: str
    screen: Screen
    media: Literal["print", "screen"] = "screen"
    still: bool = False


WAYS = (
    Way("desk", Screen(width=1366, height=768)),
    Way("phone", Screen(width=390, height=844), still=True),
    Way("desk at 200 %", Screen(width=683, height=384)),
    Way("paper", Screen(width=794, height=1123), media="print"),
)

MOVES = """() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  return [style.transitionDuration, style.animationDuration]
    .some((times) => times.split(",").some((time) => parseFloat(time) > 0.01));
}).map((element) => `moves: ${element.outerHTML.slice(0, 80)}`).slice(0, 3)"""

UNSEEN = """() => {
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const faults = [];
  for (const element of document.querySelectorAll(wanted)) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.disabled) continue;
    if (element.closest(".djs-container")) continue;
    element.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== element) continue;
    const marked = (one) => {
      const style = getComputedStyle(one);
      return style.outlineStyle !== "none" || style.boxShadow !== "none";
    };
    const around = [element, element.closest("label"), element.closest("li, article, tr")];
    if (!around.some((one) => one && marked(one))) {
      faults.push(`focus is not seen: ${element.outerHTML.slice(0, 80)}`);
    }
  }
  for (const element of document.querySelectorAll("[tabindex]")) {
    if (element.tabIndex > 0) faults.push(`jumps the queue: ${element.outerHTML.slice(0, 80)}`);
  }
  return faults.slice(0, 5);
}"""

PRINTED = """() => [...document.querySelectorAll("header nav, .menu, form button, .skip")]
  .filter((element) => element.checkVisibility())
  .map((element) => `printed: ${element.outerHTML.slice(0, 80)}`).slice(0, 3)"""


@dataclass
class Found:
    """What a look at all pages came to."""

    pages: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)

    def note(self, where: str, wrong: Sequence[str]) -> None:
        self.pages += 1
        if wrong:
            self.faults[where] = list(wrong)


def look(browser: Browser, address: str, save: Path | None, readers: Sequence[str]) -> Found:
    """Look at one page of each kind that each reader can open."""
    found = Found()
    for username in readers:
        context = browser.new_context(base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai")
        somebody = Person(context, username)
        pages = list(addresses(somebody.page))
        for way, language in ((way, language) for way in WAYS for language in ("zh", "en")):
            somebody.page.set_viewport_size(way.screen)
            somebody.page.emulate_media(media="screen", reduced_motion="reduce")
            somebody.page.goto("/notifications")
            somebody.speak(language)
            somebody.page.emulate_media(
                media=way.media, reduced_motion="reduce" if way.still else "no-preference"
            )
            for path in pages:
                where = f"{username}, {language}, {way.name}: {path}"
                found.note(where, wrong(somebody.page, path, way, language))
                if save:
                    words = re.sub(r"\W+", "_", kind(path)).strip("_")
                    name = f"{username}-{words}-{language}-{way.name.replace(' ', '')}.png"
                    somebody.page.screenshot(path=save / name, full_page=True)
        found.note(f"{username}: console", somebody.complaints)
        context.close()
    return found


def addresses(page: Page) -> Iterator[str]:
    """Yield an address of each kind of page that can be reached."""
    seen, known, todo = {"/"}, Counter[str](), ["/"]
    while todo:
        path = todo.pop(0)
        known[kind(path)] += 1
        if known[kind(path)] > MOST.get(kind(path), 1):
            continue
        response = page.request.get(path)
        if "text/html" not in response.headers.get("content-type", ""):
            continue
        if path != "/":
            yield path
        for link in re.findall(r'<a [^>]*href="(/[^"#]*)', response.text()):
            if link not in seen and not link.startswith(("/static", "/sign-", "/api")):
                seen.add(link)
                todo.append(link.replace("&amp;", "&"))


def wrong(page: Page, path: str, way: Way, language: str) -> list[str]:
    """Open a page and say what is wrong with it, looked at in one way."""
    page.goto(path)
    expect(page.locator("[data-diagram-url]:not([data-drawn]):visible")).to_have_count(0)
    if way.media == "print":
        return [
            *(fault for fault in faults(page, language) if fault.startswith("scrolls")),
            *page.evaluate(PRINTED),
        ]
    still = page.evaluate(MOVES) if way.still else []
    ours = [fault for fault in faults(page, language) if not fault.startswith("not in")]
    return [*ours, *barriers(page), *page.evaluate(UNSEEN), *still]


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell the demonstration's stories, serve them, look, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", type=Path)
    parser.add_argument("readers", nargs="*", default=READERS)
    asked = parser.parse_args(arguments)
    if asked.save:
        asked.save.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as directory,
        clock.use(clock.VirtualClock(NOW)),
        told_zone(Path(directory)) as product,
        listening(create_app(product, testing=True, secret="for tests only")) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=launch_arguments()
        )
        found = look(browser, address, asked.save, asked.readers)
        browser.close()
    lines = ["\n  ".join((where, *what)) for where, what in found.faults.items()]
    count = f"{found.pages} pages looked at, {len(found.faults)} with findings"
    sys.stdout.write("\n".join((*lines, count, "")))
    return bool(found.faults)


if __name__ == "__main__":
    sys.exit(main())
