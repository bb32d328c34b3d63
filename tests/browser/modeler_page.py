"""The page of a draft's diagram as tests use it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.person import Person

EXTENSION = "extension_request"
SIGNATURE = "sign_park"


def begin(person: Person, process: str = EXTENSION) -> str:
    """Make a draft of a process and open its diagram; return the address of the draft."""
    person.page.goto(f"/definitions/{process}/1")
    person.page.locator("form[action$='/drafts'] button").click()
    person.page.wait_for_url(re.compile("/drafts/[^/]+$"))
    address = person.page.url
    open_diagram(person.page, address)
    return address


def open_diagram(page: Page, address: str) -> None:
    page.goto(f"{address}/diagram")
    expect(page.locator("[data-modeler][data-ready=true][data-checked]")).to_be_visible()


def shape(page: Page, element: str) -> Any:
    return page.locator(f'.djs-element[data-element-id="{element}"]')


def saved(page: Page) -> None:
    expect(page.locator("[data-part=status]")).to_have_text(re.compile("^(已保存|Saved)$"))


def files(page: Page, address: str) -> dict[str, str]:
    answer = page.request.get(f"{address}/files")
    found = answer.json()["files"]
    assert isinstance(found, dict)
    return found


def delete(page: Page, element: str) -> None:
    shape(page, element).locator(".djs-hit").first.click()
    page.keyboard.press("Delete")
    expect(shape(page, element)).to_have_count(0)


def findings(page: Page) -> Any:
    page.get_by_role("tab", name=re.compile("检查|Check")).click()
    return page.locator("[data-part=findings]")


def saved_with(
    page: Page, address: str, process: str, wanted: str, *, absent: bool = False
) -> None:
    saved(page)
    assert (wanted in files(page, address)[f"{process}.bpmn"]) is not absent


def rename(page: Page, name: str) -> None:
    title = page.get_by_role("textbox", name="名称（中文）")
    if not title.is_visible():
        shape(page, SIGNATURE).locator(".djs-hit").first.click()
    title.fill(name)
    title.press("Tab")
