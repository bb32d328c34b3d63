# ruff: noqa: INP001 - a script beside the pages that it illustrates, no package
"""Take the pictures of the guides: `make docs-screenshots`.

A demonstration of its own is loaded into a temporary directory and served on a free port of the
loopback, on a virtual clock that stands still: dates and remaining times are the same each time.
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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import click
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.chromium import find_chromium, launch_arguments  # noqa: E402 - beside the package
from workflows.demo.accounts import PASSWORD  # noqa: E402

IMAGES = ROOT / "docs" / "images"
TODAY = "2026-11-20T10:00:00+08:00"
"""A Friday in a year whose calendar of working days is published."""

PATIENCE = 600.0
"""Seconds until the demonstration has been loaded on a small machine."""

LARGEST = 200_000
"""Bytes of one picture in the repository."""

LANGUAGES = ("zh", "en")


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
    path: str
    follow: str | None = None
    desktop: bool = True
    phone: bool = False


MAJOR = "/ledger?level=major&open=open"
STRIKE_OFF = "/inbox?act=strike_off.park_command"
LEDGER_LINK = "#ledger-list td a"
TASK_LINK = "#inbox-list a.work-title"
SHOTS = (
    Shot("sign-in", None, "/sign-in"),
    Shot("inbox", "bureau_head", "/inbox", phone=True),
    Shot("task", "park_east", STRIKE_OFF, TASK_LINK, phone=True),
    Shot("case", "bureau_head", MAJOR, LEDGER_LINK, phone=True),
    Shot("intake", "inspector1", "/hazards/new", phone=True),
    Shot("ledger", "office", "/ledger"),
    Shot("my-cases", "enterprise01", "/my-cases"),
    Shot("rectify", "enterprise01", "/inbox", TASK_LINK, desktop=False, phone=True),
    Shot("definition", "designer", "/definitions/hazard_rectification/1"),
    Shot("notifications", "office", "/notifications"),
)


def main() -> None:
    """Serve the demonstration, look at every page in both languages, keep the pictures."""
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as directory,
        _served(directory) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=launch_arguments()
        )
        for shot in SHOTS:
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
    environment = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
    environment |= {
        "BIHUAN_DATA_DIR": directory,
        "BIHUAN_CLOCK": "virtual",
        "BIHUAN_CLOCK_START": TODAY,
    }
    command = [sys.executable, "-m", "workflows.cli", "demo", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - ourselves
    try:
        address = f"http://127.0.0.1:{port}"
        _await(f"{address}/readyz", server)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


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
    context = browser.new_context(
        base_url=address, viewport=screen, locale=locale, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.goto("/sign-in")
    if shot.username:
        _sign_in(page, shot.username)
    _speak(page, language)
    page.goto(shot.path, wait_until="networkidle")
    if shot.follow:
        page.locator(shot.follow).first.click()
        page.wait_for_load_state("networkidle")
    _settle(page)
    path = IMAGES / f"{shot.name}.{language}{suffix}.webp"
    _keep(page.screenshot(), path)
    click.echo(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")
    context.close()


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
    if page.locator("[data-diagram-url]").count():
        page.locator("[data-diagram-url] .djs-shape").first.wait_for(state="attached")
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
