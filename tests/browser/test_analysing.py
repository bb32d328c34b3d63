"""An analysis in the browser: figures on the shapes, another measure, a step on the diagram."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.api.harness import zone as opened
from tests.api.newer import PROCESS
from tests.browser.serving import listening
from tests.browser.windows import Opens, windows

pytestmark = pytest.mark.browser


@pytest.fixture
def person(zone_url: str, tmp_path: Path, browser: Browser) -> Iterator[Opens]:
    """Whoever opens a window on a zone where one level was confirmed and one waits."""
    with (
        opened(zone_url, tmp_path) as zone,
        listening(zone.app) as address,
        windows(browser, address, reduced_motion="reduce") as opens,
    ):
        cases = [zone.begin("inspector3", finder_body="industry_economy") for _ in range(2)]
        zone.advance("PT3H")
        zone.do("inspector3", cases[0], "confirm_level", level="general")
        yield opens


def test_figures_are_drawn_on_the_diagram(person: Opens) -> None:
    page = person("designer").page
    page.goto(f"/definitions/{PROCESS}/1")
    page.get_by_role("link", name="办理分析").click()
    expect(page.locator("[data-heat-url][data-drawn=true]")).to_be_visible()
    expect(page.locator(".heat-badge")).to_have_text(["3.0 小时"])
    warmest = page.locator("[data-element-id].heat-5:not(.djs-connection)")
    expect(warmest).to_have_attribute("data-element-id", "confirm_level")
    assert page.locator(".heat-never").count() > page.locator(".djs-connection.heat-5").count() > 0

    page.get_by_role("button", name="正在等待").click()
    expect(page.get_by_role("button", name="正在等待")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-container-id=confirm_level] .heat-badge")).to_have_text("1")

    page.get_by_role("button", name="核定等级").click()
    here = page.locator("[data-element-id].heat-here")
    expect(here).to_have_attribute("data-element-id", "confirm_level")
    expect(here).to_be_in_viewport()
