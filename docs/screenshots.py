# ruff: noqa: INP001 - a script beside the pages that it illustrates, no package
"""Take the pictures of the guides: `make docs-screenshots`.

A demonstration of its own is loaded into a temporary directory and served on a free port of the
loopback, on a virtual clock that stands still: dates and remaining times are the same each time.
Named pictures are taken alone: `.venv/bin/python docs/screenshots.py sign paper`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import click
from PIL import Image
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright  # noqa: A004 - its own

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.chromium import find_chromium, launch_arguments  # noqa: E402 - beside the package
from workflows.demo.accounts import PASSWORD  # noqa: E402

IMAGES = ROOT / "docs" / "images"
TODAY = "2026-11-20T10:00:00+08:00"
"""A Friday in a year whose calendar of working days is published."""

PATIENCE = 1800.0
"""Seconds until the demonstration has been loaded on a small machine that is busy."""

STEP_PATIENCE = 90.0
"""Seconds until a page shows what is looked for; a link that is gone is told soon."""

APPEARS = 20_000
"""Milliseconds until a page that draws itself has what is clicked."""

LARGEST = 200_000
"""Bytes of one picture in the repository."""

LANGUAGES = ("zh", "en")
_TO_THE_TOP = "found => window.scrollTo(0, found.getBoundingClientRect().top + scrollY - 80)"
"""Below the header, which stays in sight."""


class Screen(TypedDict):
    """A size of the window."""

    width: int
    height: int


DESKTOP = Screen(width=1366, height=900)
PHONE = Screen(width=390, height=844)


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, at what page, and which link is followed from there."""

    name: str
    username: str | None
    """Several, with spaces between them: the first who finds what is followed."""

    path: str
    follow: tuple[str, ...] = ()
    desktop: bool = True
    phone: bool = False
    choose: str | None = None
    """A choice of the form that is made before the picture."""

    top: str | None = None
    """What stands at the top of the picture, where that is not the top of the page."""


MAJOR = "/ledger?level=major&open=open"
LEADERS_DAY = "/ledger?text=深井铸造结晶器"
ONE_SIGNED = "text=行车起升上限位"
STRIKE_OFF = "/inbox?act=strike_off.park_command"
SIGNATURE = "/inbox?act=extension.sign.park_command"
LEDGER_LINK = ("#ledger-list td a",)
TASK_LINK = ("#inbox-list a.work-title",)
NOTICE_LINK = (*LEDGER_LINK, ".paper-list li:has-text('约通') a")
EXTENSION = ".card:has(.road)"
WITHOUT_A_SIGNATURE = (
    "form[action$='/drafts'] button",
    "a[href$='/diagram']",
    "[data-element-id=sign_park]",
    ".djs-context-pad [data-action=delete]",
    "#tab-findings",
    ".found-play",
    ".player-acts button:nth-of-type(5)",
)
PLAYED_ON = (
    "form[action$='/drafts'] button",
    "a[href$='/tests']",
    ".tests-item:has-text('national_day')",
    "[data-act=play]",
    ".tests-now:has-text('·')",
)
LAST_DRAFT = ("main table a[href^='/drafts/']",)
SHOTS = (
    Shot("sign-in", None, "/sign-in"),
    Shot("inbox", "bureau_head", "/inbox", phone=True),
    Shot("task", "park_east park_west town1", STRIKE_OFF, TASK_LINK, phone=True),
    Shot("case", "bureau_head", MAJOR, LEDGER_LINK, phone=True),
    Shot("ahead", "office", "/ledger?state=overdue_pending", LEDGER_LINK, top=".card:has(.ahead)"),
    Shot("intake", "inspector1", "/hazards/new", phone=True),
    Shot("ledger", "office", "/ledger"),
    Shot("my-cases", "enterprise01", "/my-cases"),
    Shot("rectify", "enterprise01", "/inbox", TASK_LINK, desktop=False, phone=True),
    Shot(
        "extension",
        "enterprise02",
        f"/my-cases?{ONE_SIGNED}",
        LEDGER_LINK,
        phone=True,
        top=EXTENSION,
    ),
    Shot("sign", "park_east", SIGNATURE, TASK_LINK),
    Shot("interviews", "leader_incharge", "/interviews", phone=True),
    Shot(
        "minutes",
        "leader_incharge",
        "/inbox?act=interview.hold",
        TASK_LINK,
        choose="input[name=outcome][value=held]",
    ),
    Shot("paper", "office", LEADERS_DAY, NOTICE_LINK),
    Shot("definition", "designer", "/definitions/hazard_rectification/1"),
    Shot("analysis", "designer", "/definitions/hazard_rectification/analysis"),
    Shot("editor", "designer", "/definitions/extension_request/1", WITHOUT_A_SIGNATURE),
    Shot("compare", "designer", "/drafts", (*LAST_DRAFT, "a[href$='/diff']")),
    Shot(
        "tests",
        "designer",
        "/definitions/hazard_rectification/1",
        PLAYED_ON,
        top=".tests-row:nth-child(4)",
    ),
    Shot("notifications", "office", "/notifications"),
    Shot("persons", "admin", "/administration/persons"),
)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([shot.name for shot in SHOTS]))
@click.option("--address", help="of a demonstration that is served already")
def main(names: tuple[str, ...], address: str | None) -> None:
    """Serve the demonstration, look at every page in both languages, keep the pictures."""
    IMAGES.mkdir(exist_ok=True)
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    if address:
        _take_all(address, wanted)
        return
    with tempfile.TemporaryDirectory() as directory, _served(directory) as own:
        _take_all(own, wanted)


def _take_all(address: str, wanted: Sequence[Shot]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=launch_arguments()
        )
        for shot in wanted:
            for language in LANGUAGES:
                if shot.desktop:
                    _take(browser, address, shot, language, DESKTOP, "")
                if shot.phone:
                    _take(browser, address, shot, language, PHONE, ".phone")
        browser.close()


@contextlib.contextmanager
def _served(directory: str) -> Iterator[str]:
    """Load and serve a demonstration; yield its address once it answers."""
    port = _free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if "DATABASE" not in name and not name.startswith("BIHUAN_")
    }
    environment |= {
        "BIHUAN_DATA_DIR": directory,
        "BIHUAN_CLOCK": "virtual",
        "BIHUAN_CLOCK_START": TODAY,
    }
    command = [sys.executable, "-m", "workflows.cli", "demo", "--port", str(port)]
    # A shell in the background ignores interrupts, and so would the server, which ends by one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    server = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - ourselves
    try:
        address = f"http://127.0.0.1:{port}"
        _await(f"{address}/readyz", server)
        yield address
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
            server.wait(120)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(int(PATIENCE)):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=30).close()  # noqa: S310 - loopback
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(1)
            break
    message = f"Expected the demonstration to serve {address}, but it does not"
    raise click.ClickException(message)


def _take(
    browser: Browser, address: str, shot: Shot, language: str, screen: Screen, suffix: str
) -> None:
    locale = "zh-CN" if language == "zh" else "en"
    for username in (shot.username or "").split(" "):
        context = browser.new_context(
            base_url=address, viewport=screen, locale=locale, reduced_motion="reduce"
        )
        context.set_default_timeout(STEP_PATIENCE * 1000)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        if _opened(page, shot, username, language):
            path = IMAGES / f"{shot.name}.{language}{suffix}.webp"
            _keep(page.screenshot(), path)
            click.echo(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")
            context.close()
            return
        context.close()
    message = f"Expected {shot.username} to find {shot.follow} on {shot.path}, but nobody does"
    raise click.ClickException(message)


def _opened(page: Page, shot: Shot, username: str, language: str) -> bool:
    """Bring the page to where its picture is taken; False where a link is not there."""
    page.goto("/sign-in")
    if username:
        _sign_in(page, username)
    _speak(page, language)
    page.goto(shot.path, wait_until="networkidle")
    for link in shot.follow:
        with contextlib.suppress(TimeoutError):
            page.locator(link).first.wait_for(timeout=APPEARS)
        if not page.locator(link).count():
            return False
        page.locator(link).first.click()
        page.wait_for_load_state("networkidle")
    if shot.choose:
        page.route("**/draft", lambda route: route.abort())  # the next one finds none of it
        page.locator(shot.choose).first.check()
    _settle(page)
    if shot.top:
        page.locator(shot.top).first.evaluate(_TO_THE_TOP)
    return True


def _sign_in(page: Page, username: str) -> None:
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"^(?!.*sign-in)"))


def _speak(page: Page, language: str) -> None:
    """Switch the language where the page is in the other one."""
    spoken = (page.locator("html").get_attribute("lang") or "").partition("-")[0]
    if spoken == language:
        return
    menu = page.locator("details.menu > summary")
    if menu.count():
        menu.click()
    page.locator("button[name=language]").first.click()
    page.wait_for_load_state("networkidle")


def _settle(page: Page) -> None:
    """Wait for fonts, photos and the diagram, which draw themselves after the page is there."""
    page.evaluate("document.fonts.ready.then(() => true)")
    # A folded diagram, as on a phone, is not drawn.
    if page.locator("[data-diagram-url]:visible").count():
        page.locator("[data-diagram-url]:visible .djs-shape").first.wait_for(state="attached")
    page.wait_for_timeout(600)


def _keep(picture: bytes, path: Path) -> None:
    """Write a picture as WebP, as sharp as the size allows."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for quality in (86, 78, 70, 60):
        image.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size < LARGEST:
            return
    message = f"Expected {path.name} below {LARGEST} bytes, but it is larger at every quality"
    raise click.ClickException(message)


if __name__ == "__main__":
    main()
