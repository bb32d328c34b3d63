"""The ledger in a browser: filtered while one looks, columns chosen, a file imported."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from engine import clock
from engine.clock import VirtualClock
from tests.browser.looking import whole
from tests.browser.person import PHONE
from tests.browser.serving import Zone
from tests.browser.windows import Opens
from tests.web.visitor import START
from workflows.importing.worker import Importing

pytestmark = pytest.mark.browser

HEADS = "单位,隐患来源,发现日期,发现人单位,隐患描述,地址+区域,类别,等级"
ROW = "示例铝业有限公司,部门,2026-03-01,应急管理局,Extinguisher empty,Hall 1,物,一般"


@pytest.fixture(scope="module")
def hazards(zone: Zone) -> None:
    for side in ("North", "South", "West"):
        zone.register(description=f"{side} exit blocked", location=f"{side} hall")


def opened(page: Page, *summaries: str) -> None:
    """Unfold what stands folded, by its selector."""
    for summary in summaries:
        if page.locator(f"{summary}:not([open])").count():
            page.locator(f"{summary} > summary").first.click()


def work(zone: Zone) -> None:
    with clock.use(VirtualClock(START)):
        importing = Importing(zone.product)
        while importing.step():
            pass


@pytest.mark.usefixtures("hazards")
def test_everything_unfolded_is_whole(person: Opens) -> None:
    page = person("office").page
    page.goto(
        "/ledger?text=exit&level=-&found_at_from=2026-01-01&planned=-&columns=number,funds,due"
    )
    found = []
    for fold in ("details[data-filters]", "details.ledger-all", "details.columns"):
        opened(page, fold)
        found += [f"{fold}: {fault}" for fault in whole(page, "zh")]
    page.goto("/ledger")
    opened(page, "details[data-filters]", "details.pick")
    found += whole(page, "zh")
    assert "\n".join(found) == ""


@pytest.mark.usefixtures("hazards")
def test_filters_work_while_one_looks_and_come_off(person: Opens) -> None:
    page = person("office").page
    page.goto("/ledger")
    page.get_by_label("查找", exact=True).first.fill("South")
    chips = page.get_by_role("list", name="正在使用的筛选条件")
    expect(chips.get_by_role("link", name="查找：South")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/ledger\?text=South$"))
    expect(page.locator(".ledger-count")).to_have_text("共 1 条")
    page.locator("#filter-state-words").click()
    page.get_by_role("checkbox", name="已登记").check()
    page.get_by_role("checkbox", name="整改中").check()
    expect(page.locator("#filter-state-words")).to_have_text("已登记、整改中")
    expect(page).to_have_url(re.compile(r"text=South&state=registered&state=rectifying$"))
    page.keyboard.press("Escape")
    expect(page.locator("details.pick[open]")).to_have_count(0)
    chips.get_by_role("link", name="查找：South").click()
    expect(page).to_have_url(re.compile(r"/ledger\?state=registered&state=rectifying$"))
    expect(page.get_by_label("查找", exact=True).first).to_have_value("")


@pytest.mark.usefixtures("hazards")
def test_columns_are_chosen_by_keyboard_and_kept(person: Opens) -> None:
    page = person("leader_incharge").page
    page.goto("/ledger?state=registered")
    page.locator("details.columns > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="治理资金（万元）").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="保存").press("Enter")
    expect(page.get_by_role("columnheader", name="治理资金（万元）")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/ledger\?state=registered$"))
    page.goto("/ledger")
    page.get_by_role("link", name="治理资金（万元）").click()
    sorted_by = page.get_by_role("columnheader", name="治理资金（万元）")
    expect(sorted_by).to_have_attribute("aria-sort", "ascending")


def test_a_file_is_imported_step_by_step(person: Opens, zone: Zone) -> None:
    page = person("office", "en", PHONE).page
    found = []

    def look() -> None:
        found.extend(whole(page, "en"))

    for line, state in ((ROW.replace("一般", "huge"), "refused"), (ROW, "ready")):
        page.goto("/ledger/import")
        look()
        file = {"name": "ledger.csv", "mimeType": "text/csv", "buffer": f"{HEADS}\n{line}".encode()}
        page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
        page.locator("main .btn-primary").click()
        expect(page.locator("progress")).to_be_visible()
        look()
        work(zone)
        expect(page.locator("progress")).to_have_count(0)
        look()
        if state == "ready":
            page.get_by_role("button", name=re.compile("^(确认导入|Import)$")).click()
            expect(page.locator("progress")).to_be_visible()
            work(zone)
            expect(page.locator("progress")).to_have_count(0)
            look()
    expect(page.get_by_role("link", name=re.compile("查看台账|See the ledger"))).to_be_visible()
    assert "\n".join(found) == ""
