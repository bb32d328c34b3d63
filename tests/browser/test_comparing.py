"""Two versions of a process in the browser: a change of the list is found in both diagrams."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.harness import zone as opened
from tests.api.newer import PROCESS, deploy_newer
from tests.browser.serving import listening
from tests.browser.windows import Opens, windows

pytestmark = pytest.mark.browser


@pytest.fixture
def person(zone_url: str, tmp_path: Path, browser: Browser) -> Iterator[Opens]:
    """Whoever opens a window on a zone with two versions of a process."""
    with (
        opened(zone_url, tmp_path) as zone,
        listening(zone.app) as address,
        windows(browser, address, reduced_motion="reduce") as opens,
    ):
        deploy_newer(zone.bihuan)
        yield opens


ALIGNED = """([id, former]) => {
  const [one, other] = ["before", "after"].map((side) => {
    const frame = document.querySelector(`[data-compare-side=${side}]`);
    const shape = frame.querySelector(`[data-element-id=${id}]`).getBoundingClientRect();
    const edge = frame.getBoundingClientRect();
    return [shape.x - edge.x, shape.y - edge.y];
  });
  const near = (a, b) => Math.abs(a[0] - b[0]) < 2 && Math.abs(a[1] - b[1]) < 2;
  return near(one, other) && !(former && near(one, former)) && one;
}"""


def aligned(page: Page, element: str, former: list[float] | None = None) -> list[float]:
    """Wait until an element is at one place in both diagrams, another than before; return it."""
    found: list[float] = page.wait_for_function(ALIGNED, arg=[element, former]).json_value()
    return found


def test_a_change_is_found_in_both_diagrams(person: Opens) -> None:
    page = person("designer").page
    page.goto(f"/definitions/{PROCESS}/2/diff/1")
    expect(page.locator("[data-compare][data-ready=true]")).to_be_visible()
    expect(page.locator("[data-compare-side=before] .compare-removed")).to_have_count(1)
    expect(page.locator("[data-compare-side=after] .compare-added")).to_have_count(1)
    expect(page.locator(".compare-changed")).to_have_count(2)

    page.get_by_role("button", name="时限由 1 个工作日改为 3 个工作日").click()
    expect(page.locator(".compare-here[data-element-id=confirm_level]")).to_have_count(2)
    before = aligned(page, "confirm_level")
    assert before[0] > 0, "it is in the frame"

    page.locator("[data-zoom=in]").first.click()
    assert aligned(page, "confirm_level", before)


def test_what_is_gone_is_shown_where_it_was(person: Opens) -> None:
    page = person("designer").page
    page.goto(f"/definitions/{PROCESS}/2/diff/1")
    expect(page.locator("[data-compare][data-ready=true]")).to_be_visible()
    page.get_by_role("button", name="删除任务“第二人复核”").click()
    gone = page.locator(".compare-here")
    expect(gone).to_have_attribute("data-element-id", "second_proposal")
    expect(page.locator("[data-element-id=second_opinion]").first).to_be_in_viewport()
