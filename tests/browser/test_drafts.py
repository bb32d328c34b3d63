"""A draft in the browser from its beginning to the next version, whole on every page and screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.modeler_page import begin, files, open_diagram
from tests.browser.test_pages import visits
from tests.browser.windows import Opens

pytestmark = pytest.mark.browser

PROCESS = "level_raise"
DIAGRAM = f"{PROCESS}.bpmn"


def rename(page: Page, address: str) -> None:
    """Save the diagram with another name of its pool, as an editor does."""
    token = page.locator("[name=csrf_token]").first.get_attribute("value") or ""
    text = files(page, address)[DIAGRAM].replace('name="升级重大"', 'name="升级为重大"')
    revision = page.request.get(f"{address}/files").json()["revision"]
    answer = page.request.put(
        f"{address}/files/{DIAGRAM}",
        data={"content": text, "revision": revision},
        headers={"X-CSRFToken": token, "Referer": address},
    )
    assert answer.ok, answer.text()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_a_draft_is_whole(person: Opens, language: str) -> None:
    designer = person("designer", language)
    address = begin(designer, PROCESS)
    designer.page.goto(address)
    rename(designer.page, address)
    path = address[address.index("/drafts") :]
    pages = (
        "/drafts",
        path,
        f"{path}/tests",
        "/drafts/new",
        "/drafts/import",
        f"/definitions/{PROCESS}/1",
    )
    assert "\n".join(visits(designer, language, *pages)) == ""


def test_the_next_act_is_the_first_button(person: Opens) -> None:
    first, second = person("designer"), person("designer2")
    address = begin(first, PROCESS)
    page, other = first.page, second.page
    page.goto(address)
    expect(page.locator(".draft-next .btn-primary")).to_have_text("打开流程图")
    rename(page, address)
    page.goto(address)
    page.get_by_label("改了什么、为什么").fill("名称与条文一致")
    page.locator(".draft-next .btn-primary").click()
    expect(page.locator(".draft-next .btn-primary")).to_have_count(0)

    other.goto(f"{address[: address.index('/drafts')]}/notifications")
    other.get_by_role("link", name=re.compile("提请审核")).click()
    expect(other.locator(".timeline")).to_contain_text("名称与条文一致")
    other.locator(".draft-next .btn-primary").click()
    expect(other.locator(".draft-next .btn-primary")).to_have_text("立即上线")
    other.locator(".draft-next .btn-primary").click()
    other.get_by_role("link", name="查看这一版").click()
    expect(other).to_have_url(re.compile(f"/definitions/{PROCESS}/2$"))
    open_diagram(page, address)
