"""The diagram viewer draws and marks under the strictest content security policy."""

from __future__ import annotations

import mimetypes
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, Route, expect

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "webapp" / "static" / "built"
SAMPLES = Path(__file__).parent / "samples"
ORIGIN = "http://diagram.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'"
)
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>流程图</title>
<link rel="stylesheet" href="/built/diagram.css"><script type="module" src="/built/diagram.js">
</script></head><body><div data-diagram-url="{url}" data-visited="begin to_first first to_second"
data-tokens="second second gone"></div></body></html>"""

pytestmark = pytest.mark.browser


def serve(page: Page, diagram: str) -> list[str]:
    """Answer the page's requests from the built bundle; collect what the console complains of."""
    complaints: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path == "/":
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html"}
            route.fulfill(body=PAGE.format(url=diagram), headers=headers)
            return
        file = BUILT / path.removeprefix("/built/") if "/built/" in path else SAMPLES / path[1:]
        if not file.is_file():
            route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), content_type=kind)

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "favicon" not in message.text:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/")
    return complaints


def test_a_diagram_shows_the_way_and_the_tokens(page: Page) -> None:
    complaints = serve(page, "/two_tasks.bpmn")
    expect(page.locator("[data-drawn=true]")).to_be_visible()
    expect(page.locator(".diagram-visited")).to_have_count(4)
    way = page.locator(".diagram-visited.djs-connection .djs-visual > path").first
    expect(way).to_have_css("stroke", "rgb(11, 94, 52)")
    expect(page.locator(".diagram-token")).to_have_attribute("data-element-id", "second")
    expect(page.locator(".diagram-token-count")).to_have_text("2")
    expect(page.locator(".bjs-powered-by")).to_be_visible()
    assert complaints == []


def test_a_diagram_that_is_gone_says_so_in_place(page: Page) -> None:
    serve(page, "/gone.bpmn")
    expect(page.get_by_role("alert")).to_contain_text("流程图无法显示")
    expect(page.get_by_role("alert")).to_contain_text("HTTP 404")
